package report

import (
	"jiangtai/scoring/record"
	"jiangtai/scoring/rules"
)

// Audience is who a view is for. It is chosen before anything is encoded: no
// public frame ever held a jury field.
type Audience uint8

// The audiences.
const (
	Public    Audience = iota // everyone, by release policy and identity
	Jury                      // panel members: who is in; values only when complete
	Chief                     // 裁判长: all by code
	DeskCount                 // organisers' desk: counts only
	Audiences                 // how many there are
)

// Phase is the state of an event's result in one word.
type Phase string

// The phases; later subjects add rechecked, notice and final between and after.
const (
	Waiting     Phase = "waiting"     // 未开始
	Running     Phase = "running"     // 进行中
	Provisional Phase = "provisional" // 暂列
	Official    Phase = "official"    // 正式
)

// Standings is what one audience may see of a board, ready to be joined with
// names and encoded. Strings are rounded as the scheme says; nothing is left to
// compute.
type Standings struct {
	N       uint64 // raised by the fold when this audience's view changes
	Phase   Phase
	Frozen  bool
	Sealed  bool           // some seat or coded module is still sealed
	Release record.Release // what holds for this audience now, after sealing and freezing
	Entries int            // competing or with another status
	Done    int            // required marks that are in
	Need    int            // required marks in all
	Columns []rules.Column
	// Rankings are the groupings that rows have a rank in beside the whole one,
	// of record.GroupWords in the order to show; none where ranks are not shown.
	Rankings []string
	Rows     []Row // in the order to show, persons first, then teams; empty where Release shows none
}

// Row is one entry of a view, as it now is.
type Row struct {
	Entry  record.EntryID
	Team   bool   // the row is a team's; Pos and Rank are among teams then, else among persons
	Pos    int    // 1 and up: the order to show
	Rank   int    // 0: not ranked (incomplete, or by status)
	Total  string // "" where it may not be shown or is not complete
	Points string // 已得分 so far; only under the provisional rule "points"
	Parts  []string
	Done   int // required marks in
	Need   int
	Status record.Status
	Of     record.EntryID // a member's team; 0 none
	In     []Within       // by Standings.Rankings; nil where that is
}

// Within is where a row stands in one of its groups (组内名次): ranked by the same
// order and ties as in the whole list, among the rows of that group.
type Within struct {
	Group int // 0: it belongs to none
	Rank  int // 0: not ranked
}

// CellMark is the current mark of a cell.
type CellMark struct {
	Entry   record.EntryID
	Aspect  string
	Attempt uint8
	Round   uint8
	Chair   record.ChairID // who gave it
	MarkID  record.ID
	Value   string
	Kind    record.Kind // Mark, NotPerformed or Absent
	Seq     uint64
}

// ChairProgress is how far a chair is (评分进度).
type ChairProgress struct {
	Chair record.ChairID
	Panel string
	Done  int // required marks in
	Need  int
}

// MissingMark is a required mark that is not in.
type MissingMark struct {
	Aspect  string
	Code    string
	Attempt uint8
	Round   uint8
	Chair   record.ChairID // 0 when any chair of the panel may give it
	Short   bool           // all are in, but the policy needs more marks than there are
}

// PanelView is what the chairs of a panel may see of each other on one aspect:
// who is in, and the values only when the round is complete.
type PanelView struct {
	Round    uint8
	Complete bool   // every chair is in
	Repeated bool   // an earlier round's spread was too wide
	Value    string // the panel's value, "" until it is settled
	Chairs   []ChairIn
}

// ChairIn is one chair's part of a PanelView.
type ChairIn struct {
	Chair record.ChairID
	In    bool
	Kind  record.Kind // NoKind until the round is complete
	Value string      // "" until the round is complete
}

// Sitting is that another judge took a chair (换裁判): from record Seq on the chair's
// marks are his.
type Sitting struct {
	Seq  uint64
	At   int64     // server clock, unix nanoseconds
	Mark record.ID // of that record: who he is stands beside it
}

// OpenSpread is a panel whose marks lie further apart than the scheme allows
// (分差预警): it is to discuss, and to mark again once all of it have marked.
type OpenSpread struct {
	Entry   record.EntryID
	Aspect  string
	Attempt uint8
	Round   uint8 // the round that is too wide
	Low     string
	High    string
	Allowed string
	Again   bool // the round is complete: the next one is open
}
