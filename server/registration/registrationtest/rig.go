package registrationtest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/registration"
	"jiangtai/server/registration/eligibility"
	"jiangtai/server/registration/idnumber"
)

// The contest of the rig and its events: a welder's, which has a host, a turner's,
// and one that the public does not see.
var (
	Town   = contest.ID{15: 1}
	Welder = contest.ID{15: 11}
	Turner = contest.ID{15: 12}
	Hidden = contest.ID{15: 13}
)

// Rig is a desk with the other rooms' ends in the test's hands.
type Rig struct {
	*registration.Desk

	mu      sync.Mutex // guards the rest
	at      time.Time
	acts    []string
	entries map[contest.ID][]registration.Entrant
	added   []registration.EntryRow
	units   []contest.Unit
	judges  []registration.JudgeRow
	started bool
	changed []contest.ID
}

// NewRig makes a desk on a store.
func NewRig(store registration.Store, work registration.Work) *Rig {
	r := &Rig{
		at: time.Date(2026, 5, 18, 1, 0, 0, 0, time.UTC), entries: map[contest.ID][]registration.Entrant{},
		units: []contest.Unit{{Code: "u1", Name: "江城造船厂", Short: "造船厂"}, {Code: "u2", Name: "江城地铁公司", Short: "地铁"}},
	}
	r.Desk = registration.New(registration.Config{
		Store: store, Work: work, Events: r, Programme: r, Audit: r, Now: r.Clock,
		Changed: func(_ context.Context, events []contest.ID) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.changed = append(r.changed, events...)
		},
	})
	return r
}

// Clock is the rig's time.
func (r *Rig) Clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// Pass lets time go by.
func (r *Rig) Pass(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(d)
}

// Start opens the events for marking: no entry comes or goes.
func (r *Rig) Start() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.started = true
}

// FindEvent is registration.Events.
func (r *Rig) FindEvent(_ context.Context, id contest.ID) (registration.Event, error) {
	e := registration.Event{Event: contest.Event{ID: id, Contest: Town, Trade: "焊工"}, ContestName: "小赛事", Kind: contest.Rehearsal, IsVisible: id != Hidden}
	if id != Welder && id != Turner && id != Hidden {
		return registration.Event{}, fault.New(fault.Missing, "programme.event_missing")
	}
	return e, nil
}

// ListEvents is registration.Events.
func (r *Rig) ListEvents(ctx context.Context) ([]registration.Event, error) {
	var out []registration.Event
	for _, id := range []contest.ID{Welder, Turner, Hidden} {
		e, err := r.FindEvent(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// FindContest is registration.Events.
func (r *Rig) FindContest(_ context.Context, id contest.ID) error {
	if id != Town {
		return fault.New(fault.Missing, "programme.contest_missing")
	}
	return nil
}

// ListUnits is registration.Events.
func (r *Rig) ListUnits(context.Context, contest.ID) ([]contest.Unit, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.units), nil
}

// Enter is registration.Programme.
func (r *Rig) Enter(_ context.Context, _ contest.Actor, event contest.ID, list []registration.Entrant) ([]string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.started {
		return nil, fault.New(fault.Refused, "programme.event_open")
	}
	var out []string
	for _, e := range list {
		r.entries[event] = append(r.entries[event], e)
		out = append(out, fmt.Sprintf("%03d", len(r.entries[event])))
	}
	return out, nil
}

// Leave is registration.Programme.
func (r *Rig) Leave(_ context.Context, _ contest.Actor, event contest.ID, entryNo string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var n int
	if _, err := fmt.Sscan(entryNo, &n); err != nil || r.started {
		return fault.New(fault.Refused, "programme.event_open")
	}
	r.entries[event][n-1] = registration.Entrant{}
	return nil
}

// AddUnits is registration.Programme; it refuses codes with a space.
func (r *Rig) AddUnits(_ context.Context, _ contest.Actor, _ contest.ID, list []registration.UnitRow) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, u := range list {
		if u.Code == "u 9" {
			return fault.New(fault.Refused, "programme.invalid", fault.At(fmt.Sprintf("/units/%d/code", i), "programme.code_wrong", u.Code))
		}
	}
	return nil
}

// AddEntries is registration.Programme; it refuses units of code u9.
func (r *Rig) AddEntries(_ context.Context, _ contest.Actor, event contest.ID, list []registration.EntryRow) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.started {
		return fault.New(fault.Refused, "programme.event_open")
	}
	for i, e := range list {
		if e.Unit == "u9" {
			return fault.New(fault.Refused, "programme.invalid", fault.At(fmt.Sprintf("/entries/%d/unit", i), "programme.unit_unknown", e.Unit))
		}
		if e.Team == "无" {
			return fault.New(fault.Refused, "programme.invalid", fault.At(fmt.Sprintf("/entries/%d/team", i), "programme.team_unknown", e.Team))
		}
	}
	for _, e := range list {
		r.entries[event] = append(r.entries[event], registration.Entrant{Name: e.Name, Unit: e.Unit})
	}
	r.added = append(r.added, list...)
	return nil
}

