package results

import (
	"context"
	"sync"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// MaxText is how many characters a reason may have.
const MaxText = 500

// Config is what the desk needs. Papers may be nil, where no paper is printed and
// none is asked for, Stages, where no event follows another, and Recusals, where
// nobody declares ties; nothing else may.
type Config struct {
	Store     Store
	Work      Work
	Boards    Boards
	Papers    Papers
	Tablets   Tablets
	Absentees Absentees
	Recusals  Recusals
	Names     Names
	Stages    Stages
	Audit     Audit
	// Chance fills the slice with random bytes.
	Chance func([]byte) error
	Now    func() time.Time
}

// Desk (成绩台) is the door of this room. It is safe for concurrent use.
type Desk struct {
	cfg Config

	mu    sync.Mutex             // guards known
	known map[contest.ID]digests // by event
}

// digests are those of one head of a ledger; never changed.
type digests struct {
	head   string
	sheets map[scoring.EntryID]Sum
	// moved are the entries that recusals have changed; nil until it is asked for.
	moved map[scoring.EntryID]bool
}

// New makes a desk.
func New(cfg Config) *Desk { return &Desk{cfg: cfg, known: map[contest.ID]digests{}} }

var (
	// Who sees what is missing.
	staff = []contest.Role{
		contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Supervisor, contest.Clerk,
	}
	// Who sees marks, checks sheets and sees who would win.
	readers = []contest.Role{contest.Administrator, contest.Organiser, contest.ChiefJudge, contest.Supervisor}
	// Who draws.
	heads = []contest.Role{contest.Administrator, contest.Organiser, contest.ChiefJudge}
	// Who gives public notice.
	office = []contest.Role{contest.Administrator, contest.Organiser}
)

var (
	errMissing = fault.New(fault.Missing, "results.missing")
	errRole    = fault.New(fault.Forbidden, "results.role")
)

// now is in the precision of the database, so that a time read back is equal.
func (d *Desk) now() time.Time { return d.cfg.Now().UTC().Truncate(time.Microsecond) }

// today is the day in the city.
func (d *Desk) today() time.Time { return contest.DayOf(d.cfg.Now()) }

// read shows an event's board to use when the actor has one of the roles:
// Missing when he has nothing to do with the event, Forbidden by role.
func (d *Desk) read(ctx context.Context, actor contest.Actor, event contest.ID, roles []contest.Role, use func(Reading) error) error {
	if actor.IsPublic() || len(actor.Grants) == 0 {
		return errMissing
	}
	err := d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		switch {
		case !actor.Has(r.Event.Contest, r.Event.ID, staff...):
			return errMissing
		case !actor.Has(r.Event.Contest, r.Event.ID, roles...):
			return errRole
		}
		return use(r)
	})
	if err != nil && fault.Of(err).Kind == fault.Missing {
		return errMissing
	}
	return err
}

// look is read for those who need no more than the facts, with the digests of
// all sheets.
func (d *Desk) look(ctx context.Context, actor contest.Actor, event contest.ID, roles []contest.Role) (f *facts, err error) {
	err = d.read(ctx, actor, event, roles, func(r Reading) error {
		if f, err = know(r); err == nil {
			f.sheets = d.sheets(r)
		}
		return err
	})
	if err == nil {
		err = d.compare(ctx, f)
	}
	return f, err
}

// settled are the facts of a reading, with the digests of the sheets once marking
// is over: while it runs nothing is held against them. compare is to follow.
func (d *Desk) settled(r Reading) (*facts, error) {
	f, err := know(r)
	if err == nil && f.locked {
		f.sheets = d.sheets(r)
	}
	return f, err
}

// compare adds what a recheck is held against, where marking is over. The board
// is let go.
func (d *Desk) compare(ctx context.Context, f *facts) error {
	if f.sheets == nil {
		return nil
	}
	moved, err := d.moved(ctx, f)
	if err == nil {
		f.compare(moved)
	}
	return err
}

// sheets are the digests of a board, reckoned once for each head.
func (d *Desk) sheets(r Reading) map[scoring.EntryID]Sum {
	d.mu.Lock()
	defer d.mu.Unlock()
	if k, ok := d.known[r.Event.ID]; ok && k.head == r.Head {
		return k.sheets
	}
	k := digests{head: r.Head, sheets: sheets(r.Board)}
	d.known[r.Event.ID] = k
	return k.sheets
}

// work finds an entry by what staff may call it.
func (f *facts) work(label string) (scoring.EntryID, error) {
	id, ok := f.byWord[label]
	if !ok {
		return 0, fault.New(fault.Missing, "results.no_such_work", fault.At("/work", "results.no_such_work", ""))
	}
	return id, nil
}
