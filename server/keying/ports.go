package keying

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Work runs fn in one transaction that all rooms' stores join by its context. fn may run again.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Sheets are the event's sheets as they stand. They ask for no permission, but for Enter. The app plugs judging.
type Sheets interface {
	// Event tells what the event is and which sheets it has. Missing keying.missing.
	Event(ctx context.Context, event contest.ID) (Event, error)
	// Sheet is one of them, its works in the order of the paper. Missing keying.missing.
	Sheet(ctx context.Context, event contest.ID, of Of) (Sheet, error)
	// Enter gives marks for a score clerk and answers each in its place. The error is for all of them.
	Enter(ctx context.Context, clerk contest.Actor, event contest.ID, marks []Giving) ([]Answer, error)
}

// Event is an event as this room needs it.
type Event struct {
	contest.Event
	Phase   scoring.Phase
	Sealed  bool
	Sealing string // the strongest identity of its modules
	Sheets  []Choice
}

// Choice is a sheet that an event has.
type Choice struct {
	Of
	Panel    string // its name
	Seat     int
	Judge    string
	Code     string // of the module
	Name     string
	NameEn   string
	Identity string
}

// Sheet is a grid of works and aspects with the marks that stand.
type Sheet struct {
	Identity string
	Version  uint16
	Phase    scoring.Phase
	IsTablet bool // a tablet marks as this chair now
	Columns  []Column
	Rows     []Row
}

// Column is an aspect in one attempt.
type Column struct {
	Title   string
	Attempt uint8
	Pad     scoring.Pad
	// Read brings what was typed into the form in which marks are compared; a code and a hint when it cannot be one.
	Read func(text string) (value, code, hint string)
}

// Row is a work.
type Row struct {
	Work  string
	IsOff bool // not marked: absent, withdrawn, disqualified
	Cells []Standing
}

// Standing is the mark that stands in a cell, of the round that is being marked.
type Standing struct {
	IsClosed bool // the work is not marked there
	Round    uint8
	Value    // Empty: none
	MarkID   scoring.ID
	ByTablet bool
}

// Giving is a mark on its way.
type Giving struct {
	MarkID     scoring.ID
	Kind       scoring.Kind
	Chair      scoring.ChairID
	At         At
	Value      string
	Version    uint16
	Supersedes scoring.ID
	Reason     string
}

// Answer is what became of it: the number of its record, or why not.
type Answer struct {
	Seq  uint64
	Code string
	Hint string
}

// Papers are the event's printed forms. They ask for no permission. The app plugs signing.
type Papers interface {
	// Paper finds a document by the text of its code. Refused keying.other_document when it is none of the event's.
	Paper(ctx context.Context, event contest.ID, code string) (Paper, error)
}

// Paper is a printed form.
type Paper struct {
	ID     contest.ID
	Number string
	Chair  scoring.ChairID
	IsVoid bool
	PDF    []byte
	// Cell reads a name of its plan; Round is 0.
	Cell func(name string) (At, bool)
}

// Eyes find a form in a photograph. The app plugs package cells.
type Eyes interface {
	// Look finds the form's code. Refused or TooLarge with a code of this room when it cannot.
	Look(ctx context.Context, file []byte) (Shot, error)
}

// Shot is a photograph in which a code was found.
type Shot interface {
	Code() string
	Page() int
	// Cells cuts the page by what its PDF says. Refused.
	Cells(pdf []byte) (map[string][]byte, error)
}

// Seconds verifies a second person. The app plugs identity.
type Seconds interface {
	Second(ctx context.Context, user, password string) (contest.Actor, error)
}

// Audit notes who did or tried what. The app plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}

// Ways are how events are keyed.
type Ways interface {
	// FindWay is what an event has said; Undecided: nothing.
	FindWay(ctx context.Context, event contest.ID) (Way, error)
	// PutWay says it.
	PutWay(ctx context.Context, event contest.ID, way Way, by contest.ID, at time.Time) error
}

// Passes are who keys what, and what they have keyed.
type Passes interface {
	// CreatePass takes a place. Stale keying.taken when somebody was first, or when the clerk has the other place.
	CreatePass(ctx context.Context, p Pass) error
	// ListPasses gives an event's passes by place.
	ListPasses(ctx context.Context, event contest.ID) ([]Pass, error)
	// RemovePass gives a place free, with what was keyed. Stale keying.closed when some of it is closed.
	RemovePass(ctx context.Context, id contest.ID) error
	// PutKeyed keeps cells of a pass in place of what they held. Stale keying.closed when one is closed.
	PutKeyed(ctx context.Context, pass contest.ID, list []Keyed) error
	// ClosePass closes all cells of a pass.
	ClosePass(ctx context.Context, pass contest.ID, at time.Time) error
}

// Findings are what was keyed and decided.
type Findings interface {
	// ListKeyed gives the cells of passes.
	ListKeyed(ctx context.Context, passes []contest.ID) ([]Keyed, error)
	// CreateDecision keeps a decision. There is no removal.
	CreateDecision(ctx context.Context, d Decision) error
	// ListDecisions gives an event's decisions in their order.
	ListDecisions(ctx context.Context, event contest.ID) ([]Decision, error)
}

// Pictures are cut cells.
type Pictures interface {
	// PutPhoto keeps a photograph's cells in place of older ones of the same cells.
	PutPhoto(ctx context.Context, p Photo, cells []Picture) error
	// FindPicture finds a cell's picture. Missing keying.no_picture.
	FindPicture(ctx context.Context, event contest.ID, chair scoring.ChairID, at At) ([]byte, error)
	// ListPictures names the cells that have one; round and bytes are empty.
	ListPictures(ctx context.Context, event contest.ID, chair scoring.ChairID) ([]Picture, error)
	// CountPictures counts them by chair.
	CountPictures(ctx context.Context, event contest.ID) (map[scoring.ChairID]int, error)
}

// Store is all that is stored.
type Store interface {
	Ways
	Passes
	Findings
	Pictures
}
