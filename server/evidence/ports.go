package evidence

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Store is what is kept. There is no change and no removal.
type Store interface {
	// Create keeps a photo unless one of its id is kept; it gives the one that is, and
	// whether it is new.
	Create(ctx context.Context, p Photo, file []byte) (Photo, bool, error)
	// Count counts an event's photos, and those of a chair for one work and aspect.
	Count(ctx context.Context, p Photo) (event, cell int, err error)
	// List gives an event's photos in the order in which they came.
	List(ctx context.Context, event contest.ID) ([]Photo, error)
	// Find gives one with its bytes. Missing evidence.missing.
	Find(ctx context.Context, event, id contest.ID) (Photo, []byte, error)
}

// Work runs fn in one transaction that all rooms' stores join by its context.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Chairs tells what a tablet's chair marks. The app plugs judging.
type Chairs interface {
	// Seat is the chair of a paired tablet, when it marks this aspect of the work that
	// it knows by this label: Missing for any other work, and the door's own refusal
	// for who is no tablet.
	Seat(ctx context.Context, a contest.Actor, work, aspect string) (Seat, error)
}

// Seat is a chair as photos name it.
type Seat struct {
	Chair scoring.ChairID
	Judge string
}

// Events tells of which contest an event is. The app plugs the programme.
type Events interface {
	// Contest is the event's contest; Missing when there is no such event.
	Contest(ctx context.Context, event contest.ID) (contest.ID, error)
}

// Audit notes who did or tried what. The app plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}
