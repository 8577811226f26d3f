package blind

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Work runs fn in one transaction that all rooms' stores join by its context.
// It commits when fn returns nil and rolls back otherwise. fn may run again.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// CheckIns are stored check-ins. An event of which nothing is stored has an
// open one without arrivals.
type CheckIns interface {
	FindCheckIn(ctx context.Context, event contest.ID) (CheckIn, error)
	SaveCheckIn(ctx context.Context, event contest.ID, c CheckIn) error
	ListArrivals(ctx context.Context, event contest.ID) ([]Arrival, error)
	SaveArrivals(ctx context.Context, event contest.ID, list []Arrival) error
}

// Draws are stored draws; their seeds lie sealed.
type Draws interface {
	// ListDraws gives an event's draws, oldest first, with those that are void.
	ListDraws(ctx context.Context, event contest.ID) ([]Draw, error)
	// CreateDraw answers Stale blind.already_drawn while the layer has a draw that
	// is not void.
	CreateDraw(ctx context.Context, d Draw) error
	ChangeDraw(ctx context.Context, d Draw) error
}

// Pairs are the stored pairs of draws; they lie sealed. What does not open is
// Internal blind.pair_damaged.
type Pairs interface {
	ListPairs(ctx context.Context, d Draw) ([]Pair, error)
	// SavePairs writes pairs, new or again. A label that another entry of the draw
	// holds is Stale blind.label_taken.
	SavePairs(ctx context.Context, d Draw, list []Pair) error
	// StrikePair takes an entry's pair away and keeps the strike.
	StrikePair(ctx context.Context, entry contest.ID, s Strike) error
	ListStrikes(ctx context.Context, draw contest.ID) ([]Strike, error)
}

// Steps are the stored log of unsealings, which only grows.
type Steps interface {
	AppendStep(ctx context.Context, event contest.ID, s Step) error
	ListSteps(ctx context.Context, event contest.ID) ([]Step, error)
}

// Store is all that is stored.
type Store interface {
	CheckIns
	Draws
	Pairs
	Steps
}

// Events tells of events. The app plugs programme and judging; what is not there
// is Missing.
type Events interface {
	FindEvent(ctx context.Context, id contest.ID) (Event, error)
}

// Labels are the labels that entries work with. The app plugs programme, which
// asks no permission here.
type Labels interface {
	// Entries gives an event's entries by entry number.
	Entries(ctx context.Context, event contest.ID) ([]contest.Entry, error)
	// Lock is Entries, and keeps them still until the transaction ends; Busy while
	// the event is being opened.
	Lock(ctx context.Context, event contest.ID) ([]contest.Entry, error)
	// Pool gives the labels of a layer from which n entries are drawn: all work
	// codes, or n seat numbers, in their order.
	Pool(layer Layer, n int) []string
	// Assign gives who draws in a layer the labels of it, and all entries new ordinals by
	// chance where it is the first layer; it answers the ordinals that they have.
	Assign(ctx context.Context, event contest.ID, layer Layer, labels map[contest.ID]string, first bool) (map[contest.ID]scoring.EntryID, error)
}

// Judging opens seals where marks are. The app plugs judging, which asks whether
// the event may be unsealed now and writes the record.
type Judging interface {
	Unseal(ctx context.Context, a contest.Actor, event contest.ID, u Unsealing) error
}

// Seconds verifies the second person of a two-person act. The app plugs
// identity.
type Seconds interface {
	Second(ctx context.Context, user, password string) (contest.Actor, error)
}

// Audit notes who did what to which object, in the same transaction. The app
// plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}
