package evening

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Boards reads the boards of events. The app plugs judging.
type Boards interface {
	// Read shows an event's board until the reader returns, while its clerk waits.
	// Missing when there is no such event.
	Read(ctx context.Context, event contest.ID, reader func(Reading) error) error
}

// Reading is an event as it stands, while it is read.
type Reading struct {
	Event  contest.Event
	Chairs []contest.Chair
	Seq    uint64 // of the ledger's last record
	// Board may be read, and only until the reader returns.
	Board *scoring.Board
	// Label is what staff may call an entry now; "" where it has none yet.
	Label func(scoring.EntryID) string
	// Find is the entry that staff call so.
	Find func(label string) (scoring.EntryID, bool)
	// Shown says whether an aspect's module names its works by that label.
	Shown func(aspect string, entry scoring.EntryID) bool
}

// Desk is the door of this room. It is safe for concurrent use.
type Desk struct{ boards Boards }

// New makes a desk.
func New(boards Boards) *Desk { return &Desk{boards} }

var (
	// Who works for an event, and hears that something is not for him.
	staff = []contest.Role{
		contest.Administrator, contest.Organiser, contest.HostSecretary, contest.ChiefJudge, contest.Supervisor, contest.Clerk,
		contest.Spectator,
	}
	// Who sees marks before they are published.
	readers = []contest.Role{contest.Administrator, contest.Organiser, contest.ChiefJudge, contest.Supervisor}
)

var (
	errMissing = fault.New(fault.Missing, "evening.missing")
	errRole    = fault.New(fault.Forbidden, "evening.role")
)

// read shows an event to a reader of marks: Missing when the actor has nothing to do
// with it, Forbidden by role.
func (d *Desk) read(ctx context.Context, actor contest.Actor, event contest.ID, use func(Reading) error) error {
	if actor.IsPublic() || len(actor.Grants) == 0 {
		return errMissing
	}
	err := d.boards.Read(ctx, event, func(r Reading) error {
		switch {
		case !actor.Has(r.Event.Contest, r.Event.ID, staff...):
			return errMissing
		case !actor.Has(r.Event.Contest, r.Event.ID, readers...):
			return errRole
		}
		return use(r)
	})
	if err != nil && fault.Of(err).Kind == fault.Missing {
		return errMissing
	}
	return err
}
