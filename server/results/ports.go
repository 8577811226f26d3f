package results

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Work runs fn in one transaction that all rooms' stores join by its context.
// It commits when fn returns nil and rolls back otherwise. fn may run again.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Store keeps what persons have done. There is no change and no removal.
type Store interface {
	// NewestRecheck is an event's last draw with its findings in their order;
	// false when there is none. Within Work it holds the event until the end.
	NewestRecheck(ctx context.Context, event contest.ID) (Recheck, bool, error)
	// AppendRecheck writes a draw; a number that is there is Stale
	// results.recheck_drawn.
	AppendRecheck(ctx context.Context, r Recheck) error
	// AppendFinding writes a finding of a recheck; a number that is there is
	// Stale results.changed.
	AppendFinding(ctx context.Context, event contest.ID, recheck int, f Finding) error
	// NewestNotice is an event's last notice; false when there is none.
	NewestNotice(ctx context.Context, event contest.ID) (Notice, bool, error)
	// AppendNotice writes one; a number that is there is Stale results.changed.
	AppendNotice(ctx context.Context, n Notice) error
}

// Boards reads the boards of events. The app plugs judging.
type Boards interface {
	// Read shows an event's board until the reader returns, while its clerk
	// waits. Missing when there is no such event.
	Read(ctx context.Context, event contest.ID, reader func(Reading) error) error
	// Unrecused are the totals of an event's entries as they would be had nobody
	// been recused.
	Unrecused(ctx context.Context, event contest.ID) (map[scoring.EntryID]string, error)
}

// Reading is an event as it stands, while it is read.
type Reading struct {
	Event   contest.Event
	Kind    contest.Kind // of the contest
	Chairs  []contest.Chair
	Entries []Entrant
	Seq     uint64    // of the ledger's last record
	Head    string    // its chain hash
	At      time.Time // when it was written; zero: there is none
	// Board may be read, and only until the reader returns.
	Board *scoring.Board
}

// Entrant is an entry by its labels; what has not been drawn is empty.
type Entrant struct {
	Ordinal  scoring.EntryID
	EntryNo  string
	SeatNo   string
	WorkCode string
	IsTeam   bool
}

// Papers tells which sheets are signed. The app plugs signing.
type Papers interface {
	// Papers are an event's documents that its persons sign: each chair's mark
	// sheet, each panel's summary, the result list. Those that an event does not
	// have are not among them.
	Papers(ctx context.Context, event contest.ID) ([]Paper, error)
}

// PaperKind is what a paper is.
type PaperKind string

// The kinds of papers that are signed.
const (
	MarkSheet    PaperKind = "mark_sheet"    // 评分表, of a chair
	PanelSummary PaperKind = "panel_summary" // 裁判组汇总表
	ResultList   PaperKind = "result_list"   // 成绩单
)

// PaperState is how far it is.
type PaperState string

// The states of a paper.
const (
	PaperMissing PaperState = "missing" // not printed
	PaperPrinted PaperState = "printed" // and no scan of it, signed, is in
	PaperSigned  PaperState = "signed"
	PaperVoid    PaperState = "void" // what it says has changed since
)

// Paper (签名件) is a sheet that persons sign, as it stands.
type Paper struct {
	Kind   PaperKind
	Chair  scoring.ChairID // of a mark sheet
	Panel  string          // of a mark sheet or a panel's summary
	State  PaperState
	Number string // of the document; empty while it is missing
	Reason string // why it is void, in a word that pages know
}

// Tablets tells of an event's tablets. The app plugs judging with identity.
type Tablets interface {
	// Tablets are those in front of the event's chairs, and replaced ones that
	// still have something.
	Tablets(ctx context.Context, event contest.ID) ([]Tablet, error)
}

// Tablet (平板) is a device and what is known of its outbox.
type Tablet struct {
	Chair    scoring.ChairID
	Unsent   int // marks that it has and we have not, as far as known
	SeenAt   time.Time
	Replaced bool // another one sits in front of the chair
}

// Absentees tells who did not come. The app plugs the coding desk.
type Absentees interface {
	// Absentees are the entries that check-in has down as absent.
	Absentees(ctx context.Context, event contest.ID) ([]scoring.EntryID, error)
}

// Recusals tells what is left to do of judges' ties. The app plugs the coding desk.
type Recusals interface {
	// Unsettled counts the chairs and entries whose recusal is neither written nor
	// decided otherwise; 0 while the event is sealed.
	Unsettled(ctx context.Context, event contest.ID) (int, error)
}

// Names joins names to entries. It is asked only about events that are not
// sealed. The app plugs the programme.
type Names interface {
	Names(ctx context.Context, event contest.ID) (map[scoring.EntryID]Name, error)
	// Groups are what the numbers of groups stand for: by ranking (group, county,
	// unit) and number, the name to show.
	Groups(ctx context.Context, event contest.ID) (map[string]map[int]string, error)
}

// Name is who an entry is.
type Name struct{ Name, Unit string }

// Audit notes who did or tried what. The app plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}
