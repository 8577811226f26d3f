package programme

import (
	"context"
	"time"

	"jiangtai/server/contest"
)

// Work runs fn in one transaction that all rooms' stores join by its context.
// It commits when fn returns nil and rolls back otherwise.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Contests are stored contests. Finds answer Missing programme.contest_missing.
type Contests interface {
	// ListContests gives those that the scope covers, newest first, and how many
	// there are without the page.
	ListContests(ctx context.Context, q ContestQuery) ([]Contest, int, error)
	// LockContest finds one and holds its row until the transaction ends.
	LockContest(ctx context.Context, id contest.ID) (Contest, error)
	// CreateContest answers Stale programme.contest_exists for a code in use.
	CreateContest(ctx context.Context, c Contest) error
	ChangeContest(ctx context.Context, c Contest) error
}

// Events are stored events. Finds answer Missing programme.event_missing.
type Events interface {
	FindEvent(ctx context.Context, id contest.ID) (Event, error)
	// LockEvent finds one and holds its row until the transaction ends.
	LockEvent(ctx context.Context, id contest.ID) (Event, error)
	ListEvents(ctx context.Context, q EventQuery) ([]Event, int, error)
	// CreateEvents appends them to their contest's list in their order. A code in
	// use is Stale programme.event_exists. The contest's row must be held.
	CreateEvents(ctx context.Context, list []Event) error
	ChangeEvent(ctx context.Context, e Event) error
}

// Parties are the stored units and hosts of a contest, by code. A code in use is
// Stale programme.unit_exists or programme.host_exists.
type Parties interface {
	ListUnits(ctx context.Context, contest contest.ID, p Page) ([]contest.Unit, int, error)
	CreateUnits(ctx context.Context, contest contest.ID, list []contest.Unit) error
	ListHosts(ctx context.Context, contest contest.ID) ([]Host, error)
	CreateHosts(ctx context.Context, list []Host) error
}

// Schemes are the stored scheme versions. There is no change and no removal.
type Schemes interface {
	// ListSchemes gives all versions of the events, by event and version.
	ListSchemes(ctx context.Context, events ...contest.ID) ([]SchemeVersion, error)
	AppendSchemes(ctx context.Context, list []SchemeVersion) error
}

// Places are the stored chairs and entries of events. Lists come by number, and
// by entry number in its natural order.
type Places interface {
	ListChairs(ctx context.Context, events ...contest.ID) ([]contest.Chair, error)
	// SaveChairs makes the event's chairs these: rows are changed in place by
	// number, others go.
	SaveChairs(ctx context.Context, event contest.ID, list []contest.Chair) error
	ListEntries(ctx context.Context, events ...contest.ID) ([]contest.Entry, error)
	// SaveEntries makes the event's entries these: rows are changed in place by
	// id, others go.
	SaveEntries(ctx context.Context, event contest.ID, list []contest.Entry) error
	// Insert adds chairs and entries of many new events at once.
	Insert(ctx context.Context, chairs []contest.Chair, entries []contest.Entry) error
}

// Groups are the stored numbers of what entries belong to, and who moved which
// entry while marking ran.
type Groups interface {
	ListGroups(ctx context.Context, event contest.ID) ([]Numbering, error)
	// AddGroups adds numbers; those that are there stay. The event's row must be
	// held.
	AddGroups(ctx context.Context, event contest.ID, list []Numbering) error
	// ListMoves gives the last move of each entry of the event.
	ListMoves(ctx context.Context, event contest.ID) ([]Move, error)
	SaveMoves(ctx context.Context, list []Move) error
}

// Store is all that the room keeps.
type Store interface {
	Contests
	Events
	Parties
	Schemes
	Places
	Groups
}

// Ledgers makes the ledger of a new event, in the same transaction. The app
// plugs judging.
type Ledgers interface {
	Create(ctx context.Context, ledger contest.ID) error
}

// Openness tells how far the ledger of an event is. The app plugs judging.
type Openness interface {
	Openness(ctx context.Context, ledger contest.ID) (Openings, error)
}

// Openings is how far a ledger is: whether marking was opened, whether names may
// be joined to marks, whether the result is published.
type Openings struct {
	Open     bool
	Unsealed bool
	Official bool
}

// Draws tells of the coding desk. The app plugs blind.
type Draws interface {
	// IsDrawn says that a draw of the event's seats or codes has begun and is not
	// void: its entries and labels are the coding desk's from then on.
	IsDrawn(ctx context.Context, event contest.ID) (bool, error)
}

// Audit notes who did what to which object, in the same transaction. The app
// plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}

// Counts tells how the events stand, for lists. Events that are not known to it
// are not in the answer. The app plugs live.
type Counts interface {
	Counts(ctx context.Context, events []contest.ID) (map[contest.ID]Count, error)
}

// Count is how an event stands, as the public may know it.
type Count struct {
	Phase     string
	State     string // the word of the result: 进行中, 暂列, 已复核 …; empty where nobody says it
	Frozen    bool
	Release   string
	Entries   int
	Done      int
	Need      int
	UpdatedAt time.Time // zero when nothing has happened
}
