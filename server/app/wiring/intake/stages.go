package intake

import (
	"context"
	"fmt"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmestore"
	"jiangtai/server/stages"
)

// StageEvents is stages' Events.
type StageEvents struct {
	Directory *programme.Directory
	Records   *programmestore.Store
}

func eventForStages(e programme.Event) stages.Event {
	return stages.Event{Event: e.Event, ContestName: e.ContestName, IsVisible: e.Visible}
}

// FindEvent finds an event by its id.
func (p StageEvents) FindEvent(ctx context.Context, id contest.ID) (stages.Event, error) {
	e, err := p.Directory.Event(ctx, id)
	return eventForStages(e), err
}

// ListEvents gives all events in their order.
func (p StageEvents) ListEvents(ctx context.Context) ([]stages.Event, error) {
	list, err := p.Directory.Events(ctx, contest.ID{})
	out := make([]stages.Event, len(list))
	for i, e := range list {
		out[i] = eventForStages(e)
	}
	return out, err
}

// ListEntries gives an event's entries.
func (p StageEvents) ListEntries(ctx context.Context, event contest.ID) ([]contest.Entry, error) {
	return p.Directory.Entries(ctx, event)
}

// ListUnits gives a contest's units by code.
func (p StageEvents) ListUnits(ctx context.Context, id contest.ID) ([]contest.Unit, error) {
	return RegistrationEvents(p).ListUnits(ctx, id)
}

// StageProgramme is stages' Programme. It runs inside stages' transactions;
// what desks and boards must know they are told by stages' own Changed.
type StageProgramme struct{ RegistrationProgramme }

// Enter takes entries away and adds others with the first numbers that are free.
func (p StageProgramme) Enter(ctx context.Context, a contest.Actor, event contest.ID, joins []stages.Entrant, leaves []contest.ID) ([]contest.ID, error) {
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
		if _, err := p.Office.PutEntries(ctx, a, event, append(kept, drafts...), ""); err != nil {
			return nil, err
		}
	}
	return p.found(ctx, event, numbers)
}

// numbers are the entry numbers of entries.
func (p StageProgramme) numbers(ctx context.Context, event contest.ID, ids []contest.ID) (map[string]bool, error) {
	list, err := p.Directory.Entries(ctx, event)
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
func (p StageProgramme) found(ctx context.Context, event contest.ID, numbers []string) ([]contest.ID, error) {
	list, err := p.Directory.Entries(ctx, event)
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
func (p StageProgramme) CreateUnit(ctx context.Context, a contest.Actor, of contest.ID, u contest.Unit) error {
	_, err := p.Office.CreateUnit(ctx, a, of, programme.UnitDraft{Code: u.Code, Name: u.Name, Short: u.Short, Kind: string(u.Kind)})
	return err
}
