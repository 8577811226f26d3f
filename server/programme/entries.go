package programme

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme/labels"
	"jiangtai/server/programme/pinyin"
)

// EntryList is a part of an event's entries as the actor may see them.
type EntryList struct {
	// Masked: labels only, no names, in the order of the labels. For chief judges
	// and others of the staff while the event is sealed.
	Masked bool
	// Coded: names without seat numbers and work codes. For those who see names,
	// from the first draw or the opening to the unsealing of a sealed event.
	Coded   bool
	Total   int
	Entries []contest.Entry
	// Teams are all teams of the event, Groups and Counties what its entries belong
	// to; none of them where the list is masked.
	HasTeams bool // the event's scheme has teams
	Teams    []TeamOf
	Groups   []string
	Counties []string
}

// TeamOf is a team of an event with how many members it has.
type TeamOf struct {
	ID            contest.ID
	EntryNo, Name string
	Members       int
}

// TeamNo is the entry number of a member's team; "" where it is in none.
func (l *EntryList) TeamNo(e contest.Entry) string {
	for _, t := range l.Teams {
		if t.ID == e.Team {
			return t.EntryNo
		}
	}
	return ""
}

// EntryFilter keeps to some of an event's entries; empty fields ask for nothing.
// Team is a team's entry number: the team and its members.
type EntryFilter struct {
	Kind, Team, Group, County string
}

func (f EntryFilter) keeps(e contest.Entry, team string) bool {
	return (f.Kind == "" || (f.Kind == string(contest.Team)) == (e.Kind == contest.Team)) &&
		(f.Team == "" || f.Team == team) && (f.Group == "" || f.Group == e.Group) && (f.County == "" || f.County == e.InCounty())
}

// Entries gives a part of an event's entries to its staff, masked as RULES of
// blind marking demand. Q searches what is shown: numbers, and where names are
// shown names, their pinyin and units. Members stand behind their team.
func (o *Office) Entries(ctx context.Context, a contest.Actor, id contest.ID, f EntryFilter, p Page) (EntryList, error) {
	e, err := o.eventFor(ctx, a, id)
	if err != nil {
		return EntryList{}, err
	}
	shape, state, err := o.secrecy(ctx, e)
	if err != nil {
		return EntryList{}, err
	}
	isDrawn, err := o.isDrawn(ctx, id)
	if err != nil {
		return EntryList{}, err
	}
	list, err := o.Store.ListEntries(ctx, id)
	if err != nil {
		return EntryList{}, err
	}
	out := EntryList{HasTeams: shape.Teams}
	if shape.Sealed() && !state.Unsealed {
		out.Masked = !a.Has(e.Contest, e.ID, contest.Administrator, contest.Organiser, contest.HostSecretary)
		out.Coded = !out.Masked && (state.Open || isDrawn)
	}
	switch {
	case out.Masked:
		mask(list, shape)
	case out.Coded:
		uncode(list)
	}
	if !out.Masked {
		list = out.gather(list)
	}
	list = slices.DeleteFunc(list, func(e contest.Entry) bool {
		team := out.TeamNo(e)
		if e.Kind == contest.Team {
			team = e.EntryNo
		}
		return !matches(e, p.Q) || !f.keeps(e, team)
	})
	out.Total = len(list)
	p = p.bounded()
	list = list[min(p.Offset, len(list)):]
	out.Entries = list[:min(p.Limit, len(list))]
	return out, nil
}

// gather notes what entries belong to and gives them in the order to show: members
// behind their team.
func (l *EntryList) gather(list []contest.Entry) []contest.Entry {
	members, groups, counties := map[contest.ID][]contest.Entry{}, map[string]bool{}, map[string]bool{}
	for _, e := range list {
		groups[e.Group], counties[e.InCounty()] = true, true
		if e.Kind == contest.Team {
			l.Teams = append(l.Teams, TeamOf{ID: e.ID, EntryNo: e.EntryNo, Name: e.Name})
		} else if !e.Team.IsZero() {
			members[e.Team] = append(members[e.Team], e)
		}
	}
	for i, t := range l.Teams {
		l.Teams[i].Members = len(members[t.ID])
	}
	delete(groups, "")
	delete(counties, "")
	l.Groups, l.Counties = slices.Sorted(maps.Keys(groups)), slices.Sorted(maps.Keys(counties))
	out := make([]contest.Entry, 0, len(list))
	for _, e := range list {
		if e.Team.IsZero() {
			out = append(append(out, e), members[e.ID]...)
		}
	}
	return out
}

