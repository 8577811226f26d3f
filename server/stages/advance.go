package stages

import (
	"context"
	"slices"

	"jiangtai/scoring"
	"jiangtai/scoring/award"
	"jiangtai/scoring/record"
	"jiangtai/scoring/scheme"
	"jiangtai/server/contest"
)

// Why says why somebody goes on or does not.
type Why string

// The reasons.
const (
	WhyFirst      Why = "first"      // among the first so many
	WhyTie        Why = "tie"        // tied at the cut, which is widened
	WhyDecided    Why = "decided"    // tied at the cut, and placed by a decision
	WhyLine       Why = "line"       // reaches the line
	WhySubstitute Why = "substitute" // 递补: moves up for one who declined
	WhyWaits      Why = "waits"      // tied at the cut, where a person decides
	WhyDeclined   Why = "declined"   // 放弃
	WhyTieOut     Why = "tie_out"    // tied at the cut, which is narrowed
	WhyBehind     Why = "behind"     // behind the cut
	WhyBelow      Why = "below"      // does not reach the line
	WhyNoRight    Why = "no_right"   // was admitted without the right to go on
	WhyNoRank     Why = "no_rank"    // did not finish, was disqualified, …
	WhyTeam       Why = "team"       // persons go on
	WhyNoGroup    Why = "no_group"   // belongs to none of the groups that are cut apart
)

// Candidate is an entry of the event before with what is to become of it.
type Candidate struct {
	Source   contest.ID     `json:"source"`
	SourceNo string         `json:"source_no"` // its entry number there
	Name     string         `json:"name"`
	Unit     string         `json:"unit"`
	Rank     int            `json:"rank"`
	Total    string         `json:"total"`
	Status   scoring.Status `json:"status"`
	Goes     bool           `json:"goes"`
	Why      Why            `json:"why"`
	Reason   string         `json:"reason,omitempty"` // of who declined
	// EntryNo is its number in this event, when it is an entry here; ByHand says
	// that nobody took it over.
	EntryNo string `json:"entry_no,omitempty"`
	ByHand  bool   `json:"by_hand"`
}

// Advance (晋级名单) is who goes on to an event, and what a taking would do now.
type Advance struct {
	Follows     Stop      `json:"follows"`
	Published   bool      `json:"published"`
	Publication uint64    `json:"publication"`
	At          string    `json:"at,omitempty"`
	Rule        *RuleView `json:"rule"` // nil: the scheme says nothing of going on
	// Waits is how many are tied where a person decides, and Places for how many of
	// them there is room.
	Waits  int  `json:"waits"`
	Places int  `json:"places"`
	Open   bool `json:"open"` // marking of this event was opened: nothing is taken over any more
	// Taken is the publication that was taken over last; 0: none.
	Taken      uint64      `json:"taken"`
	TakenBy    string      `json:"taken_by,omitempty"`
	TakenAt    string      `json:"taken_at,omitempty"`
	MayTake    bool        `json:"may_take"`
	Candidates []Candidate `json:"candidates"` // in the order of the list
	Difference Difference  `json:"difference"`
}

// RuleView is the rule of going on.
type RuleView struct {
	First int    `json:"first,omitempty"`
	Line  string `json:"line,omitempty"`
	Ties  string `json:"ties"`
	By    string `json:"by,omitempty"`
}

// Advance shows who goes on, to those who see names.
func (d *Desk) Advance(ctx context.Context, a contest.Actor, id contest.ID) (Advance, error) {
	e, err := d.event(ctx, a, id, readers)
	if err != nil {
		return Advance{}, err
	}
	h, err := d.history(ctx, id)
	if err != nil {
		return Advance{}, err
	}
	if h.follows.IsZero() {
		return Advance{}, errNone
	}
	l, err := d.load(ctx, id, h.follows)
	if err != nil {
		return Advance{}, err
	}
	if !may(a, *l.before) {
		return Advance{}, errNone
	}
	out, err := d.advance(ctx, l)
	// Who keeps labels and names apart is not told who is which number here.
	if out.MayTake = !l.open && a.Has(e.Contest, e.ID, takers...); !a.Has(e.Contest, e.ID, takers...) {
		for i := range out.Candidates {
			out.Candidates[i].EntryNo = ""
		}
		out.Difference = Difference{Joins: []Change{}, Finds: []Change{}, Leaves: []Change{}, Units: []string{}, Twins: []string{}}
	}
	return out, err
}

func (d *Desk) advance(ctx context.Context, l *loaded) (Advance, error) {
	out := Advance{Follows: Stop{Ref: refOf(*l.before)}, Open: l.open, Candidates: []Candidate{}, Difference: l.difference(nil)}
	err := d.cfg.Boards.Read(ctx, l.before.ID, func(r Reading) error {
		out.Follows.Phase = r.Board.Phase()
		if r.Rules != nil {
			out.Rule = ruleOf(r.Rules.Scheme().Advance)
		}
		return nil
	})
	if t := l.history.last; t != nil {
		out.Taken, out.TakenBy, out.TakenAt = t.Publication, t.ByName, t.At.Format(timeLayout)
	}
	if err != nil || l.result == nil {
		return out, err
	}
	out.Published, out.Publication, out.At = true, l.result.Seq, l.result.At.Format(timeLayout)
	if l.result.advance == nil {
		return out, nil
	}
	going := l.result.going(l.history.declined)
	out.Waits, out.Places = going.waits, going.places
	out.Candidates = l.candidates(going)
	out.Difference = l.difference(&going)
	return out, d.units(ctx, l, &out.Difference)
}

