package recusal

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/contest"
)

// Ties are stored declarations; they lie sealed. What does not open is Internal
// blind.pair_damaged.
type Ties interface {
	// ListTies gives the newest version of each of an event's ties, oldest first.
	ListTies(ctx context.Context, event contest.ID) ([]Tie, error)
	// AppendTie writes a version; one that is there is Stale blind.tie_changed.
	AppendTie(ctx context.Context, t Tie) error
	// ListHomes gives what is known of where judges work.
	ListHomes(ctx context.Context, event contest.ID) ([]Home, error)
	// SaveHome notes it for a chair; the zero unit: it is not known.
	SaveHome(ctx context.Context, h Home) error
}

// Decisions are stored decisions, which only grow.
type Decisions interface {
	// ListDecisions gives an event's decisions in their order.
	ListDecisions(ctx context.Context, event contest.ID) ([]Decision, error)
	// AppendDecision writes one; a number that is there is Stale blind.tie_changed.
	AppendDecision(ctx context.Context, d Decision) error
}

// Store is all that is stored.
type Store interface {
	Ties
	Decisions
}

// Entries are an event's entries. The app plugs programme, which asks no
// permission here.
type Entries interface {
	// Entries gives them by entry number.
	Entries(ctx context.Context, event contest.ID) ([]contest.Entry, error)
	// Lock is Entries, and keeps them and the event's draws still until the
	// transaction ends.
	Lock(ctx context.Context, event contest.ID) ([]contest.Entry, error)
}

// Chairs are an event's chairs. The app plugs programme.
type Chairs interface {
	// Chairs gives them by number and asks no permission.
	Chairs(ctx context.Context, event contest.ID) ([]contest.Chair, error)
	// Reseat puts another judge into a chair, where the actor may.
	Reseat(ctx context.Context, a contest.Actor, event contest.ID, chair scoring.ChairID, judge string) error
}

// Draws tells whether labels are being drawn. The app plugs the coding desk.
type Draws interface {
	Drawn(ctx context.Context, event contest.ID) (seats, codes bool, err error)
}

// Judging is where marks are. The app plugs judging.
type Judging interface {
	// Standings says how pairs are on the event's board, in their order, and
	// whether its result is official.
	Standings(ctx context.Context, event contest.ID, pairs []Pair) (list []Standing, official bool, err error)
	// Settle has the records written that the event owes; those that the ledger
	// refuses are left.
	Settle(ctx context.Context, event contest.ID) error
}

// Seconds verifies the second person of a two-person act. The app plugs
// identity.
type Seconds interface {
	Second(ctx context.Context, user, password string) (contest.Actor, error)
}

// Config is what the desk needs; nothing may be nil.
type Config struct {
	Store   Store
	Work    blind.Work
	Events  blind.Events
	Entries Entries
	Chairs  Chairs
	Draws   Draws
	Judging Judging
	Seconds Seconds
	Audit   blind.Audit
	Now     func() time.Time
}
