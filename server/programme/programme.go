package programme

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/programme/trades"
)

// Contest is a 赛事 as the office keeps it.
type Contest struct {
	contest.Contest
	Visible bool // the public may see it
	Events  int  // how many it has; read only
}

// Event is a 赛项 with what is shown of its contest beside it.
type Event struct {
	contest.Event
	Position    int
	ContestCode string
	ContestName string
	Kind        contest.Kind
	Visible     bool
	HostCode    string
	HeldUntil   time.Time // being opened until then; zero otherwise
	CreatedAt   time.Time
}

// Host is a 承办单位 of a contest.
type Host struct {
	ID      contest.ID
	Contest contest.ID
	Code    string
	Name    string
}

// SchemeVersion is one version of an event's marking scheme (评分标准版本).
// Versions are 1 and up without holes.
type SchemeVersion struct {
	Event   contest.ID
	Version uint16
	Name    string // of its file in packages
	Text    []byte // byte for byte
	Sum     [32]byte
	Reason  string
	By      contest.ID
	ByName  string
	At      time.Time
}

// Page is a part of a list. Limit 0 means 50; at most MaxPage. Q searches, by
// words that must all be found.
type Page struct {
	Q      string
	Limit  int
	Offset int
}

// MaxPage is the longest part of a list.
const MaxPage = 500

// bounded is the page within its limits.
func (p Page) bounded() Page {
	if p.Limit <= 0 {
		p.Limit = 50
	}
	p.Limit = min(p.Limit, MaxPage)
	p.Offset = max(p.Offset, 0)
	return p
}

// Scope is what a reader may see: all, or the contests and events named.
type Scope struct {
	All      bool
	Contests []contest.ID
	Events   []contest.ID
}

// ContestQuery asks for contests. A zero ID and an empty Code mean any.
type ContestQuery struct {
	Scope   Scope
	ID      contest.ID
	Code    string
	Visible bool // only visible ones
	Page    Page
}

// EventQuery asks for events, in the order of their contests' lists. A Limit of
// -1 means all.
type EventQuery struct {
	Scope   Scope
	Contest contest.ID // zero: any
	Visible bool       // only those of visible contests
	Page    Page
}

// Config is what the office needs. Counts, Draws, Stages, Changed and Trades may be nil;
// nothing else may.
type Config struct {
	Store    Store
	Work     Work
	Ledgers  Ledgers
	Openness Openness
	Audit    Audit
	Counts   Counts
	Draws    Draws  // nil: labels are drawn here alone
	Stages   Stages // nil: nothing is asked of the stage before
	Now      func() time.Time
	Trades   *trades.Catalogue // nil: an empty one
	// Changed is told of events that were made or edited, after the commit, so
	// that desks and boards show it at once; nil: nobody is told.
	Changed func(ctx context.Context, events []contest.ID)
}

// Office is the contests' office (组委会办公室): all use cases of this room. It is
// safe for concurrent use.
type Office struct {
	Config
}

// New makes the office.
func New(cfg Config) *Office { return &Office{cfg} }

// editing runs fn in one transaction and, once that is durable, tells Changed
// of the events, which are asked for afterwards: new ones have their ids then.
func (o *Office) editing(ctx context.Context, events func() []contest.ID, fn func(ctx context.Context) error) error {
	err := o.Work.Do(ctx, fn)
	if err == nil && o.Changed != nil {
		o.Changed(ctx, events())
	}
	return err
}

// only names one event.
func only(id *contest.ID) func() []contest.ID {
	return func() []contest.ID { return []contest.ID{*id} }
}

// newID is the id of a new row.
func newID() contest.ID { return contest.ID(uuid.Must(uuid.NewV7())) }