func ruleOf(a *scheme.Advance) *RuleView {
	if a == nil {
		return nil
	}
	v := &RuleView{First: a.First, Ties: a.Ties, By: a.By}
	if v.Ties == "" {
		v.Ties = "widen"
	}
	if a.Line != nil {
		v.Line = a.Line.String()
	}
	return v
}

// going is who goes on.
type going struct {
	goes   map[contest.ID]bool
	why    map[contest.ID]Why
	waits  int
	places int
}

// going reckons by the rule, without those who declined: as if they had not the
// right to go on, so that their places are filled by the same rule.
func (out *result) going(declined map[contest.ID]string) going {
	g := going{goes: map[contest.ID]bool{}, why: map[contest.ID]Why{}}
	all, left := make([]award.Entry, len(out.places)), make([]award.Entry, len(out.places))
	ids := make(map[scoring.EntryID]contest.ID, len(out.places))
	for i := range out.places {
		p := &out.places[i]
		all[i], left[i], ids[p.award.ID] = p.award, p.award, p.ID
		if _, no := declined[p.ID]; no {
			left[i].Flags &^= record.MayAdvance
		}
	}
	first, now := award.Advance(out.advance, all, out.ascending), award.Advance(out.advance, left, out.ascending)
	anyway := map[contest.ID]bool{}
	for _, e := range first.Entries {
		anyway[ids[e]] = true
	}
	for _, e := range now.Entries {
		g.goes[ids[e]] = true
	}
	waits := map[contest.ID]bool{}
	for _, cut := range now.Open {
		g.places += cut.Places
		for _, e := range cut.Group {
			waits[ids[e]] = true
		}
	}
	g.waits = len(waits)
	cuts := out.cuts(declined)
	for i := range out.places {
		p := &out.places[i]
		_, no := declined[p.ID]
		g.why[p.ID] = out.why(p, cuts[p.ID], g.goes[p.ID], anyway[p.ID], waits[p.ID], no)
	}
	return g
}

// side is where the ties of an entry stand by the cut.
type side uint8

const (
	inside side = iota
	across      // the cut goes through them
	behind
)

// cuts finds the side of every entry that may go on.
func (out *result) cuts(declined map[contest.ID]string) map[contest.ID]side {
	type key struct{ group, rank int }
	sizes, starts, ends := map[int]int{}, map[key]int{}, map[key]int{}
	keys := map[contest.ID]key{}
	for i := range out.places {
		p := &out.places[i]
		if _, no := declined[p.ID]; no || !out.may(p) {
			continue
		}
		group := 0
		if out.advance.By != "" {
			group = p.award.In.By(out.advance.By)
		}
		k := key{group, p.award.Rank}
		if _, known := starts[k]; !known {
			starts[k] = sizes[group]
		}
		sizes[group]++
		ends[k], keys[p.ID] = sizes[group], k
	}
	sides := map[contest.ID]side{}
	for id, k := range keys {
		switch {
		case starts[k] >= out.advance.First:
			sides[id] = behind
		case ends[k] > out.advance.First:
			sides[id] = across
		}
	}
	return sides
}

// may says whether an entry could go on at all.
func (out *result) may(p *placed) bool {
	e := &p.award
	return !e.IsTeam() && e.Rank > 0 && e.Flags&record.MayAdvance != 0 && out.reaches(e)
}

func (out *result) reaches(e *award.Entry) bool {
	line := out.advance.Line
	return line == nil || e.Total.Equal(*line) || e.Total.Less(*line) == out.ascending
}

// why is the reason for one entry.
func (out *result) why(p *placed, at side, goes, anyway, waits, declined bool) Why {
	e := &p.award
	switch {
	case declined:
		return WhyDeclined
	case e.IsTeam():
		return WhyTeam
	case e.Rank == 0:
		return WhyNoRank
	case e.Flags&record.MayAdvance == 0:
		return WhyNoRight
	case !out.reaches(e):
		return WhyBelow
	case out.advance.By != "" && e.In.By(out.advance.By) == 0:
		return WhyNoGroup
	case waits:
		return WhyWaits
	case goes && out.advance.First == 0:
		return WhyLine
	case goes && !anyway:
		return WhySubstitute
	case goes && at == across && e.Place > 0:
		return WhyDecided
	case goes && at == across:
		return WhyTie
	case goes:
		return WhyFirst
	case at == across && out.advance.Ties == "narrow":
		return WhyTieOut
	}
	return WhyBehind
}

// candidates are all entries of the event before.
func (l *loaded) candidates(g going) []Candidate {
	numbers := map[contest.ID]string{}
	for _, e := range l.entries {
		numbers[e.ID] = e.EntryNo
	}
	list := make([]Candidate, 0, len(l.result.places))
	for i := range l.result.places {
		p := &l.result.places[i]
		c := Candidate{
			Source: p.ID, SourceNo: p.EntryNo, Name: p.Name, Unit: p.Unit.Name, Rank: p.row.Rank, Total: p.row.Total, Status: p.row.Status,
			Goes: g.goes[p.ID], Why: g.why[p.ID], Reason: l.history.declined[p.ID],
		}
		if entry, here := l.origin.to[p.ID]; here {
			_, taken := l.history.taken[p.ID]
			c.EntryNo, c.ByHand = numbers[entry], !taken
		}
		list = append(list, c)
	}
	return slices.Clip(list)
}