// secrecy is what decides about names: the scheme's identities and how far the
// ledger is. An event without a scheme has no secrets yet.
func (o *Office) secrecy(ctx context.Context, e Event) (Outline, Openings, error) {
	_, shape, err := o.newest(ctx, e.ID)
	if err != nil && !errors.Is(err, fault.New(fault.Missing, "programme.scheme_missing")) {
		return Outline{}, Openings{}, err
	}
	state, err := o.Openness.Openness(ctx, e.Ledger)
	return shape, state, err
}

// isDrawn says that the event's labels are the coding desk's.
func (o *Office) isDrawn(ctx context.Context, id contest.ID) (bool, error) {
	if o.Draws == nil {
		return false, nil
	}
	return o.Draws.IsDrawn(ctx, id)
}

// mask leaves the label by which the work is known, and nothing that says whose
// it is; not the order either.
func mask(list []contest.Entry, shape Outline) {
	for i, e := range list {
		list[i] = contest.Entry{Event: e.Event, Kind: e.Kind}
		switch by := shape.Labels(e.Kind); {
		case by.Coded:
			list[i].WorkCode = e.WorkCode
		case by.Seated:
			list[i].SeatNo = e.SeatNo
		default: // nothing of it is hidden, beside others of which all is
			list[i].EntryNo = e.EntryNo
		}
	}
	slices.SortFunc(list, func(a, b contest.Entry) int {
		return cmp.Or(cmp.Compare(a.WorkCode, b.WorkCode), cmp.Compare(len(a.SeatNo), len(b.SeatNo)), cmp.Compare(a.SeatNo, b.SeatNo), cmp.Compare(a.EntryNo, b.EntryNo))
	})
}

// uncode takes away what joins names to works: the labels and the ordinal that
// records carry.
func uncode(list []contest.Entry) {
	for i := range list {
		list[i].SeatNo, list[i].WorkCode, list[i].Ordinal = "", "", 0
	}
}

