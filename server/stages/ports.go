package stages

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Work runs fn in one transaction that all rooms' stores join by its context.
// It commits when fn returns nil and rolls back otherwise. fn may run again.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Store keeps what persons have done. There is no change and no removal.
type Store interface {
	// ListActs gives an event's acts in their order, with their moves.
	ListActs(ctx context.Context, event contest.ID) ([]Act, error)
	// AppendAct writes one; a number that is there is Stale stages.changed.
	AppendAct(ctx context.Context, a Act) error
	// ListLinks tells of every event that follows one which. Within Work nobody
	// else acts until its end.
	ListLinks(ctx context.Context) (map[contest.ID]contest.ID, error)
}

// Events tells of events. It asks for no permission. The app plugs the programme.
type Events interface {
	// FindEvent finds one; Missing otherwise.
	FindEvent(ctx context.Context, id contest.ID) (Event, error)
	// ListEvents gives all, in their contests' order.
	ListEvents(ctx context.Context) ([]Event, error)
	ListEntries(ctx context.Context, event contest.ID) ([]contest.Entry, error)
	ListUnits(ctx context.Context, contest contest.ID) ([]contest.Unit, error)
}

// Event is an event as this room must know it.
type Event struct {
	contest.Event
	ContestName string
	IsVisible   bool // the public may see it
}

// Programme does what the actor may do there, within the room's transaction. The
// app plugs it.
type Programme interface {
	// Enter takes entries away and adds others with the first numbers that are
	// free, and answers their ids in the order of the list. What was drawn or
	// opened meanwhile is the programme's refusal.
	Enter(ctx context.Context, a contest.Actor, event contest.ID, joins []Entrant, leaves []contest.ID) ([]contest.ID, error)
	// CreateUnit makes a unit in a contest.
	CreateUnit(ctx context.Context, a contest.Actor, contest contest.ID, u contest.Unit) error
}

// Entrant is who becomes an entry: as he was entered in the stage before, and the
// code of his unit in this contest.
type Entrant struct {
	As   contest.Entry
	Unit string
}

// Persons tells who stands behind entries. The app plugs registration.
type Persons interface {
	// Persons gives a key by entry, the same for one person in all events; entries
	// of whom nothing is known are not in it.
	Persons(ctx context.Context, event contest.ID) (map[contest.ID]string, error)
}

// Boards reads the boards of events. The app plugs judging.
type Boards interface {
	// Read shows an event's board until the reader returns, while its clerk
	// waits. Missing when there is no such event.
	Read(ctx context.Context, event contest.ID, reader func(Reading) error) error
	// Publication is the event's published result; false when it has none now.
	Publication(ctx context.Context, event contest.ID) (Publication, bool, error)
}

// Reading is an event as it stands, while it is read.
type Reading struct {
	Event contest.Event
	// Rules are those in force, or before the opening those of the newest scheme;
	// nil without one.
	Rules   *scoring.Rules
	Version uint16
	Numbers map[scoring.EntryID]string // entry numbers
	Seq     uint64                     // of the ledger's last record
	Board   *scoring.Board             // may be read, and only until the reader returns
}

// Marks gives marks of the office. The app plugs judging.
type Marks interface {
	// Give enters all marks that pick makes of the event as it stands, in one
	// commit, or none: when one of them is refused, or for a preview, nothing is
	// written. It answers the refusals in their places. Missing or Forbidden by who
	// asks: numbers from outside are the host's and the organiser's to give. pick
	// may be called more than once and must not call the desk.
	Give(ctx context.Context, a contest.Actor, event contest.ID, b Batch) ([]*fault.Error, error)
}

// Batch is marks that are given together.
type Batch struct {
	Pick      func(Reading) ([]Mark, error)
	Sheet     string // what is given, for the audit
	Sum       string // of what it is given from
	IsPreview bool
}

// Mark is a number from outside for one cell.
type Mark struct {
	ID         scoring.ID
	Entry      scoring.EntryID
	Aspect     string
	Value      string
	Version    uint16
	Supersedes scoring.ID
	Reason     string
}

// Audit notes who did or tried what. The app plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}
