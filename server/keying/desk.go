package keying

import (
	"context"
	"slices"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Config is what the desk needs; all of it.
type Config struct {
	Store   Store
	Work    Work
	Sheets  Sheets
	Papers  Papers
	Eyes    Eyes
	Seconds Seconds
	Audit   Audit
	Now     func() time.Time
}

// Desk (双录台) is the door of this room. It is safe for concurrent use.
type Desk struct{ cfg Config }

// New makes a desk.
func New(cfg Config) *Desk { return &Desk{cfg} }

var (
	// Who keys.
	clerks = []contest.Role{contest.Clerk}
	// Who sees marks of others, and so what differs.
	readers = []contest.Role{contest.Administrator, contest.Organiser, contest.ChiefJudge, contest.Supervisor}
	// Who comes in at all.
	staff = append(slices.Clone(readers), contest.Clerk, contest.HostSecretary)
	// Who brings photographs.
	bringers = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Clerk}
	// Who says how often an event is keyed, and frees a place.
	heads = []contest.Role{contest.Administrator, contest.Organiser, contest.ChiefJudge}
	// Who may stand beside a clerk that decides.
	seconds = []contest.Role{contest.Organiser, contest.ChiefJudge, contest.Supervisor, contest.Clerk}
)

var (
	errMissing = fault.New(fault.Missing, "keying.missing")
	errRole    = fault.New(fault.Forbidden, "keying.role")
)

// now is in the precision of the database.
func (d *Desk) now() time.Time { return d.cfg.Now().UTC().Truncate(time.Microsecond) }

// enter finds an event for somebody with one of the roles: Missing when he has nothing to do with it, Forbidden by role.
func (d *Desk) enter(ctx context.Context, a contest.Actor, event contest.ID, roles []contest.Role) (Event, error) {
	if a.IsPublic() || len(a.Grants) == 0 {
		return Event{}, errMissing
	}
	e, err := d.cfg.Sheets.Event(ctx, event)
	switch {
	case err != nil:
		return e, err
	case !a.Has(e.Contest, event, staff...):
		return e, errMissing
	case !a.Has(e.Contest, event, roles...):
		return e, errRole
	}
	return e, nil
}

// hides says whether a sheet is not for somebody: while works are sealed, who sees marks by work code must not see any
// by another label, or he could join the two.
func (e *Event) hides(a contest.Actor, identity string) bool {
	return e.Sealed && identity != e.Sealing && a.Has(e.Contest, e.ID, readers...)
}

// choice finds a sheet of the event that the actor may see.
func (e *Event) choice(a contest.Actor, of Of) (Choice, error) {
	i := slices.IndexFunc(e.Sheets, func(c Choice) bool { return c.Of == of })
	switch {
	case i < 0:
		return Choice{}, errMissing
	case e.hides(a, e.Sheets[i].Identity):
		return Choice{}, fault.New(fault.Forbidden, "keying.sealed")
	}
	return e.Sheets[i], nil
}

// IsTwice says whether an event's chairs are keyed twice. It asks for no permission: it is for judging's door.
func (d *Desk) IsTwice(ctx context.Context, e contest.Event) (bool, error) {
	way, err := d.cfg.Store.FindWay(ctx, e.ID)
	return wayOf(way, e.Depth) == Twice, err
}

func wayOf(said Way, depth contest.Depth) Way {
	switch {
	case said != Undecided:
		return said
	case depth == contest.Paper:
		return Twice
	}
	return Once
}

// SetWay says how the event's paper is keyed.
func (d *Desk) SetWay(ctx context.Context, a contest.Actor, event contest.ID, way Way) error {
	if _, err := d.enter(ctx, a, event, heads); err != nil {
		return err
	}
	if way != Once && way != Twice {
		return fault.New(fault.Malformed, "keying.way", fault.At("/way", "keying.way", ""))
	}
	return d.cfg.Work.Do(ctx, func(ctx context.Context) error {
		if err := d.cfg.Store.PutWay(ctx, event, way, a.Who(), d.now()); err != nil {
			return err
		}
		return d.cfg.Audit.Record(ctx, a, "keying.way", "event/"+event.String(), map[string]string{"way": string(way)})
	})
}
