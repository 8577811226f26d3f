package wiring

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmestore"
	"jiangtai/server/registration"
	"jiangtai/server/registration/registrationstore"
	"jiangtai/server/registration/vault"
)

// openRegistration makes the registration desk. Its key lies beside the others:
// without it nobody reads an ID number, so a backup without keys/ restores none.
func (a *Rooms) openRegistration(records *programmestore.Store) error {
	key, err := secretFile(filepath.Join(a.Data, "keys", "registration.key"), vault.KeySize)
	if err != nil {
		return err
	}
	safe, err := vault.New(key)
	if err != nil {
		return fmt.Errorf("key of registration: %w", err)
	}
	a.Registration = registration.New(registration.Config{
		Store: registrationstore.New(a.DB, safe), Work: a.DB, Audit: a.Audit, Now: a.Now, Changed: a.Refresh,
		Events:    eventsForRegistration{a.Directory, records},
		Programme: programmeForRegistration{a.Office, a.Directory, records},
	})
	return nil
}

// eventsForRegistration is registration's Events.
type eventsForRegistration struct {
	directory *programme.Directory
	records   *programmestore.Store
}

// FindEvent finds an event by its id.
func (p eventsForRegistration) FindEvent(ctx context.Context, id contest.ID) (registration.Event, error) {
	e, err := p.directory.Event(ctx, id)
	return eventForRegistration(e), err
}

func eventForRegistration(e programme.Event) registration.Event {
	return registration.Event{Event: e.Event, ContestName: e.ContestName, Kind: e.Kind, IsVisible: e.Visible}
}

// ListEvents gives all events in their order.
func (p eventsForRegistration) ListEvents(ctx context.Context) ([]registration.Event, error) {
	list, err := p.directory.Events(ctx, contest.ID{})
	out := make([]registration.Event, 0, len(list))
	for _, e := range list {
		out = append(out, eventForRegistration(e))
	}
	return out, err
}

// FindContest answers whether a contest is there.
func (p eventsForRegistration) FindContest(ctx context.Context, id contest.ID) error {
	_, err := chairsForIdentity{p.directory, p.records}.FindContest(ctx, id)
	return err
}

// ListUnits gives a contest's units by code.
func (p eventsForRegistration) ListUnits(ctx context.Context, id contest.ID) ([]contest.Unit, error) {
	list, _, err := p.records.ListUnits(ctx, id, programme.Page{Limit: -1})
	return list, err
}

// programmeForRegistration is registration's Programme. It runs inside
// registration's transactions; what desks and boards must know they are told by
// registration's own Changed, after the commit.
type programmeForRegistration struct {
	office    *programme.Office
	directory *programme.Directory
	records   *programmestore.Store
}

// entries are an event's entries as drafts, while the event is held: another
// approval at the same moment must not write over this one's.
func (p programmeForRegistration) entries(ctx context.Context, event contest.ID) ([]programme.EntryDraft, error) {
	if _, err := p.records.LockEvent(ctx, event); err != nil {
		return nil, err
	}
	list, err := p.directory.Entries(ctx, event)
	if err != nil {
		return nil, err
	}
	out := programme.DraftsOf(list)
	for i := range out {
		// Labels stay as they are: to name them would be refused once they are drawn.
		out[i].SeatNo, out[i].WorkCode = "", ""
	}
	return out, nil
}

// Enter adds entries with the first numbers that are free.
func (p programmeForRegistration) Enter(ctx context.Context, a contest.Actor, event contest.ID, list []registration.Entrant) ([]string, error) {
	rows, err := p.entries(ctx, event)
	if err != nil {
		return nil, err
	}
	drafts := make([]programme.EntryDraft, len(list))
	for i, e := range list {
		drafts[i] = programme.EntryDraft{Name: e.Name, Unit: e.Unit}
	}
	numbers := numbered(rows, drafts)
	_, err = p.office.PutEntries(ctx, a, event, append(rows, drafts...), "")
	return numbers, err
}

