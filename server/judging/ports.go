package judging

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/lineup"
	"jiangtai/server/judging/outbox"
)

// Events tells what the desk must know of events. The app plugs programme.
type Events interface {
	// Setup is the event as it stands. Missing when there is none.
	Setup(ctx context.Context, event contest.ID) (*Setup, error)
	// List gives the events of a contest in its order; all events for the zero
	// id.
	List(ctx context.Context, contest contest.ID) ([]Ref, error)
	// Hold keeps scheme, chairs and entries as they are until the opening that
	// has begun is written; it lapses by itself.
	Hold(ctx context.Context, event contest.ID) error
	// Release ends what Hold began, when the opening was refused.
	Release(ctx context.Context, event contest.ID) error
	// Reseat says who sits in a chair now. It was asked and recorded before.
	Reseat(ctx context.Context, event contest.ID, chair scoring.ChairID, judge string) error
}

// Ref names an event with its ledger.
type Ref struct {
	Event, Contest, Ledger contest.ID
}

// What a setup is and what is owed, package lineup says.
type (
	// Setup is an event as the desk needs it.
	Setup = lineup.Setup
	// Entrant is an entry by its labels.
	Entrant = lineup.Entrant
	// Owed is one record that should be in a ledger.
	Owed = lineup.Owed
)

// Gates ask other rooms whether an act may be done now (关口): whether the draws
// stand before an opening, the sheets are signed before an unsealing, and so on.
// The app plugs a list of them.
type Gates interface {
	// Before is asked for open, lock, unseal and publish, when the actor and the
	// second person may do it and before anything is written; not for an act that
	// is written already. An error refuses the act and is the caller's answer. It
	// may take its time and may read the desk, but must not act on it.
	Before(ctx context.Context, actor contest.Actor, s *Setup, act ActKind) error
}

// Owing tells the records that other rooms owe to an event's ledger once nothing of
// it is sealed (后续记录): recusals that were decided before the unsealing, and the
// like. The app plugs a list of them.
type Owing interface {
	// Owed gives all that the ledger should hold, as things stand, in order, whether
	// it holds it or not: the same each time. It is asked after an opening, an
	// unsealing and a refresh, at the start and before a publication, of events that
	// are open and neither sealed nor official. It may read the desk.
	Owed(ctx context.Context, s *Setup) ([]Owed, error)
}

// Keying tells how paper is keyed (录分方式). The app plugs keying.
type Keying interface {
	// IsTwice says whether marks of an event's chairs are keyed by two clerks: then they come through EnterKeyed only.
	IsTwice(ctx context.Context, e contest.Event) (bool, error)
}

// Notes stores what lies beside a ledger.
type Notes interface {
	// Texts gives the remarks of marks, of all marks when the list is nil; those
	// without are absent.
	Texts(ctx context.Context, ledger contest.ID, marks []scoring.ID) (map[scoring.ID]string, error)
	// Refuse notes device numbers that refused marks have filled.
	Refuse(ctx context.Context, ledger contest.ID, list []Refusal) error
	// Refusals gives them all.
	Refusals(ctx context.Context, ledger contest.ID) ([]Refusal, error)
}

// Follower is told what has become so, after it is durable, in order, one call
// at a time per event, from the event's clerk. It must not keep the board: it
// may read it only during the call, in which the clerk's lock is held: it must
// not call the desk.
type Follower interface {
	// Opened says that the event's board stands, after a start or after history
	// has changed (epoch).
	Opened(setup *Setup, epoch uint64, b *scoring.Board)
	// Applied says that one record was applied, and when it was written.
	Applied(event contest.ID, at time.Time, c *scoring.Change, b *scoring.Board)
}

// Seconds verifies the second person of a two-person act. The app plugs
// identity.
type Seconds interface {
	Second(ctx context.Context, user, password string) (contest.Actor, error)
}

// Tablets tells which tablets belong to an event's chairs, also those that were
// replaced. The app plugs identity.
type Tablets interface {
	Tablets(ctx context.Context, event contest.ID) ([]Tablet, error)
	// Retire takes a chair's tablet out of use, if it has one: what it still holds is
	// handed over and does not count.
	Retire(ctx context.Context, actor contest.Actor, event contest.ID, chair scoring.ChairID) error
}

// Tablet (平板) is a device that was paired to a chair.
type Tablet = outbox.Tablet

// Audit notes who did or tried what. The app plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}