// Added are the rows that came from sheets, as they came.
func (r *Rig) Added() []registration.EntryRow {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.added)
}

// PutJudges is registration.Programme.
func (r *Rig) PutJudges(_ context.Context, _ contest.Actor, _ contest.ID, list []registration.JudgeRow) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.judges = list
	return nil
}

// Record is registration.Audit.
func (r *Rig) Record(_ context.Context, a contest.Actor, what, object string, detail map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.acts = append(r.acts, fmt.Sprint(a.Who(), what, object, detail))
	return nil
}

// Acts are what was audited, as text.
func (r *Rig) Acts() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.acts)
}

// Entries are an event's entries so far.
func (r *Rig) Entries(event contest.ID) []registration.Entrant {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.entries[event])
}

// Judges are the chairs as last put.
func (r *Rig) Judges() []registration.JudgeRow {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.judges)
}

// Changes are the events that were told to have changed.
func (r *Rig) Changes() []contest.ID {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.changed)
}

// account is one of number n with a grant.
func account(n byte, g contest.Grant) contest.Actor {
	return contest.Actor{Account: contest.ID{14: n, 15: 7}, Name: "某", Grants: []contest.Grant{g}}
}

// The people of the desk.
var (
	Office  = account(1, contest.Grant{Role: contest.Organiser, Contest: Town})
	Host    = account(2, contest.Grant{Role: contest.HostSecretary, Contest: Town, Event: Welder})
	Chief   = account(3, contest.Grant{Role: contest.ChiefJudge, Contest: Town, Event: Welder})
	Watcher = account(4, contest.Grant{Role: contest.Supervisor, Contest: Town})
	Other   = account(5, contest.Grant{Role: contest.HostSecretary, Contest: Town, Event: Turner})
	// Both is host and office in one.
	Both = contest.Actor{Account: contest.ID{14: 6, 15: 7}, Name: "某", Grants: []contest.Grant{
		{Role: contest.HostSecretary, Contest: Town, Event: Welder}, {Role: contest.Organiser, Contest: Town},
	}}
)

// Number is a valid ID number of an invented person, other for every n; odd ones
// are men.
func Number(n int) string {
	first := fmt.Sprintf("4201%02d199%d%02d%02d%03d", n/1000%90+1, n/100%10, n/10%10+1, n%10+10, n%1000)
	return first + string(idnumber.CheckDigit(first))
}

// Phone is a phone of an invented person.
func Phone(n int) string { return fmt.Sprintf("138%08d", 10_000_000+n) }

// Draft is an application without faults of the n-th person.
func Draft(n int) registration.Draft {
	return registration.Draft{
		Name: "梁志远", IDNumber: Number(n), Phone: Phone(n), Unit: "u1", Employment: "employee", Skill: "3", CityYears: 5, TradeYears: 4,
		Promise: true, Notice: "v1", IsSensitive: true,
	}
}

// Terms are terms without faults, open from yesterday for ten days.
func Terms() registration.Terms {
	now := time.Date(2026, 5, 18, 1, 0, 0, 0, time.UTC)
	return registration.Terms{
		OpensAt: now.Add(-24 * time.Hour), ClosesAt: now.Add(9 * 24 * time.Hour), CorrectUntil: now.Add(11 * 24 * time.Hour), IsPublic: true,
		Ladder: []registration.Rung{registration.HostRung, registration.OfficeRung}, EventsPerPerson: 1, PerUnit: 3,
		Notice: registration.Notice{Version: "v1", Text: "我们用这些信息组织比赛。"},
		Rules: []eligibility.Rule{
			{Kind: eligibility.TradeYears, Min: 2},
			{Kind: eligibility.Age, Min: 18, Max: 60, On: "2026-05-18"},
			{Kind: eligibility.NotTeacher},
			{Kind: eligibility.CityYears, Min: 3, Warns: true},
		},
	}
}
