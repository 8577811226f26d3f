package programme

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// staff are the roles that read what is in a contest or event.
var staff = []contest.Role{
	contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge,
	contest.Supervisor, contest.Clerk, contest.CodingJudge, contest.Spectator,
}

func forbidden() error { return fault.New(fault.Forbidden, "programme.forbidden") }

// isAdministrator is asked where nothing to grant for exists yet.
func isAdministrator(a contest.Actor) bool {
	return a.Has(contest.ID{}, contest.ID{}, contest.Administrator)
}

// mayOrganise says that the contest is the actor's to arrange.
func mayOrganise(a contest.Actor, id contest.ID) bool {
	return a.Has(id, contest.ID{}, contest.Administrator, contest.Organiser)
}

// scopeOf is what the actor may see in lists.
func scopeOf(a contest.Actor) Scope {
	s := Scope{Contests: []contest.ID{}, Events: []contest.ID{}}
	for _, g := range a.Grants {
		switch {
		case g.Event != (contest.ID{}):
			s.Events = append(s.Events, g.Event)
		case g.Contest != (contest.ID{}):
			s.Contests = append(s.Contests, g.Contest)
		case g.Role == contest.Administrator:
			s.All = true
		}
	}
	return s
}

// contestFor finds a contest that the actor may see, if only through one event.
func (o *Office) contestFor(ctx context.Context, a contest.Actor, id contest.ID) (Contest, error) {
	if id.IsZero() {
		// To the query a zero id is "any": the first contest would be found.
		return Contest{}, fault.New(fault.Missing, "programme.contest_missing")
	}
	list, _, err := o.Store.ListContests(ctx, ContestQuery{Scope: scopeOf(a), ID: id, Page: Page{Limit: 1}})
	if err != nil {
		return Contest{}, err
	}
	if len(list) == 0 {
		return Contest{}, fault.New(fault.Missing, "programme.contest_missing")
	}
	return list[0], nil
}

// contestToEdit is contestFor, and Forbidden where the actor may only look.
func (o *Office) contestToEdit(ctx context.Context, a contest.Actor, id contest.ID) (Contest, error) {
	c, err := o.contestFor(ctx, a, id)
	if err == nil && !mayOrganise(a, id) {
		err = forbidden()
	}
	return c, err
}

// eventFor finds an event that the actor may see as staff.
func (o *Office) eventFor(ctx context.Context, a contest.Actor, id contest.ID) (Event, error) {
	e, err := o.Store.FindEvent(ctx, id)
	if err != nil {
		return Event{}, err
	}
	if !a.Has(e.Contest, e.ID, staff...) {
		return Event{}, fault.New(fault.Missing, "programme.event_missing")
	}
	return e, nil
}

// eventToEdit locks an event for a change by one of the roles, inside a
// transaction. What the actor may not see is Missing, what it may not change
// Forbidden, and an event that is just being opened Busy.
func (o *Office) eventToEdit(ctx context.Context, a contest.Actor, id contest.ID, roles ...contest.Role) (Event, Openings, error) {
	if _, err := o.eventFor(ctx, a, id); err != nil {
		return Event{}, Openings{}, err
	}
	e, err := o.Store.LockEvent(ctx, id)
	if err != nil {
		return Event{}, Openings{}, err
	}
	if !a.Has(e.Contest, e.ID, roles...) {
		return Event{}, Openings{}, forbidden()
	}
	state, err := o.Openness.Openness(ctx, e.Ledger)
	if err != nil {
		return Event{}, Openings{}, err
	}
	if !state.Open && o.Now().Before(e.HeldUntil) {
		f := fault.New(fault.Busy, "programme.event_opening")
		f.RetryAfter = int(holding.Seconds())
		return Event{}, Openings{}, f
	}
	return e, state, nil
}

// settled is the refusal of a change that an open ledger or, before that, a draw
// forbids.
func settled(state Openings, fields ...fault.Field) error {
	if state.Open {
		return eventOpen(fields...)
	}
	return fault.New(fault.Refused, "programme.drawn", fields...)
}

// eventOpen is the refusal of a change that an open ledger forbids.
func eventOpen(fields ...fault.Field) error {
	return fault.New(fault.Refused, "programme.event_open", fields...)
}
