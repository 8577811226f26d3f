package registration

import (
	"context"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Config is what the desk needs. Changed may be nil; nothing else may.
type Config struct {
	Store     Store
	Work      Work
	Events    Events
	Programme Programme
	Audit     Audit
	Now       func() time.Time
	// Changed is told of events whose entries changed, after the commit.
	Changed func(ctx context.Context, events []contest.ID)
}

// Desk is the registration desk (报名处): all use cases of this room. It is safe
// for concurrent use.
type Desk struct {
	Config
	lookups *throttle
	forms   *throttle
}

// New makes the desk.
func New(cfg Config) *Desk {
	return &Desk{Config: cfg, lookups: newThrottle(time.Minute, lookupBurst), forms: newThrottle(formEvery, formBurst)}
}

// now is in the precision of the database, so that a time read back is equal.
func (d *Desk) now() time.Time { return d.Now().UTC().Truncate(time.Microsecond) }

// today is the day in the city.
func (d *Desk) today() time.Time { return contest.DayOf(d.Now()) }

func forbidden() error { return fault.New(fault.Forbidden, "registration.forbidden") }

// The roles that see applications: those who must not know names are not among
// them, chief judges and clerks.
var (
	readers = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary, contest.Supervisor}
	writers = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary}
)

// eventFor finds an event whose applications the actor may see.
func (d *Desk) eventFor(ctx context.Context, a contest.Actor, id contest.ID) (Event, error) {
	e, err := d.Events.FindEvent(ctx, id)
	if err != nil && fault.Of(err).Kind != fault.Missing {
		return Event{}, err
	}
	if err != nil || !a.Has(e.Contest, e.ID, readers...) {
		return Event{}, fault.New(fault.Missing, "registration.event_missing")
	}
	return e, nil
}

// eventToWrite is eventFor, and Forbidden for those who may only look.
func (d *Desk) eventToWrite(ctx context.Context, a contest.Actor, id contest.ID) (Event, error) {
	e, err := d.eventFor(ctx, a, id)
	if err == nil && !a.Has(e.Contest, e.ID, writers...) {
		err = forbidden()
	}
	return e, err
}

// contestFor answers for the office of a contest only.
func (d *Desk) contestFor(ctx context.Context, a contest.Actor, id contest.ID) error {
	err := d.Events.FindContest(ctx, id)
	if err != nil && fault.Of(err).Kind != fault.Missing {
		return err
	}
	if err != nil || !a.Has(id, contest.ID{}, contest.Administrator, contest.Organiser) {
		return fault.New(fault.Missing, "registration.contest_missing")
	}
	return nil
}
