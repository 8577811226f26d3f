package wiring

import (
	"context"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmestore"
	"jiangtai/server/results"
	"jiangtai/server/stages"
	"jiangtai/server/stages/stagesstore"
)

// openStages makes the desk of stages and lets it speak before openings.
func (a *Rooms) openStages(records *programmestore.Store) {
	a.Stages = stages.New(stages.Config{
		Store: stagesstore.New(a.DB), Work: a.DB, Audit: a.Audit, Now: a.Now, Changed: a.Refresh,
		Events: eventsForStages{a.Directory, records}, Programme: programmeForStages{programmeForRegistration{a.Office, a.Directory, records}},
		Persons: personsForStages{a}, Boards: boardsForStages{a.Desk}, Marks: marksForStages{a.Desk},
	})
	a.Gates.Add(func(ctx context.Context, _ contest.Actor, s *judging.Setup, act judging.ActKind) error {
		if act != judging.ActOpen {
			return nil
		}
		return a.Stages.BeforeOpen(ctx, s.Event.ID)
	})
}

// eventsForStages is stages' Events.
type eventsForStages struct {
	directory *programme.Directory
	records   *programmestore.Store
}

func eventForStages(e programme.Event) stages.Event {
	return stages.Event{Event: e.Event, ContestName: e.ContestName, IsVisible: e.Visible}
}

// FindEvent finds an event by its id.
func (p eventsForStages) FindEvent(ctx context.Context, id contest.ID) (stages.Event, error) {
	e, err := p.directory.Event(ctx, id)
	return eventForStages(e), err
}

// ListEvents gives all events in their order.
func (p eventsForStages) ListEvents(ctx context.Context) ([]stages.Event, error) {
	list, err := p.directory.Events(ctx, contest.ID{})
	out := make([]stages.Event, len(list))
	for i, e := range list {
		out[i] = eventForStages(e)
	}
	return out, err
}

// ListEntries gives an event's entries.
func (p eventsForStages) ListEntries(ctx context.Context, event contest.ID) ([]contest.Entry, error) {
	return p.directory.Entries(ctx, event)
}

// ListUnits gives a contest's units by code.
func (p eventsForStages) ListUnits(ctx context.Context, id contest.ID) ([]contest.Unit, error) {
	return eventsForRegistration(p).ListUnits(ctx, id)
}

// programmeForStages is stages' Programme. It runs inside stages' transactions;
// what desks and boards must know they are told by stages' own Changed.
type programmeForStages struct{ programmeForRegistration }

// Enter takes entries away and adds others with the first numbers that are free.
func (p programmeForStages) Enter(ctx context.Context, a contest.Actor, event contest.ID, joins []stages.Entrant, leaves []contest.ID) ([]contest.ID, error) {
	rows, err := p.entries(ctx, event)
	if err != nil {
		return nil, err
	}
	gone, err := p.numbers(ctx, event, leaves)
	if err != nil {
		return nil, err
	}
	kept := rows[:0]
	for _, r := range rows {
		if !gone[r.EntryNo] {
			kept = append(kept, r)
		}
	}
	drafts := make([]programme.EntryDraft, len(joins))
	for i, j := range joins {
		drafts[i] = programme.EntryDraft{Name: j.As.Name, Unit: j.Unit, Group: j.As.Group, County: j.As.InCounty()}
	}
	// The number of one who leaves is free only afterwards: a slip of paper with it
	// may be about.
	numbers := numbered(append(kept, taken(gone)...), drafts)
	if len(joins)+len(leaves) > 0 {
		if _, err := p.office.PutEntries(ctx, a, event, append(kept, drafts...), ""); err != nil {
			return nil, err
		}
	}
	return p.found(ctx, event, numbers)
}

// numbers are the entry numbers of entries.
func (p programmeForStages) numbers(ctx context.Context, event contest.ID, ids []contest.ID) (map[string]bool, error) {
	list, err := p.directory.Entries(ctx, event)
	if err != nil {
		return nil, err
	}
	asked, out := map[contest.ID]bool{}, map[string]bool{}
	for _, id := range ids {
		asked[id] = true
	}
	for _, e := range list {
		if asked[e.ID] {
			out[e.EntryNo] = true
		}
	}
	return out, nil
}

func taken(numbers map[string]bool) (rows []programme.EntryDraft) {
	for n := range numbers {
		rows = append(rows, programme.EntryDraft{EntryNo: n})
	}
	return rows
}

// found are the ids of entries by their numbers.
func (p programmeForStages) found(ctx context.Context, event contest.ID, numbers []string) ([]contest.ID, error) {
	list, err := p.directory.Entries(ctx, event)
	if err != nil {
		return nil, err
	}
	by := make(map[string]contest.ID, len(list))
	for _, e := range list {
		by[e.EntryNo] = e.ID
	}
	out := make([]contest.ID, len(numbers))
	for i, n := range numbers {
		id, ok := by[n]
		if !ok {
			return nil, fmt.Errorf("entry %s of event %s was not made", n, event) //nolint:err113 // for the log
		}
		out[i] = id
	}
	return out, nil
}

