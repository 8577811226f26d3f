package keying

import (
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Way says how an event's paper is keyed (录分方式).
type Way string

// The ways. Undecided is once where tablets mark, and twice on paper.
const (
	Undecided Way = ""
	Once      Way = "single" // 单录
	Twice     Way = "double" // 双录
)

// Of names a sheet: what a chair marks in a module.
type Of struct {
	Chair     scoring.ChairID
	Criterion string
}

// At names a cell of a sheet.
type At struct {
	Work    string
	Aspect  string
	Attempt uint8
	Round   uint8
}

// Kind is what a cell of the paper holds.
type Kind string

// What a cell may hold. Settled is of decisions only: the paper differs from the tablet and was looked at.
const (
	Mark         Kind = "mark"
	NotPerformed Kind = "not_performed"
	Empty        Kind = "empty"
	Settled      Kind = "settled"
)

// Value is what somebody has read in a cell; Text is a mark's.
type Value struct {
	Kind Kind
	Text string
}

// Keyed (录入) is a cell as one clerk has keyed it. A closed one is never changed.
type Keyed struct {
	At
	Value
	Pass     contest.ID
	KeyedAt  time.Time
	IsClosed bool
}

// Pass (一遍) is one clerk's keying of a sheet: the first or the second.
type Pass struct {
	ID     contest.ID
	Event  contest.ID
	Of     Of
	Place  int // 1 or 2
	By     contest.ID
	ByName string
	At     time.Time
}

// Decision (裁定) is what a third look has found in a cell.
type Decision struct {
	ID    contest.ID
	Event contest.ID
	Of    Of
	At    At
	Value
	Beside     string // of Settled: what the tablet said then
	Reason     string
	By         contest.ID
	ByName     string
	Second     contest.ID // zero: nobody beside him
	SecondName string
	When       time.Time
}

// Picture (切图) is a cut cell of a photograph. Attempt 0 shows all attempts.
type Picture struct {
	Work    string
	Aspect  string
	Attempt uint8
	JPEG    []byte
}

// Photo (照片) is a page that was photographed.
type Photo struct {
	ID       contest.ID
	Event    contest.ID
	Document contest.ID
	Number   string
	Chair    scoring.ChairID
	Page     int
	Sum      [32]byte
	By       contest.ID
	ByName   string
	At       time.Time
}

func newID() contest.ID { return contest.ID(uuid.Must(uuid.NewV7())) }
