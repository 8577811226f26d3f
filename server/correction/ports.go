package correction

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Work runs fn in one transaction that the store joins by its context.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Store keeps reports. There is no change and no removal.
type Store interface {
	// CreateReport keeps a report; an id that is there is Stale correction.known.
	CreateReport(ctx context.Context, r Report) error
	// FindReport finds one by its id; false when there is none.
	FindReport(ctx context.Context, id contest.ID) (Report, bool, error)
	// ListReports gives an event's reports in their order.
	ListReports(ctx context.Context, event contest.ID) ([]Report, error)
}

// Report (更正报告) is a correction as it was signed.
type Report struct {
	ID       contest.ID
	Event    contest.ID
	Seq      uint64 // of the ledger that was shown
	Entry    scoring.EntryID
	Chair    scoring.ChairID // 0: a number from outside
	Aspect   string
	Attempt  int
	Round    int
	OldKind  string // mark, not_performed, absent; empty: there was none
	OldValue string
	NewKind  string
	NewValue string
	Reason   string
	By       contest.ID
	ByName   string
	Second   contest.ID
	SecondBy string
	At       time.Time
	Counted  scoring.ID // the record that made it count
	Shown    []byte     // the preview, as JSON
}

// Boards reads and writes ledgers. The app plugs judging; none of it asks for
// permission.
type Boards interface {
	// Read shows an event until the reader returns, while its clerk waits. Missing
	// when there is no such event.
	Read(ctx context.Context, event contest.ID, reader func(Reading) error) error
	// Replay gives all records of the ledger in order.
	Replay(ctx context.Context, event contest.ID, each func(scoring.Record) error) error
	// Write has the clerk write what compose makes of the event as it stands, in one
	// turn and in order; ids that the ledger knows are answered again.
	Write(ctx context.Context, event contest.ID, compose func(Reading) ([]Noted, error)) error
	// Refused is an engine's refusal in the program's words.
	Refused(no *scoring.Refusal) error
}

// Noted is a command with the text whose hash it carries.
type Noted struct {
	Command scoring.Command
	Text    string
}

// Reading is an event as it stands, while it is read.
type Reading struct {
	Event  contest.Event
	Kind   contest.Kind // of the contest
	Chairs []contest.Chair
	Rules  scoring.RuleSet
	Seq    uint64
	Board  *scoring.Board // may be read, and only until the reader returns
	Knows  func(mark scoring.ID) bool
	// Label is what staff may call an entry now.
	Label func(scoring.EntryID) string
	// Find is the entry that staff call so.
	Find func(label string) (scoring.EntryID, bool)
	// Shown says whether an aspect's module names its works by that label.
	Shown func(aspect string, entry scoring.EntryID) bool
	// Mixed says that modules name their works differently and labels are sealed: no
	// total may be told then.
	Mixed bool
}

// Papers tells what is signed. The app plugs signing.
type Papers interface {
	// Falls are the papers that stand now and would be void on another board.
	Falls(ctx context.Context, event contest.ID, board *scoring.Board) ([]Paper, error)
}

// Paper is a document that would become void.
type Paper struct {
	Kind   string          `json:"kind"` // mark_sheet, panel_summary, result_list
	Chair  scoring.ChairID `json:"chair,omitempty"`
	Panel  string          `json:"panel,omitempty"`
	Number string          `json:"number"`
	State  string          `json:"state"` // printed, signed
}

// Rechecks tells what a recheck would have to look at again. The app plugs results.
type Rechecks interface {
	// Reopens are the looks that are done now, or not asked for, and would be open on
	// another board.
	Reopens(ctx context.Context, event contest.ID, board *scoring.Board) ([]Look, error)
}

// Look (复核项) is a sheet that a recheck would ask for.
type Look struct {
	Entry scoring.EntryID `json:"-"`
	Work  string          `json:"work"`  // set by the desk
	Why   string          `json:"why"`   // as the recheck says it
	Again bool            `json:"again"` // it was looked at, and that look would not hold
}

// Built tells what other rooms have built on results of an event. The app plugs
// honours and stages.
type Built interface {
	// On is what rests on the event's newest publication and on one of the entries;
	// asked only of events that are not sealed.
	On(ctx context.Context, event contest.ID, entries []scoring.EntryID) ([]Rest, error)
}

// Rest (所依) is something that rests on a result.
type Rest struct {
	Kind  string `json:"kind"` // honour, stage
	Work  string `json:"work,omitempty"`
	Name  string `json:"name"`
	State string `json:"state"`
}

// Seconds verifies the second person. The app plugs identity.
type Seconds interface {
	Second(ctx context.Context, user, password string) (contest.Actor, error)
}

// Audit notes who did or tried what. The app plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}
