package stages

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Difference is what a taking would change.
type Difference struct {
	Joins  []Change `json:"joins"`  // become entries
	Finds  []Change `json:"finds"`  // are entries already, by hand
	Leaves []Change `json:"leaves"` // do not go on any more
	// Units are those that would be made in this contest.
	Units []string `json:"units"`
	// Twins are entry numbers of the event before of whom nobody but a person can
	// tell who they are here.
	Twins []string `json:"twins"`
	// Digest names the difference: who takes it over says which one he saw.
	Digest string `json:"digest"`
	// NeedsReason says that it changes what was taken over before.
	NeedsReason bool `json:"needs_reason"`
}

// IsEmpty says that there is nothing to take over.
func (d *Difference) IsEmpty() bool { return len(d.Joins)+len(d.Finds)+len(d.Leaves) == 0 }

// Change is one entry of a difference.
type Change struct {
	Source   contest.ID `json:"source"`
	SourceNo string     `json:"source_no"`
	Name     string     `json:"name"`
	Unit     string     `json:"unit"`
	EntryNo  string     `json:"entry_no,omitempty"` // of who is an entry here
	// Stays says of who leaves that the entry itself stays: it was entered by hand.
	Stays bool `json:"stays,omitempty"`

	as    contest.Entry
	entry contest.ID
}

// difference compares who goes on with who is here; nothing differs while nobody
// can say who goes on.
func (l *loaded) difference(g *going) Difference {
	d := Difference{
		Joins: []Change{}, Finds: []Change{}, Leaves: []Change{}, Units: []string{}, Twins: []string{}, NeedsReason: l.history.last != nil,
	}
	if g == nil || g.waits > 0 {
		return d
	}
	numbers := map[contest.ID]string{}
	for _, e := range l.entries {
		numbers[e.ID] = e.EntryNo
	}
	sum := sha256.New()
	for i := range l.result.places {
		p := &l.result.places[i]
		entry, here := l.origin.to[p.ID]
		move, taken := l.history.taken[p.ID]
		c := Change{Source: p.ID, SourceNo: p.EntryNo, Name: p.Name, Unit: p.Unit.Name, EntryNo: numbers[entry], as: p.Entry, entry: entry}
		word := ""
		switch {
		case g.goes[p.ID] && l.origin.twins[p.ID]:
			d.Twins = append(d.Twins, p.EntryNo)
			word = "twin"
		case g.goes[p.ID] && !here:
			d.Joins = append(d.Joins, c)
			word = "join"
		case g.goes[p.ID] && !taken:
			d.Finds = append(d.Finds, c)
			word = "find"
		case !g.goes[p.ID] && taken && here:
			c.Stays = move.Kind == Found
			d.Leaves = append(d.Leaves, c)
			word = "leave"
		}
		if word != "" {
			_, _ = sum.Write([]byte(word + "\x00" + p.ID.String() + "\x00" + p.Name + "\x00" + p.Unit.Name + "\x00"))
		}
	}
	d.Digest = hex.EncodeToString(sum.Sum(nil)[:16])
	return d
}

// units finds what units those who join need here: those of the same contest as
// they are, else by their full names.
func (d *Desk) units(ctx context.Context, l *loaded, diff *Difference) error {
	if len(diff.Joins) == 0 || l.before.Contest == l.event.Contest {
		return nil
	}
	known, err := d.cfg.Events.ListUnits(ctx, l.event.Contest)
	if err != nil {
		return err
	}
	for _, c := range diff.Joins {
		has := func(u contest.Unit) bool { return u.Name == c.as.Unit.Name }
		if !slices.ContainsFunc(known, has) && !slices.Contains(diff.Units, c.as.Unit.Name) {
			diff.Units = append(diff.Units, c.as.Unit.Name)
		}
	}
	return nil
}

// Taking is what a person wants to take over.
type Taking struct {
	Publication uint64 // that he saw
	Digest      string // of the difference that he saw
	Reason      string // needed when something was taken over before
	IsPreview   bool
}

// Taken is what became of it, or would.
type Taken struct {
	Joined   int  `json:"joined"`
	Found    int  `json:"found"`
	Left     int  `json:"left"`
	Units    int  `json:"units"`
	IsRepeat bool `json:"repeated"` // nothing is left to do
}

