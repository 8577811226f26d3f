package signing

import (
	"context"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/signing/form"
)

// Work runs fn in one transaction that all rooms' stores join by its context.
// It commits when fn returns nil and rolls back otherwise. fn may run again.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Documents are stored documents with their scans. There is no removal.
type Documents interface {
	// NextSerial holds the event's numbering until the transaction ends and gives
	// the number after its last document.
	NextSerial(ctx context.Context, event contest.ID) (int, error)
	// CreateDocument keeps a document and its PDF.
	CreateDocument(ctx context.Context, d Document, pdf []byte) error
	// ListDocuments gives an event's documents by serial, with their newest scans.
	ListDocuments(ctx context.Context, event contest.ID) ([]Document, error)
	// FindDocument finds one by its serial, within a transaction held until its
	// end. Missing signing.missing.
	FindDocument(ctx context.Context, event contest.ID, serial int) (Document, error)
	// VoidDocument declares one void, once.
	VoidDocument(ctx context.Context, id contest.ID, v Void) error
}

// Inks are the stored signatures. There is no removal.
type Inks interface {
	// CreateInk keeps the signature of a document, the only one. Stale
	// signing.signature_taken when its id is there already.
	CreateInk(ctx context.Context, document contest.ID, k Ink) error
	// FindSigned finds the document that a signature closed, within a transaction held
	// until its end. Missing signing.missing.
	FindSigned(ctx context.Context, signature contest.ID) (Document, error)
}

// Papers count what is stored.
type Papers interface {
	// CountPapers counts the papers of every event that has a signed result list.
	CountPapers(ctx context.Context) (map[contest.ID]Counted, error)
}

// Files are the stored bytes.
type Files interface {
	// PDF gives what was printed.
	PDF(ctx context.Context, document contest.ID) ([]byte, error)
	// CreateScan keeps a scan of a document.
	CreateScan(ctx context.Context, document contest.ID, s Scan, file []byte) error
	// ScanFile gives the bytes of a document's newest scan.
	ScanFile(ctx context.Context, document contest.ID) ([]byte, error)
}

// Store is all that is stored.
type Store interface {
	Documents
	Inks
	Papers
	Files
}

// Boards reads events. The app plugs judging.
type Boards interface {
	// Read shows an event until the reader returns, while its clerk waits. Missing
	// when there is none.
	Read(ctx context.Context, event contest.ID, reader func(Reading) error) error
	// Stamp is another one after anything that Read and Names tell may have changed;
	// it compares with ==. Missing when there is no such event.
	Stamp(ctx context.Context, event contest.ID) (any, error)
}

// Reading is an event as it stands, while it is read.
type Reading struct {
	Event   contest.Event
	Kind    contest.Kind // of the contest
	Chairs  []contest.Chair
	Before  map[scoring.ChairID]form.Before // of chairs that another judge has taken
	Entries []Entrant
	Version uint16         // of the scheme; 0: none yet
	Rules   *scoring.Rules // of that version; nil: none. The board has its own once the event is open
	Seq     uint64
	Head    string
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

// Names tells whose an entry is, and of which contest an event. It is asked for
// names and groups only about events that are not sealed. The app plugs the programme.
type Names interface {
	Names(ctx context.Context, event contest.ID) (map[scoring.EntryID]Name, error)
	// Groups are what the numbers of groups stand for: by ranking (group, county,
	// unit) and number, the name to show.
	Groups(ctx context.Context, event contest.ID) (map[string]map[int]string, error)
	// Contest is the contest's shown name.
	Contest(ctx context.Context, event contest.ID) (string, error)
}

// Name is who an entry is.
type Name struct{ Name, Unit string }

// Draws gives what of the coding desk is printed, with its permissions: Missing
// for everybody but the layer's coding judge. The app plugs blind.
type Draws interface {
	Record(ctx context.Context, a contest.Actor, event contest.ID, layer string) (DrawSheet, error)
	Labels(ctx context.Context, a contest.Actor, event contest.ID, layer string) ([]string, error)
}

// DrawSheet is the record of a draw (抽签记录) in words for paper.
type DrawSheet struct {
	Facts []Fact
	// Pairs are rows of the label that was drawn from and the one drawn; nil when
	// the reader may not know them.
	Pairs [][2]string
	From  string // heading of the first column
	To    string // of the second
	Notes []string
}

// Press makes pages of a sheet. The app plugs the printing kit.
type Press interface {
	// Print gives the PDF and how many pages it has. Refused signing.glyph with the
	// character when no font has it; Unavailable signing.no_fonts.
	Print(s Sheet, stamp Stamp) (pdf []byte, pages int, err error)
}

// Eyes read the QR code of a scan. The app plugs the reader.
type Eyes interface {
	// Codes are the texts of the QR codes that a picture shows, or the pictures in a
	// PDF; none for one without. Refused signing.file when it is not what it says it is.
	Codes(file []byte, kind string) ([]string, error)
}

// Audit notes who did or tried what. The app plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}