// matches says that all words of q are found in what is shown of an entry.
func matches(e contest.Entry, q string) bool {
	text := pinyin.Fold(strings.Join([]string{
		e.EntryNo, e.SeatNo, e.WorkCode, e.Name, e.Pinyin, e.Unit.Code, e.Unit.Name, e.Unit.Short, e.Group, e.InCounty(),
	}, " "))
	for _, word := range strings.Fields(pinyin.Fold(q)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// PutEntries makes the event's entries these, by its host or who organises the
// contest. All that is wrong comes at once. An entry is known by its entry
// number: where a row leaves seat number or work code empty, it keeps what it
// has, or is given what the scheme's modules need. Once the event is open, or a
// draw of its labels has begun, only names and what entries belong to may change;
// of what an open event ranks by, for a reason, and neither while it is sealed nor
// once it is published.
func (o *Office) PutEntries(ctx context.Context, a contest.Actor, id contest.ID, rows []EntryDraft, reason string) (int, error) {
	err := o.editing(ctx, only(&id), func(ctx context.Context) error {
		e, state, err := o.eventToEdit(ctx, a, id, contest.Administrator, contest.Organiser, contest.HostSecretary)
		if err != nil {
			return err
		}
		shape, _, err := o.secrecy(ctx, e)
		if err != nil {
			return err
		}
		units, err := o.unitsByCode(ctx, e.Contest)
		if err != nil {
			return err
		}
		was, err := o.Store.ListEntries(ctx, id)
		if err != nil {
			return err
		}
		isDrawn, err := o.isDrawn(ctx, id)
		if err != nil {
			return err
		}
		if err := blind(rows, shape, state, isDrawn); err != nil {
			return err
		}
		rows = keep(rows, was)
		c := form()
		list := c.Entries(rows, indexes(len(rows)), inList("entries"), units, shape)
		reason := c.Text("/reason", reason, false)
		if err := c.Refuse("programme.invalid"); err != nil {
			return err
		}
		carry(list, was, id)
		if state.Open || isDrawn {
			if !sameEntries(was, list) {
				return settled(state)
			}
			ordinals(list, was)
		} else {
			labels.Number(list, shape)
		}
		detail := map[string]string{"entries": strconv.Itoa(len(list))}
		var moves []int
		if state.Open {
			if moves = moved(was, list, shape); len(moves) > 0 {
				detail["moved"], detail["reason"] = strconv.Itoa(len(moves)), reason
			}
		}
		if err := moving(moves, shape, state, reason); err != nil {
			return err
		}
		if err := o.Store.SaveEntries(ctx, id, list); err != nil {
			return err
		}
		if err := o.keepMoves(ctx, a, list, moves, reason); err != nil {
			return err
		}
		return o.Audit.Record(ctx, a, "entries.changed", "event/"+id.String(), detail)
	})
	return len(rows), err
}

// blind refuses labels that are given while the event is drawn or open and sealed.
func blind(rows []EntryDraft, shape Outline, state Openings, isDrawn bool) error {
	if !state.Open && !isDrawn || !shape.Sealed() || state.Unsealed {
		return nil
	}
	// Whether a code fits must not be answered either: it could be asked a thousand
	// times.
	for i, r := range rows {
		if r.SeatNo != "" || r.WorkCode != "" {
			return settled(state, fault.At(inList("entries")(i, "work_code"), "programme.sealed", ""))
		}
	}
	return nil
}

// byNumber finds entries by their entry numbers.
func byNumber(list []contest.Entry) map[string]contest.Entry {
	out := make(map[string]contest.Entry, len(list))
	for _, e := range list {
		out[e.EntryNo] = e
	}
	return out
}

// keep fills the labels that rows leave empty with those that the entry has,
// unless another row asks for that label.
func keep(rows []EntryDraft, was []contest.Entry) []EntryDraft {
	rows, known := slices.Clone(rows), byNumber(was)
	asked := map[string]bool{}
	for _, r := range rows {
		asked["seat "+r.SeatNo], asked["code "+r.WorkCode] = true, true
	}
	for i, r := range rows {
		e, ok := known[r.EntryNo]
		if !ok || r.EntryNo == "" {
			continue
		}
		if r.SeatNo == "" && !asked["seat "+e.SeatNo] {
			rows[i].SeatNo = e.SeatNo
		}
		if r.WorkCode == "" && !asked["code "+e.WorkCode] {
			rows[i].WorkCode = e.WorkCode
		}
	}
	return rows
}

// carry gives entries that are there already their ids, and members those of their
// teams.
func carry(list, was []contest.Entry, event contest.ID) {
	known, renamed := byNumber(was), map[contest.ID]contest.ID{}
	for i := range list {
		list[i].Event = event
		if e, ok := known[list[i].EntryNo]; ok && list[i].EntryNo != "" {
			renamed[list[i].ID] = e.ID
			list[i].ID = e.ID
		}
	}
	for i := range list {
		if id, ok := renamed[list[i].Team]; ok {
			list[i].Team = id
		}
	}
}

// ordinals gives entries of an open event the ordinals that its records carry.
func ordinals(list, was []contest.Entry) {
	known := byNumber(was)
	for i := range list {
		list[i].Ordinal = known[list[i].EntryNo].Ordinal
	}
}

// sameEntries says that two lists differ at most in names and in what entries belong
// to.
func sameEntries(was, now []contest.Entry) bool {
	if len(was) != len(now) {
		return false
	}
	known := byNumber(was)
	for _, e := range now {
		o, ok := known[e.EntryNo]
		if !ok || o.SeatNo != e.SeatNo || o.WorkCode != e.WorkCode || o.Kind != e.Kind {
			return false
		}
	}
	return true
}
