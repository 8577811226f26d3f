package readiness

import (
	"context"

	"jiangtai/server/contest"
)

// Store keeps the newest report of each tablet.
type Store interface {
	// Put keeps a report in place of the tablet's earlier one.
	Put(ctx context.Context, r Report) error
	// List gives the reports of an event's tablets, of whatever age.
	List(ctx context.Context, event contest.ID) ([]Report, error)
}

// Work runs fn in one transaction that all rooms' stores join by its context.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Events tells of events and their chairs. The app plugs the programme.
type Events interface {
	// FindEvent finds one; Missing otherwise.
	FindEvent(ctx context.Context, id contest.ID) (contest.Event, error)
	// ListChairs gives an event's chairs by number.
	ListChairs(ctx context.Context, event contest.ID) ([]contest.Chair, error)
}

// Tablets tells which tablets hold chairs. The app plugs identity.
type Tablets interface {
	// Holding gives those that are not frozen, at most one a chair.
	Holding(ctx context.Context, event contest.ID) ([]Tablet, error)
}
