package results

import "jiangtai/scoring"

// LineKind is what a line of the list says.
type LineKind string

// The kinds of lines, in the order of the way.
const (
	LineOpen       LineKind = "not_open"        // marking was not opened
	LineMarks      LineKind = "marks"           // a chair owes marks
	LineNoMarks    LineKind = "no_marks"        // works without any mark
	LineCarried    LineKind = "carried"         // 承前: numbers of the stage before are not in
	LineShort      LineKind = "short"           // all are in, and too few for the policy
	LineSpread     LineKind = "spread"          // 分差: a panel does not agree
	LineLate       LineKind = "late"            // late marks wait for a decision
	LineCarriedOld LineKind = "carried_old"     // carried numbers are not as they are published now
	LineUnsent     LineKind = "unsent"          // a tablet has marks that we have not
	LineSilent     LineKind = "silent"          // a tablet has not been heard of
	LineAbsent     LineKind = "absent"          // did not come, and competes on the board
	LineTie        LineKind = "tie"             // a tie at a cut waits for a decision
	LineLock       LineKind = "lock"            // not locked
	LineSheet      LineKind = "mark_sheet"      // a chair's sheet is not signed
	LineSummary    LineKind = "panel_summary"   // a panel's summary is not signed
	LineDraw       LineKind = "recheck_draw"    // no recheck was drawn
	LineCheck      LineKind = "recheck_left"    // sheets are to be looked at
	LineWrong      LineKind = "recheck_wrong"   // sheets were found wrong and are not corrected
	LineRecused    LineKind = "recheck_recused" // sheets that a recusal has changed are to be looked at again
	LineRecusal    LineKind = "recusal"         // a tied judge\'s marks are neither left out nor decided of
	LineUnseal     LineKind = "unseal"          // labels and names are apart
	LineList       LineKind = "result_list"     // the signed list is not in
	LinePublish    LineKind = "publish"         // not published
	LineNotice     LineKind = "notice"          // no notice was given
	LineNoticeOld  LineKind = "notice_void"     // the notice is of another list
)

// Opens says which act or page a line opens.
type Opens string

// What lines open. Open, lock, unseal and publish are judging's acts of that
// name.
const (
	OpensOpen    Opens = "open"
	OpensAbsent  Opens = "absent" // the chair gives no mark for a cell
	OpensStatus  Opens = "status" // the entry did not start, or did not finish
	OpensPanel   Opens = "panel"  // the panel's marks, or the working
	OpensLate    Opens = "late"
	OpensDevices Opens = "devices"
	OpensBlind   Opens = "blind" // check-in and the coding desk
	OpensRecusal Opens = "recusal"
	OpensDecide  Opens = "decide"
	OpensLock    Opens = "lock"
	OpensPapers  Opens = "papers" // print, sign, scan
	OpensRecheck Opens = "recheck"
	OpensUnseal  Opens = "unseal"
	OpensPublish Opens = "publish"
	OpensNotice  Opens = "notice"
	OpensStages  Opens = "stages" // what is carried over
)

// Line (还差什么的一行) is one thing that is missing.
type Line struct {
	Kind    LineKind        `json:"kind"`
	Opens   Opens           `json:"opens"`
	Stops   string          `json:"stops"` // the act that is refused meanwhile: unseal, publish; empty: none is
	Count   int             `json:"count"`
	Chair   scoring.ChairID `json:"chair,omitempty"`
	Seat    int             `json:"seat,omitempty"`
	Judge   string          `json:"judge,omitempty"`
	Panel   string          `json:"panel,omitempty"`
	Works   []Owed          `json:"works"`
	Spread  *SpreadView     `json:"spread,omitempty"`
	Paper   *PaperView      `json:"paper,omitempty"`
	Prize   string          `json:"prize,omitempty"` // tie: the name of the prize; empty: of going on
	PrizeEn string          `json:"prize_en,omitempty"`
	Places  int             `json:"places,omitempty"` // tie: how many of the works there is room for
	Silent  int             `json:"minutes,omitempty"`
	Stage   string          `json:"stage,omitempty"` // carried: what they wait for: none, unpublished, ready, by_hand
}

// Owed is one work of a line.
type Owed struct {
	Work string `json:"work"` // as staff may call it; empty: its module's label is another one and stays hidden
	// Label is what the judges of its module call it: what the act wants.
	Label string     `json:"label,omitempty"`
	Count int        `json:"count,omitempty"`
	Cells []CellView `json:"cells,omitempty"` // where the line owes few
}

// CellView is one mark that is missing.
type CellView struct {
	Aspect  string `json:"aspect"`
	Code    string `json:"code"`
	Name    string `json:"name"`
	NameEn  string `json:"name_en,omitempty"`
	Attempt int    `json:"attempt"`
	Round   int    `json:"round"`
}

// SpreadView is a panel that does not agree. Its values are for those who may see
// marks.
type SpreadView struct {
	CellView
	Low     string `json:"low,omitempty"`
	High    string `json:"high,omitempty"`
	Allowed string `json:"allowed"`
	Again   bool   `json:"again"` // the next round is open
}

// PaperView is a paper that is not signed.
type PaperView struct {
	State  PaperState `json:"state"`
	Number string     `json:"number,omitempty"`
	Reason string     `json:"reason,omitempty"`
}
