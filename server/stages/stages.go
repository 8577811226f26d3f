package stages

import (
	"context"
	"slices"
	"sync"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// MaxText is how many characters a reason may have.
const MaxText = 500

// ActKind is what somebody did.
type ActKind string

// The kinds of acts.
const (
	Follow  ActKind = "follow"  // named the event before, or untied it
	Take    ActKind = "take"    // took over who goes on
	Decline ActKind = "decline" // 放弃: somebody who goes on does not want to
	Return  ActKind = "return"  // and wants to after all
)

// Act (操作) is one thing that a person did between two stages.
type Act struct {
	Event       contest.ID // the later one
	Number      int        // 1… within the event
	Kind        ActKind
	Follows     contest.ID // the event before; of Follow zero: none
	Publication uint64     // Take: the number of the publication's record
	Source      contest.ID // Decline, Return: an entry of the event before
	Reason      string
	By          contest.ID
	ByName      string
	At          time.Time
	Moves       []Move // Take
}

// MoveKind is what a taking did with an entry.
type MoveKind string

// The kinds of moves.
const (
	Joined MoveKind = "joined" // became an entry
	Found  MoveKind = "found"  // was one already, entered by hand
	Left   MoveKind = "left"   // does not go on any more
)

// Move is an entry of the event before with its entry in the later one.
type Move struct {
	Source contest.ID
	Entry  contest.ID
	Kind   MoveKind
}

// Publication is a published result as it can be told from others.
type Publication struct {
	Seq  uint64 // of the publication's record
	Read uint64 // of the ledger's last record when it was read
	At   time.Time
	List string // SHA-256 of what is published
}

// Config is what the desk needs. Changed may be nil; nothing else may.
type Config struct {
	Store     Store
	Work      Work
	Events    Events
	Programme Programme
	Persons   Persons
	Boards    Boards
	Marks     Marks
	Audit     Audit
	Now       func() time.Time
	// Changed is told of events whose entries were edited, after the commit.
	Changed func(ctx context.Context, events []contest.ID)
}

// Desk (阶段台) is the door of this room. It is safe for concurrent use.
type Desk struct {
	cfg Config

	mu     sync.Mutex // guards the rest
	public map[contest.ID]told
	known  map[contest.ID]Publication
}

// New makes a desk.
func New(cfg Config) *Desk {
	return &Desk{cfg: cfg, public: map[contest.ID]told{}, known: map[contest.ID]Publication{}}
}

var (
	// Who sees where an event stands on its way.
	staff = []contest.Role{
		contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Supervisor, contest.Clerk, contest.Spectator,
	}
	// Who sees names, and so who goes on.
	readers = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Supervisor}
	// Who arranges entries.
	takers = []contest.Role{contest.Administrator, contest.Organiser, contest.HostSecretary}
	// Who gives numbers from outside.
	givers = []contest.Role{contest.Organiser, contest.HostSecretary}
)

var (
	errMissing = fault.New(fault.Missing, "stages.missing")
	errRole    = fault.New(fault.Forbidden, "stages.role")
	errOpen    = fault.New(fault.Refused, "stages.open")
	errNone    = fault.New(fault.Refused, "stages.follows_none")
	errNotOut  = fault.New(fault.Refused, "stages.not_published")
	errChanged = fault.New(fault.Stale, "stages.changed")
)

// now is in the precision of the database, so that a time read back is equal.
func (d *Desk) now() time.Time { return d.cfg.Now().UTC().Truncate(time.Microsecond) }

// event finds an event for who has one of the roles there: Missing for who has
// nothing to do with it, Forbidden by role.
func (d *Desk) event(ctx context.Context, a contest.Actor, id contest.ID, roles []contest.Role) (Event, error) {
	e, err := d.cfg.Events.FindEvent(ctx, id)
	switch {
	case err != nil && fault.Of(err).Kind == fault.Missing, err == nil && !a.Has(e.Contest, e.ID, staff...):
		return Event{}, errMissing
	case err == nil && !a.Has(e.Contest, e.ID, roles...):
		return Event{}, errRole
	}
	return e, err
}

// may says whether the actor may read an event as a stage before: he works there,
// or everybody may.
func may(a contest.Actor, e Event) bool {
	return e.IsVisible || a.Has(e.Contest, e.ID, staff...)
}

// history is what holds of an event's acts.
type history struct {
	acts     []Act
	follows  contest.ID
	taken    map[contest.ID]Move   // by entry of the event before
	declined map[contest.ID]string // the reason, by entry of the event before
	last     *Act                  // the last taking from the event that is followed
}

func fold(acts []Act) history {
	h := history{acts: acts, taken: map[contest.ID]Move{}, declined: map[contest.ID]string{}}
	for i := range acts {
		a := &acts[i]
		switch a.Kind {
		case Follow:
			h.follows, h.last = a.Follows, nil
			clear(h.taken)
			clear(h.declined)
		case Take:
			h.last = a
			for _, m := range a.Moves {
				if m.Kind == Left {
					delete(h.taken, m.Source)
				} else {
					h.taken[m.Source] = m
				}
			}
		case Decline:
			h.declined[a.Source] = a.Reason
		case Return:
			delete(h.declined, a.Source)
		}
	}
	return h
}

// next is the next act of a person.
func (h *history) next(d *Desk, a contest.Actor, event contest.ID, kind ActKind) Act {
	return Act{
		Event: event, Number: len(h.acts) + 1, Kind: kind, Follows: h.follows, By: a.Who(), ByName: a.Name, At: d.now(), Moves: []Move{},
	}
}

func (d *Desk) history(ctx context.Context, event contest.ID) (history, error) {
	acts, err := d.cfg.Store.ListActs(ctx, event)
	return fold(acts), err
}

// isOpen says whether marking of an event was opened.
func (d *Desk) isOpen(ctx context.Context, event contest.ID) (open bool, err error) {
	err = d.cfg.Boards.Read(ctx, event, func(r Reading) error {
		open = isOpen(r)
		return nil
	})
	return open, err
}

// within says whether an id is in a list.
func within(list []contest.ID, id contest.ID) bool { return slices.Contains(list, id) }