// errPreview undoes what a preview did.
var errPreview = errors.New("preview")

// Take makes entries of those who go on, as a whole or not at all, by who arranges
// the event's entries. A preview does the same and undoes it, so that what is
// refused is refused in it already. Stale when the publication or the difference
// is another one than he saw; what was taken over already is not done again.
func (d *Desk) Take(ctx context.Context, a contest.Actor, id contest.ID, t Taking) (Taken, error) {
	if _, err := d.event(ctx, a, id, takers); err != nil {
		return Taken{}, err
	}
	var out Taken
	err := d.cfg.Work.Do(ctx, func(ctx context.Context) (err error) {
		if out, err = d.take(ctx, a, id, t); err == nil && t.IsPreview {
			err = errPreview
		}
		return err
	})
	if errors.Is(err, errPreview) {
		return out, nil
	}
	if err != nil || out.IsRepeat {
		return out, err
	}
	d.forget()
	d.changed(ctx, id)
	return out, nil
}

func (d *Desk) changed(ctx context.Context, id contest.ID) {
	if d.cfg.Changed != nil {
		d.cfg.Changed(ctx, []contest.ID{id})
	}
}

// settled is an event whose stage before is published and says who goes on.
func (d *Desk) settled(ctx context.Context, a contest.Actor, id contest.ID) (*loaded, going, error) {
	h, err := d.history(ctx, id)
	if err != nil {
		return nil, going{}, err
	}
	if h.follows.IsZero() {
		return nil, going{}, errNone
	}
	l, err := d.load(ctx, id, h.follows)
	switch {
	case err != nil:
		return nil, going{}, err
	case !may(a, *l.before):
		return nil, going{}, errNone
	case l.open:
		return nil, going{}, errOpen
	case l.result == nil:
		return nil, going{}, errNotOut
	case l.result.advance == nil:
		return nil, going{}, fault.New(fault.Refused, "stages.no_rule")
	}
	return l, l.result.going(l.history.declined), nil
}

func (d *Desk) take(ctx context.Context, a contest.Actor, id contest.ID, t Taking) (Taken, error) {
	l, g, err := d.settled(ctx, a, id)
	if err != nil {
		return Taken{}, err
	}
	if g.waits > 0 {
		return Taken{}, fault.New(fault.Refused, "stages.waits", fault.At("/publication", "stages.waits", itoa(g.waits)))
	}
	diff := l.difference(&g)
	if len(diff.Twins) > 0 {
		return Taken{}, fault.New(fault.Refused, "stages.twins", fault.At("/entries", "stages.twins", strings.Join(diff.Twins, ", ")))
	}
	if diff.IsEmpty() {
		return Taken{IsRepeat: true}, nil
	}
	if t.Publication != l.result.Seq || t.Digest != diff.Digest {
		return Taken{}, errChanged
	}
	reason, err := readReason(t.Reason, diff.NeedsReason && !t.IsPreview)
	if err != nil {
		return Taken{}, err
	}
	if err := d.units(ctx, l, &diff); err != nil {
		return Taken{}, err
	}
	joins, made, err := d.entrants(ctx, a, l, &diff)
	if err != nil {
		return Taken{}, err
	}
	act := l.history.next(d, a, id, Take)
	act.Publication, act.Reason = l.result.Seq, reason
	var leaves []contest.ID
	for _, c := range diff.Leaves {
		act.Moves = append(act.Moves, Move{c.Source, c.entry, Left})
		if !c.Stays {
			leaves = append(leaves, c.entry)
		}
	}
	ids, err := d.cfg.Programme.Enter(ctx, a, id, joins, leaves)
	if err != nil {
		return Taken{}, err
	}
	for i, c := range diff.Joins {
		act.Moves = append(act.Moves, Move{c.Source, ids[i], Joined})
	}
	for _, c := range diff.Finds {
		act.Moves = append(act.Moves, Move{c.Source, c.entry, Found})
	}
	out := Taken{Joined: len(diff.Joins), Found: len(diff.Finds), Left: len(diff.Leaves), Units: made}
	return out, d.noted(ctx, a, act, out)
}

