package calls

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// About is what a call is about.
type About string

// What calls are about.
const (
	Help    About = "help"    // 请到场
	Device  About = "device"  // 平板或设备故障
	Dispute About = "dispute" // 评判有争议
	Label   About = "label"   // 标签或编号不对
)

// Call (呼叫) is a judge's call as it stands.
type Call struct {
	ID       contest.ID
	Event    contest.ID
	Chair    scoring.ChairID
	Device   contest.ID
	About    About
	Work     string // the label that the judge knows; empty: of no work
	WorkBy   string // open, seat or coded; empty without a work
	Words    string
	ClientAt time.Time // by the tablet's clock
	At       time.Time // when it came in
	Said     []Said    // in order
}

// Said (答复) is an answer to a call, or its end.
type Said struct {
	Number int // 1 and up
	Closes bool
	Words  string
	By     contest.ID
	ByName string
	At     time.Time
}

// IsClosed says whether the call is over.
func (c *Call) IsClosed() bool { return len(c.Said) > 0 && c.Said[len(c.Said)-1].Closes }

// The bounds of what a call holds.
const (
	MaxWords = 300 // characters of a text
	MaxOpen  = 10  // calls of a chair that are not over
)

// Work runs fn in one transaction that the store joins by its context.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Store keeps calls. There is no change and no removal.
type Store interface {
	// CreateCall keeps a call; an id that is there is Stale calls.known.
	CreateCall(ctx context.Context, c Call) error
	// FindCall finds one; within Work it is held until the end. Missing calls.missing.
	FindCall(ctx context.Context, id contest.ID) (Call, error)
	// ListCalls gives an event's calls with what was said, the newest first, at most
	// limit; all chairs for chair 0.
	ListCalls(ctx context.Context, event contest.ID, chair scoring.ChairID, limit int) ([]Call, error)
	// Say adds to a call; a number that is there is Stale calls.changed.
	Say(ctx context.Context, call contest.ID, s Said) error
}

// Events tells what this room must know of events. The app plugs judging.
type Events interface {
	// Event is the event with its chairs. Missing when there is none.
	Event(ctx context.Context, event contest.ID) (Event, error)
	// Label says by which kind of label a chair knows a work; "" when it marks none
	// that is called so.
	Label(ctx context.Context, event contest.ID, chair scoring.ChairID, work string) (string, error)
}

// Event is an event as this room must know it.
type Event struct {
	contest.Event
	Chairs []contest.Chair
	// ShownBy is the kind of label by which staff know works now.
	ShownBy string
}

// Audit notes who did what. The app plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}

var (
	errMissing = fault.New(fault.Missing, "calls.missing")
	errRole    = fault.New(fault.Forbidden, "calls.role")
)
