package signing

import (
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Kind is what a paper is.
type Kind string

// The kinds of papers.
const (
	BlankSheet   Kind = "blank_sheet"   // 空白评分表, of a chair
	MarkSheet    Kind = "mark_sheet"    // 评分表, of a chair
	PanelSummary Kind = "panel_summary" // 裁判组汇总表
	ResultList   Kind = "result_list"   // 成绩单
	DrawRecord   Kind = "draw_record"   // 抽签记录
	Labels       Kind = "labels"        // 标签
)

// Kinds are all kinds, in the order of a day.
func Kinds() []Kind {
	return []Kind{DrawRecord, Labels, BlankSheet, MarkSheet, PanelSummary, ResultList}
}

// IsSigned says whether persons sign papers of the kind and a scan of it is wanted.
func (k Kind) IsSigned() bool {
	return k == MarkSheet || k == PanelSummary || k == ResultList || k == DrawRecord
}

// Of is what a paper of a kind is about: a chair, a panel or a layer of the draw;
// the rest is zero.
type Of struct {
	Kind  Kind
	Chair scoring.ChairID // mark and blank sheets
	Panel string          // summaries; of mark sheets the chair's, filled in
	Layer string          // draw records and labels: seat or code
}

// Document (单据) is a paper that was printed.
type Document struct {
	ID      contest.ID
	Event   contest.ID
	Serial  int    // 1 and up within the event, without holes
	Number  string // shown: the event's code, the year, the serial
	Of      Of
	Seq     uint64 // the ledger's last record at printing
	Head    string // its chain hash
	Content Sum    // digest of what it says
	Names   bool   // it holds names of contestants
	Pages   int
	At      time.Time
	By      contest.ID
	ByName  string
	Void    *Void // declared void by a person
	Scan    *Scan // the newest; nil: none
	// Ink is the signature that was written on a screen; nil on one printed for the hand.
	Ink *Ink
}

// IsClosed says that somebody has signed it, on paper or on a screen.
func (doc Document) IsClosed() bool { return doc.Scan != nil || doc.Ink != nil }

// SignedAt is when its scan came, or when it was signed on a screen; zero: not signed.
func (doc Document) SignedAt() time.Time {
	switch {
	case doc.Scan != nil:
		return doc.Scan.At
	case doc.Ink != nil:
		return doc.Ink.At
	}
	return time.Time{}
}

// Ink (手写签名) is a signature written on a screen: of a chair on its tablet, or of an
// account on the console. What it closes was made for it and holds its strokes.
type Ink struct {
	ID       contest.ID // made by the client: the same signature twice is one
	At       time.Time
	By       contest.ID // the account, or the tablet
	ByName   string
	Chair    scoring.ChairID // 0: an account
	Shown    Sum             // digest of what the signer was shown
	Strokes  string          // package strokes; kept, and not read again with the document
	ClientAt time.Time       // by the tablet's clock; shown, never relied on; zero: not told
}

// Void (作废) is a person's word that a document does not count.
type Void struct {
	At     time.Time
	By     contest.ID
	ByName string
	Reason string
}

// Scan (扫描件) is a signed paper that came back.
type Scan struct {
	ID     contest.ID
	At     time.Time
	By     contest.ID
	ByName string
	Type   string // application/pdf, image/jpeg or image/png
	Size   int
	Sum    Sum
	IsRead bool // its QR code was read and names the document
}

// Sum is a SHA-256.
type Sum [32]byte

// State is how far a step is.
type State string

// The states of a step.
const (
	Missing State = "missing" // not printed
	Printed State = "printed" // and no scan of it is in
	Signed  State = "signed"
	Voided  State = "void" // what it says has changed, or a person said so
)

// Step (签名步骤) is one paper that an event needs, as it stands.
type Step struct {
	Of       Of
	State    State
	Reason   Reason    // why it is void
	Document *Document // the newest one; nil while it is missing
}

// Reason is why a step is void.
type Reason string

// The reasons.
const (
	ContentChanged Reason = "content" // a mark, a status or a name changed after it was printed
	BelowChanged   Reason = "below"   // a sheet below it is not signed any more
	ByPerson       Reason = "person"  // somebody declared it void
)

// newID is the id of a new row.
func newID() contest.ID { return contest.ID(uuid.Must(uuid.NewV7())) }
