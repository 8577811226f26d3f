package intake

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmestore"
	"jiangtai/server/registration"
)

// RegistrationEvents is registration's Events.
type RegistrationEvents struct {
	Directory *programme.Directory
	Records   *programmestore.Store
}

// FindEvent finds an event by its id.
func (p RegistrationEvents) FindEvent(ctx context.Context, id contest.ID) (registration.Event, error) {
	e, err := p.Directory.Event(ctx, id)
	return eventForRegistration(e), err
}

func eventForRegistration(e programme.Event) registration.Event {
	return registration.Event{Event: e.Event, ContestName: e.ContestName, Kind: e.Kind, IsVisible: e.Visible}
}

// ListEvents gives all events in their order.
func (p RegistrationEvents) ListEvents(ctx context.Context) ([]registration.Event, error) {
	list, err := p.Directory.Events(ctx, contest.ID{})
	out := make([]registration.Event, 0, len(list))
	for _, e := range list {
		out = append(out, eventForRegistration(e))
	}
	return out, err
}

// FindContest answers whether a contest is there.
func (p RegistrationEvents) FindContest(ctx context.Context, id contest.ID) error {
	_, err := IdentityChairs{p.Directory, p.Records}.FindContest(ctx, id)
	return err
}

// ListUnits gives a contest's units by code.
func (p RegistrationEvents) ListUnits(ctx context.Context, id contest.ID) ([]contest.Unit, error) {
	list, _, err := p.Records.ListUnits(ctx, id, programme.Page{Limit: -1})
	return list, err
}

// RegistrationProgramme is registration's Programme. It runs inside
// registration's transactions; what desks and boards must know they are told by
// registration's own Changed, after the commit.
type RegistrationProgramme struct {
	Office    *programme.Office
	Directory *programme.Directory
	Records   *programmestore.Store
}

// entries are an event's entries as drafts, while the event is held: another
// approval at the same moment must not write over this one's.
func (p RegistrationProgramme) entries(ctx context.Context, event contest.ID) ([]programme.EntryDraft, error) {
	if _, err := p.Records.LockEvent(ctx, event); err != nil {
		return nil, err
	}
	list, err := p.Directory.Entries(ctx, event)
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
func (p RegistrationProgramme) Enter(ctx context.Context, a contest.Actor, event contest.ID, list []registration.Entrant) ([]string, error) {
	rows, err := p.entries(ctx, event)
	if err != nil {
		return nil, err
	}
	drafts := make([]programme.EntryDraft, len(list))
	for i, e := range list {
		drafts[i] = programme.EntryDraft{Name: e.Name, Unit: e.Unit}
	}
	numbers := numbered(rows, drafts)
	_, err = p.Office.PutEntries(ctx, a, event, append(rows, drafts...), "")
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
func (p RegistrationProgramme) AddEntries(ctx context.Context, a contest.Actor, event contest.ID, list []registration.EntryRow) error {
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
	_, err = p.Office.PutEntries(ctx, a, event, append(rows, drafts...), "")
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
func (p RegistrationProgramme) Leave(ctx context.Context, a contest.Actor, event contest.ID, entryNo string) error {
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
	_, err = p.Office.PutEntries(ctx, a, event, kept, "")
	return err
}

// unitRank orders units so that the unions that others stand below come first.
var unitRank = map[string]int{"county": 1, "industry": 1, "grassroots": 2, "work_unit": 3, "": 3}

// AddUnits makes units one by one, with the row in the places of what is wrong.
func (p RegistrationProgramme) AddUnits(ctx context.Context, a contest.Actor, id contest.ID, list []registration.UnitRow) error {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(unitRank[list[i].Kind], unitRank[list[j].Kind]) })
	var wrong []fault.Field
	for _, i := range order {
		_, err := p.Office.CreateUnit(ctx, a, id, programme.UnitDraft(list[i]))
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
func (p RegistrationProgramme) PutJudges(ctx context.Context, a contest.Actor, event contest.ID, list []registration.JudgeRow) error {
	drafts := make([]programme.ChairDraft, 0, len(list))
	for _, j := range list {
		drafts = append(drafts, programme.ChairDraft{Panel: j.Panel, Seat: j.Seat, Judge: j.Judge, Chief: j.IsChief})
	}
	_, err := p.Office.PutChairs(ctx, a, event, drafts)
	return err
}