// numbered gives drafts without a number the first ones that nobody has, and
// tells all their numbers.
func numbered(rows, drafts []programme.EntryDraft) []string {
	taken := map[string]bool{}
	for _, list := range [][]programme.EntryDraft{rows, drafts} {
		for _, r := range list {
			taken[r.EntryNo] = true
		}
	}
	numbers, next := make([]string, len(drafts)), 1
	for i := range drafts {
		if drafts[i].EntryNo == "" {
			for taken[entryNumber(next)] {
				next++
			}
			drafts[i].EntryNo = entryNumber(next)
			taken[drafts[i].EntryNo] = true
		}
		numbers[i] = drafts[i].EntryNo
	}
	return numbers
}

// AddEntries adds a sheet's rows; what is wrong is told with the sheet's row.
func (p programmeForRegistration) AddEntries(ctx context.Context, a contest.Actor, event contest.ID, list []registration.EntryRow) error {
	rows, err := p.entries(ctx, event)
	if err != nil {
		return err
	}
	drafts := make([]programme.EntryDraft, len(list))
	for i, e := range list {
		drafts[i] = programme.EntryDraft{
			EntryNo: e.No, Name: e.Name, Unit: e.Unit, Kind: e.Kind, Team: e.Team, Group: e.Group, County: e.County,
		}
	}
	numbered(rows, drafts)
	_, err = p.office.PutEntries(ctx, a, event, append(rows, drafts...), "")
	return rowsAfter(err, len(rows))
}

// rowsAfter moves places of entries, /entries/7/unit, back by those that stood
// there before.
func rowsAfter(err error, before int) error {
	f := fault.Of(err)
	if f == nil || f.Code != "programme.invalid" {
		return err
	}
	fields := make([]fault.Field, len(f.Fields))
	for i, at := range f.Fields {
		part := strings.Split(at.Path, "/")
		if row, err := strconv.Atoi(part[min(2, len(part)-1)]); err == nil && len(part) == 4 && row >= before {
			part[2] = strconv.Itoa(row - before)
			at.Path = strings.Join(part, "/")
		}
		fields[i] = at
	}
	return fault.New(f.Kind, f.Code, fields...)
}

func entryNumber(n int) string { return fmt.Sprintf("%03d", n) }

// Leave takes one entry out.
func (p programmeForRegistration) Leave(ctx context.Context, a contest.Actor, event contest.ID, entryNo string) error {
	rows, err := p.entries(ctx, event)
	if err != nil {
		return err
	}
	kept := rows[:0]
	for _, r := range rows {
		if r.EntryNo != entryNo {
			kept = append(kept, r)
		}
	}
	_, err = p.office.PutEntries(ctx, a, event, kept, "")
	return err
}

// unitRank orders units so that the unions that others stand below come first.
var unitRank = map[string]int{"county": 1, "industry": 1, "grassroots": 2, "work_unit": 3, "": 3}

// AddUnits makes units one by one, with the row in the places of what is wrong.
func (p programmeForRegistration) AddUnits(ctx context.Context, a contest.Actor, id contest.ID, list []registration.UnitRow) error {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(unitRank[list[i].Kind], unitRank[list[j].Kind]) })
	var wrong []fault.Field
	for _, i := range order {
		_, err := p.office.CreateUnit(ctx, a, id, programme.UnitDraft(list[i]))
		if err == nil {
			continue
		}
		f := fault.Of(err)
		if f.Code != "programme.invalid" {
			return err
		}
		for _, at := range f.Fields {
			at.Path = "/units/" + strconv.Itoa(i) + at.Path
			wrong = append(wrong, at)
		}
	}
	if wrong != nil {
		return fault.New(fault.Refused, "programme.invalid", wrong...)
	}
	return nil
}

// PutJudges makes the event's chairs these.
func (p programmeForRegistration) PutJudges(ctx context.Context, a contest.Actor, event contest.ID, list []registration.JudgeRow) error {
	drafts := make([]programme.ChairDraft, 0, len(list))
	for _, j := range list {
		drafts = append(drafts, programme.ChairDraft{Panel: j.Panel, Seat: j.Seat, Judge: j.Judge, Chief: j.IsChief})
	}
	_, err := p.office.PutChairs(ctx, a, event, drafts)
	return err
}
