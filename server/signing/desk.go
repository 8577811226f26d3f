package signing

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Config is what the desk needs; all of it.
type Config struct {
	Store  Store
	Work   Work
	Boards Boards
	Names  Names
	Draws  Draws
	Press  Press
	Eyes   Eyes
	Audit  Audit
	Now    func() time.Time
}

// Desk (签名台) is the door of this room. It is safe for concurrent use.
type Desk struct {
	cfg   Config
	lists watch
}

// New makes a desk.
func New(cfg Config) *Desk { return &Desk{cfg: cfg} }

var (
	// Who sees which papers there are.
	staff = []contest.Role{
		contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Supervisor, contest.Clerk,
	}
	// Who prints and takes scans in.
	printers = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Clerk}
	// Who may read marks while marking runs.
	readers = []contest.Role{contest.Administrator, contest.Organiser, contest.ChiefJudge, contest.Supervisor}
	// Who declares a document void.
	heads = []contest.Role{contest.Administrator, contest.Organiser, contest.ChiefJudge}
)

var (
	errMissing = fault.New(fault.Missing, "signing.missing")
	errRole    = fault.New(fault.Forbidden, "signing.role")
)

// now is in the precision of the database, so that a time read back is equal.
func (d *Desk) now() time.Time { return d.cfg.Now().UTC().Truncate(time.Microsecond) }

// read shows an event to use when the actor has one of the roles: Missing when he
// has nothing to do with the event, Forbidden by role.
func (d *Desk) read(ctx context.Context, actor contest.Actor, event contest.ID, roles []contest.Role, use func(Reading) error) error {
	if actor.IsPublic() || len(actor.Grants) == 0 {
		return errMissing
	}
	there := false
	err := d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		there = true
		switch of := r.Event.Contest; {
		case !actor.Has(of, event, staff...) && !actor.Has(of, event, contest.CodingJudge):
			return errMissing
		case !actor.Has(of, event, roles...):
			return errRole
		}
		return use(r)
	})
	if err != nil && !there && fault.Of(err).Kind == fault.Missing {
		return errMissing
	}
	return err
}

// sealed says whether nobody may know yet whose the works are: also before the
// ledger opens, when the draws may stand already.
func (r Reading) sealed() bool { return r.Board.Rules() == nil || r.Board.Sealed() }

// mayRead says whether the actor may see marks now: who judges the whole at any
// time, who prints once marking is over.
func mayRead(a contest.Actor, r Reading) bool {
	if a.Has(r.Event.Contest, r.Event.ID, readers...) {
		return true
	}
	phase := r.Board.Phase()
	over := phase == scoring.Provisional || phase == scoring.Official
	return over && a.Has(r.Event.Contest, r.Event.ID, printers...)
}

// composing is what is needed beside a reading to say what stands on papers.
type composing struct {
	contest string
	names   map[scoring.EntryID]Name
	groups  map[string]map[int]string
}

// beside asks for it before the board is read: the clerk must not wait for the
// database. Names are dropped again while the event is sealed.
func (d *Desk) beside(ctx context.Context, event contest.ID) (composing, error) {
	sealed := true
	if err := d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		sealed = r.sealed()
		return nil
	}); err != nil {
		return composing{}, err
	}
	name, err := d.cfg.Names.Contest(ctx, event)
	if err != nil || sealed {
		return composing{contest: name}, err
	}
	names, err := d.cfg.Names.Names(ctx, event)
	if err != nil {
		return composing{}, err
	}
	groups, err := d.cfg.Names.Groups(ctx, event)
	return composing{contest: name, names: names, groups: groups}, err
}

func (b composing) of(r Reading) *compose {
	c := &compose{r: r, contest: b.contest, names: b.names, groups: b.groups}
	if r.sealed() {
		c.names, c.groups = nil, nil
	}
	return c
}