func (d *Desk) noted(ctx context.Context, a contest.Actor, act Act, out Taken) error {
	slices.SortFunc(act.Moves, func(x, y Move) int { return cmp.Compare(x.Source.String(), y.Source.String()) })
	if err := d.cfg.Store.AppendAct(ctx, act); err != nil {
		return err
	}
	return d.cfg.Audit.Record(ctx, a, "stage.taken", "event/"+act.Event.String(), map[string]string{
		"from": act.Follows.String(), "joined": itoa(out.Joined), "found": itoa(out.Found), "left": itoa(out.Left),
	})
}

// entrants are those who join, with their units in this contest, which are made
// where they are missing.
func (d *Desk) entrants(ctx context.Context, a contest.Actor, l *loaded, diff *Difference) (list []Entrant, made int, err error) {
	known, err := d.cfg.Events.ListUnits(ctx, l.event.Contest)
	if err != nil {
		return nil, 0, err
	}
	codes, taken := map[string]string{}, map[string]bool{}
	for _, u := range known {
		codes[u.Name], taken[u.Code] = u.Code, true
	}
	for _, c := range diff.Joins {
		unit := c.as.Unit
		code, here := codes[unit.Name]
		switch {
		case l.before.Contest == l.event.Contest:
			code = unit.Code
		case !here:
			code = freeCode(unit.Code, taken)
			unit.Code = code
			if err := d.cfg.Programme.CreateUnit(ctx, a, l.event.Contest, unit); err != nil {
				if fault.Of(err).Kind == fault.Forbidden {
					err = fault.New(fault.Forbidden, "stages.units", fault.At("/units", "stages.units", strings.Join(diff.Units, "、")))
				}
				return nil, 0, err
			}
			codes[unit.Name], taken[code] = code, true
			made++
		}
		list = append(list, Entrant{As: c.as, Unit: code})
	}
	return list, made, nil
}

// freeCode is a code that no unit of this contest has: its own, or with a number.
func freeCode(code string, taken map[string]bool) string {
	free := code
	for n := 2; taken[free]; n++ {
		free = code[:min(len(code), 36)] + "-" + itoa(n)
	}
	return free
}

// readReason is a reason as it is kept.
func readReason(s string, needed bool) (string, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "" && needed:
		return "", fault.New(fault.Refused, "stages.reason", fault.At("/reason", "stages.reason", ""))
	case utf8.RuneCountInString(s) > MaxText:
		return "", fault.New(fault.Refused, "stages.too_long", fault.At("/reason", "stages.too_long", itoa(MaxText)))
	}
	return s, nil
}

// Declining says that somebody does not want to go on, or wants to after all.
type Declining struct {
	Source   contest.ID // the entry of the event before
	Declines bool
	Reason   string
}

// Decline notes it, with the reason, by who arranges the event's entries, while
// the event is not open. Who may move up shows in the list; the entries change
// when they are taken over.
func (d *Desk) Decline(ctx context.Context, a contest.Actor, id contest.ID, in Declining) (Advance, error) {
	if _, err := d.event(ctx, a, id, takers); err != nil {
		return Advance{}, err
	}
	err := d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		l, g, err := d.settled(ctx, a, id)
		if err != nil {
			return err
		}
		p, known := l.result.find(in.Source)
		_, declined := l.history.declined[in.Source]
		switch {
		case !known:
			return fault.New(fault.Missing, "stages.no_such_entry", fault.At("/entry", "stages.no_such_entry", ""))
		case in.Declines == declined:
			return nil
		case in.Declines && !g.goes[in.Source] && g.why[in.Source] != WhyWaits:
			return fault.New(fault.Refused, "stages.goes_not", fault.At("/entry", "stages.goes_not", p.EntryNo))
		}
		reason, err := readReason(in.Reason, true)
		if err != nil {
			return err
		}
		act := l.history.next(d, a, id, Return)
		if in.Declines {
			act.Kind = Decline
		}
		act.Source, act.Reason = in.Source, reason
		if err := d.cfg.Store.AppendAct(ctx, act); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, a, "stage."+string(act.Kind), "event/"+id.String(), map[string]string{"entry": in.Source.String()})
	})
	if err != nil {
		return Advance{}, err
	}
	d.forget()
	return d.Advance(ctx, a, id)
}