// CreateUnit makes a unit like one of another contest.
func (p programmeForStages) CreateUnit(ctx context.Context, a contest.Actor, of contest.ID, u contest.Unit) error {
	_, err := p.office.CreateUnit(ctx, a, of, programme.UnitDraft{Code: u.Code, Name: u.Name, Short: u.Short, Kind: string(u.Kind)})
	return err
}

// personsForStages is stages' Persons: who stands behind entries, as registration
// knows it.
type personsForStages struct{ app *Rooms }

// Persons joins entries with approved applications by entry number and name.
func (p personsForStages) Persons(ctx context.Context, event contest.ID) (map[contest.ID]string, error) {
	known, err := p.app.Registration.Entered(ctx, event)
	if err != nil || len(known) == 0 {
		return nil, err
	}
	list, err := p.app.Directory.Entries(ctx, event)
	if err != nil {
		return nil, err
	}
	out := map[contest.ID]string{}
	for _, e := range list {
		if who, ok := known[e.EntryNo]; ok && who.Name == e.Name {
			out[e.ID] = who.Key.String()
		}
	}
	return out, nil
}

// boardsForStages is stages' Boards.
type boardsForStages struct{ desk *judging.Desk }

func readingForStages(r judging.Reading) stages.Reading {
	out := stages.Reading{
		Event: r.Setup.Event, Rules: r.Board.Rules(), Version: r.Board.Version(), Seq: r.Seq, Board: r.Board,
		Numbers: make(map[scoring.EntryID]string, len(r.Setup.Entries)),
	}
	if out.Rules == nil {
		out.Rules, out.Version = r.Setup.Rules[r.Setup.Version], r.Setup.Version
	}
	for _, e := range r.Setup.Entries {
		out.Numbers[e.Ordinal] = e.EntryNo
	}
	return out
}

// Read shows an event's board.
func (p boardsForStages) Read(ctx context.Context, event contest.ID, reader func(stages.Reading) error) error {
	return p.desk.Read(ctx, event, func(r judging.Reading) error { return reader(readingForStages(r)) })
}

// Publication is the event's published result.
func (p boardsForStages) Publication(ctx context.Context, event contest.ID) (stages.Publication, bool, error) {
	r, ok, err := p.desk.Published(ctx, event, 0)
	return stages.Publication{Seq: r.Seq, Read: r.Read, At: r.At, List: r.List}, ok, err
}

// marksForStages is stages' Marks: numbers from outside, at judging's own door.
type marksForStages struct{ desk *judging.Desk }

// Give enters marks as a whole or not at all.
func (p marksForStages) Give(ctx context.Context, a contest.Actor, event contest.ID, b stages.Batch) ([]*fault.Error, error) {
	e, err := p.desk.Enterer(ctx, a, event)
	if err != nil {
		return nil, err
	}
	done, err := p.desk.EnterWhole(ctx, judging.Whole{
		Enterer: e, Sheet: b.Sheet, Sum: b.Sum, IsPreview: b.IsPreview,
		Pick: func(r judging.Reading) ([]judging.Entered, error) {
			in := readingForStages(r)
			list, err := b.Pick(in)
			out := make([]judging.Entered, len(list))
			for i, m := range list {
				// What is carried over lies in open modules, which know their works by
				// entry number.
				out[i] = judging.Entered{
					MarkID: m.ID, Kind: scoring.Mark, Work: in.Numbers[m.Entry], Aspect: m.Aspect, Value: m.Value, Version: m.Version,
					Supersedes: m.Supersedes, Reason: m.Reason,
				}
			}
			return out, err
		},
	})
	out := make([]*fault.Error, len(done))
	for i := range done {
		out[i] = done[i].Fault
	}
	return out, err
}

// stagesForProgramme is programme's Stages. It asks when it is needed, so that the
// programme may be opened before stages.
type stagesForProgramme struct{ app *Rooms }

// CheckScheme names what is wrong with the numbers that a scheme carries over.
func (p stagesForProgramme) CheckScheme(ctx context.Context, event contest.ID, text []byte) ([]fault.Field, error) {
	return p.app.Stages.CheckScheme(ctx, event, text)
}

// stagesForResults is results' Stages.
type stagesForResults struct{ app *Rooms }

// Carried tells how the numbers that are carried over stand.
func (p stagesForResults) Carried(ctx context.Context, event contest.ID) (results.Carried, bool, error) {
	s, ok, err := p.app.Stages.Standing(ctx, event)
	return results.Carried{IsTied: s.IsTied, IsPublished: s.Published, New: s.New, Differs: s.Differs}, ok, err
}
