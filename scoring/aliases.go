package scoring

import (
	"jiangtai/scoring/door"
	"jiangtai/scoring/pad"
	"jiangtai/scoring/record"
	"jiangtai/scoring/report"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/session"
	"jiangtai/scoring/working"
)

// The compiled scheme and what it tells: see package rules.
type (
	// Rules is a compiled scheme (规则).
	Rules = rules.Rules
	// Panel is a 裁判组 of a scheme.
	Panel = rules.Panel
	// Sheet is what one chair marks for one entry in one module (评分表).
	Sheet = rules.Sheet
	// SheetPart is a sub-criterion on a sheet.
	SheetPart = rules.SheetPart
	// CriterionInfo names a module.
	CriterionInfo = rules.CriterionInfo
	// Pad is one aspect as a tablet needs it.
	Pad = pad.Pad
)

// RuleSet is the rules by scheme version; records name theirs.
type RuleSet map[uint16]*Rules

// Compile checks a scheme and prepares it. The error is scheme.Faults: all
// that is wrong, with places. The scheme must not be changed afterwards.
func Compile(s *scheme.Scheme) (*Rules, error) { return rules.Compile(s) }

// Why a command does not become a record: see package door.
type (
	// Class says what the caller can do about a refusal.
	Class = door.Class
	// Refusal says why a command does not become a record.
	Refusal = door.Refusal
	// Draft is a command that may become a record.
	Draft = door.Draft
)

// The classes of refusals.
const (
	Malformed = door.Malformed
	Rule      = door.Rule
	Stale     = door.Stale
	NotFound  = door.NotFound
	NotOpen   = door.NotOpen
)

// What a board tells: see package report.
type (
	// Audience is who a view is for.
	Audience = report.Audience
	// Phase is the state of an event's result in one word.
	Phase = report.Phase
	// Standings is what one audience may see of a board.
	Standings = report.Standings
	// Row is one entry of a view.
	Row = report.Row
	// Within is where a row stands in one of its groups.
	Within = report.Within
	// Change says what one record changed, per audience.
	Change = report.Change
	// CellMark is the current mark of a cell.
	CellMark = report.CellMark
	// ChairProgress is how far a chair is (评分进度).
	ChairProgress = report.ChairProgress
	// MissingMark is a required mark that is not in.
	MissingMark = report.MissingMark
	// PanelView is what the chairs of a panel may see of each other.
	PanelView = report.PanelView
	// Sitting is that another judge took a chair.
	Sitting = report.Sitting
	// OpenSpread is a panel whose marks lie too far apart (分差预警).
	OpenSpread = report.OpenSpread
)

// The audiences and phases.
const (
	Public    = report.Public
	Jury      = report.Jury
	Chief     = report.Chief
	DeskCount = report.DeskCount
	Audiences = report.Audiences

	Waiting     = report.Waiting
	Running     = report.Running
	Provisional = report.Provisional
	Official    = report.Official
)

// Why an entry has its total: see package working.

// Working is an entry's derivation (算分过程).
type Working = working.Entry

// Session is the clock of one entry in one module (场次): see package session.
type Session = session.Session

// What a ledger holds: see package record.
type (
	// ID is 16 bytes written as a UUID. The zero ID means none.
	ID = record.ID
	// EntryID is an entry's ordinal in its event (参赛), 1 and up; 0 means none.
	EntryID = record.EntryID
	// ChairID is a chair's number in its event (裁判席), 1 and up; 0 means none.
	ChairID = record.ChairID
	// Kind is the kind of a command and of the record it becomes.
	Kind = record.Kind
	// Command is what somebody wants to become a record.
	Command = record.Command
	// Record is one line of a ledger.
	Record = record.Record
	// Status is an entry's status (参赛状态).
	Status = record.Status
	// Flags say what an entry takes part in.
	Flags = record.Flags
	// Release says what the public may see while an event runs (发布策略).
	Release = record.Release
	// Groups are the numbers of what an entry belongs to (归属).
	Groups = record.Groups
)

// The words of records' values.
const (
	Competing    = record.Competing
	DidNotStart  = record.DidNotStart
	DidNotFinish = record.DidNotFinish
	Disqualified = record.Disqualified
	Withdrawn    = record.Withdrawn
	OutOfContest = record.OutOfContest

	Ranked   = record.Ranked
	Team     = record.Team
	AllFlags = record.AllFlags
	OfTeam   = record.OfTeam

	Live     = record.Live
	Progress = record.Progress
	Nothing  = record.Nothing
)

// ParseFlags reads what Flags.String writes, in any order; false for anything
// else.
func ParseFlags(s string) (Flags, bool) { return record.ParseFlags(s) }

// The kinds of record.
const (
	NoKind       = record.NoKind
	Mark         = record.Mark
	NotPerformed = record.NotPerformed
	Withdraw     = record.Withdraw
	Finish       = record.Finish
	Late         = record.Late
	Count        = record.Count
	Absent       = record.Absent
	Adopt        = record.Adopt
	Seat         = record.Seat
	Admit        = record.Admit
	SetState     = record.SetState
	Open         = record.Open
	Freeze       = record.Freeze
	Unfreeze     = record.Unfreeze
	Lock         = record.Lock
	Reopen       = record.Reopen
	Unseal       = record.Unseal
	Publish      = record.Publish
	SetRule      = record.SetRule
	Decide       = record.Decide
	Belong       = record.Belong
	Recuse       = record.Recuse
	Clock        = record.Clock
	Sit          = record.Sit
)

// ParseID reads the 8-4-4-4-12 form of an ID, either case.
func ParseID(s string) (ID, error) { return record.ParseID(s) }

// AppendRecord appends the one binary form of r: the body that a ledger's hash
// covers. Equal records have equal bytes.
func AppendRecord(b []byte, r Record) []byte { return record.Append(b, r) }

// ParseRecord reads what AppendRecord wrote and nothing else.
func ParseRecord(body []byte) (Record, error) { return record.Parse(body) }
