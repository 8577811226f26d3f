package stages

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"jiangtai/scoring"
	"jiangtai/scoring/rules"
	"jiangtai/server/contest"
)

func itoa(n int) string { return strconv.Itoa(n) }

// carried are the aspects of a scheme that carry a number over.
func carried(r *scoring.Rules) (list []*rules.Aspect) {
	if r == nil {
		return nil
	}
	for i := range r.Aspects {
		if r.Aspects[i].Src.Carried != "" {
			list = append(list, &r.Aspects[i])
		}
	}
	return list
}

// CellState is how a carried number stands.
type CellState string

// The states of a carried number.
const (
	CellSame    CellState = "same"     // given as it is published
	CellNew     CellState = "new"      // to be given
	CellDiffers CellState = "differs"  // another number is given: to be corrected
	CellNoValue CellState = "no_value" // the entry has no published number
	CellNobody  CellState = "nobody"   // the entry was not in the stage before
	CellTwin    CellState = "twin"     // nobody but a person can tell who it was there
	CellFaulty  CellState = "faulty"   // the scheme does not take the number
)

// CarriedCell is one number of one entry.
type CarriedCell struct {
	Aspect string    `json:"aspect"`
	State  CellState `json:"state"`
	Value  string    `json:"value,omitempty"` // published
	Given  string    `json:"given,omitempty"` // that stands now
	Code   string    `json:"code,omitempty"`  // why the scheme does not take it
	Hint   string    `json:"hint,omitempty"`

	markID scoring.ID // of what stands
}

// CarriedRow is one entry of this event.
type CarriedRow struct {
	EntryNo  string         `json:"entry_no"`
	Name     string         `json:"name"`
	Unit     string         `json:"unit"`
	SourceNo string         `json:"source_no,omitempty"`
	Status   scoring.Status `json:"status,omitempty"` // in the stage before
	Cells    []CarriedCell  `json:"cells"`

	ordinal scoring.EntryID
	source  contest.ID
}

// CarriedColumn is one aspect that carries a number over.
type CarriedColumn struct {
	ID     string `json:"id"`
	Code   string `json:"code"`
	Name   string `json:"name"`
	NameEn string `json:"name_en,omitempty"`
	From   string `json:"from"` // total, or a component of the stage before
}

// Carry (承前) is what an event carries over from the stage before.
type Carry struct {
	Follows     Stop            `json:"follows"`
	Published   bool            `json:"published"`
	Publication uint64          `json:"publication"`
	At          string          `json:"at,omitempty"`
	Phase       scoring.Phase   `json:"phase"`
	MayCarry    bool            `json:"may_carry"` // now, and by this person
	Columns     []CarriedColumn `json:"columns"`
	Rows        []CarriedRow    `json:"rows"`
	Counts      CarriedCounts   `json:"counts"`
}

// CarriedCounts counts cells.
type CarriedCounts struct {
	Same    int `json:"same"`
	New     int `json:"new"`
	Differs int `json:"differs"`
	Without int `json:"without"` // no value, nobody, twin: a person must say
	Faulty  int `json:"faulty"`
}

func (c *CarriedCounts) add(s CellState) {
	switch s {
	case CellSame:
		c.Same++
	case CellNew:
		c.New++
	case CellDiffers:
		c.Differs++
	case CellFaulty:
		c.Faulty++
	default:
		c.Without++
	}
}

// Carried shows what is carried over and how it stands, to who gives such numbers.
func (d *Desk) Carried(ctx context.Context, a contest.Actor, id contest.ID) (Carry, error) {
	e, err := d.event(ctx, a, id, takers)
	if err != nil {
		return Carry{}, err
	}
	l, err := d.following(ctx, a, id)
	if err != nil {
		return Carry{}, err
	}
	out := Carry{Phase: l.phase, Columns: []CarriedColumn{}, Rows: []CarriedRow{}}
	if out.Follows, err = d.stop(ctx, *l.before, func(Reading) {}); err != nil {
		return out, err
	}
	out.MayCarry = l.phase == scoring.Running && a.Has(e.Contest, e.ID, givers...)
	for _, c := range carried(l.rules) {
		out.Columns = append(out.Columns, CarriedColumn{c.Src.ID, c.Code, c.Src.Name.Zh, c.Src.Name.En, c.Src.Carried})
	}
	if l.result == nil {
		return out, nil
	}
	out.Published, out.Publication, out.At = true, l.result.Seq, l.result.At.Format(timeLayout)
	out.Rows = l.carry()
	for _, row := range out.Rows {
		for _, c := range row.Cells {
			out.Counts.add(c.State)
		}
	}
	return out, nil
}

// following loads an event with the one before it, which the actor may read.
func (d *Desk) following(ctx context.Context, a contest.Actor, id contest.ID) (*loaded, error) {
	h, err := d.history(ctx, id)
	if err != nil {
		return nil, err
	}
	if h.follows.IsZero() {
		return nil, errNone
	}
	l, err := d.load(ctx, id, h.follows)
	if err == nil && !may(a, *l.before) {
		err = errNone
	}
	return l, err
}

// carry are the event's entries with their numbers.
func (l *loaded) carry() []CarriedRow {
	list := make([]CarriedRow, 0, len(l.entries))
	columns := carried(l.rules)
	for _, e := range l.entries {
		if e.Kind == contest.Team {
			continue
		}
		row := CarriedRow{EntryNo: e.EntryNo, Name: e.Name, Unit: e.Unit.Name, ordinal: e.Ordinal, Cells: []CarriedCell{}}
		var from *placed
		if source, known := l.origin.from[e.ID]; known {
			if from, known = l.result.find(source); known {
				row.SourceNo, row.Status, row.source = from.EntryNo, from.row.Status, source
			}
		}
		for _, a := range columns {
			row.Cells = append(row.Cells, l.cell(a, e, from))
		}
		list = append(list, row)
	}
	slices.SortFunc(list, func(x, y CarriedRow) int {
		return cmp.Or(cmp.Compare(len(x.EntryNo), len(y.EntryNo)), cmp.Compare(x.EntryNo, y.EntryNo))
	})
	return list
}

func (l *loaded) cell(a *rules.Aspect, e contest.Entry, from *placed) CarriedCell {
	c := CarriedCell{Aspect: a.Src.ID}
	given, is := l.cells[cell{e.Ordinal, a.Src.ID}]
	if is {
		c.Given, c.markID = given.Value, given.MarkID
	}
	switch {
	case from == nil && l.isTwin(e):
		c.State = CellTwin
		return c
	case from == nil:
		c.State = CellNobody
		return c
	case from.values[a.Src.Carried] == "":
		c.State = CellNoValue
		return c
	}
	c.Value = from.values[a.Src.Carried]
	read, no := a.Pad.Read(c.Value)
	switch {
	case no != nil:
		c.State, c.Code, c.Hint = CellFaulty, no.Code, no.Hint
	case !is:
		c.State = CellNew
	case given.Kind == scoring.Mark && given.Value == read.Value:
		c.State = CellSame
	default:
		c.State = CellDiffers
	}
	return c
}

// isTwin says whether an entry could be one of several of the stage before.
func (l *loaded) isTwin(e contest.Entry) bool {
	for i := range l.result.places {
		p := &l.result.places[i]
		if l.origin.twins[p.ID] && nameKey(p.Entry) == nameKey(e) {
			return true
		}
	}
	return false
}
