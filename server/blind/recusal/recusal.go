package recusal

import (
	"time"

	"jiangtai/scoring"
	"jiangtai/server/blind"
	"jiangtai/server/contest"
)

// Kind is what ties a judge (回避情形).
type Kind string

// The kinds. The first two are to a unit, the others to a person.
const (
	Unit       Kind = "unit"        // 现工作单位
	FormerUnit Kind = "former_unit" // 曾工作单位
	Relative   Kind = "relative"    // 亲属
	Mentor     Kind = "mentor"      // 师徒
	Other      Kind = "other"       // 其他利害关系
)

// IsOfUnit says that the kind ties to a unit.
func (k Kind) IsOfUnit() bool { return k == Unit || k == FormerUnit }

// Source is whose word a declaration is (申报来源).
type Source string

// The sources.
const (
	Himself  Source = "judge"    // the judge's own, on his form
	Office   Source = "office"   // the host's secretary's, the organiser's or the supervisor's
	Proposed Source = "proposed" // the program's, that somebody confirmed
)

// Way is what is to be done about a tie (处理方式).
type Way string

// The ways.
const (
	Replace   Way = "replace"   // another judge sits there for the whole module
	Unsealing Way = "unsealing" // his marks for the entry are left out once labels are open
)

// Tie (回避申报) is one declaration. It never changes: a further version follows it.
type Tie struct {
	ID      contest.ID
	Event   contest.ID
	Version int // 1 and up
	Chair   scoring.ChairID
	Judge   string // who sat there when it was declared
	Kind    Kind
	Unit    contest.ID // of a tie to a unit
	Entry   contest.ID // of a tie to a person
	Subject string     // unit or person, as it was called then
	Reason  string
	Source  Source
	Way     Way
	By      Person
	At      time.Time
	// Second is the second person of an event without seals, where a tie is applied
	// at once.
	Second    Person
	Withdrawn *Withdrawal
}

// Person is who did something.
type Person struct {
	ID   contest.ID
	Name string
}

// Withdrawal (撤回) is how a tie was taken back.
type Withdrawal struct {
	Reason string
	By     Person
	Second Person
	At     time.Time
}

// Home is the unit at which a judge works, as far as it is known.
type Home struct {
	Event contest.ID
	Chair scoring.ChairID
	Judge string
	Unit  contest.ID
}

// Choice is what was decided of a pair that the ledger refuses.
type Choice string

// The choices.
const (
	Remark Choice = "replace" // 换人重评: the marks give way to new ones in the same chair
	Stand  Choice = "stand"   // 保留: they count, with a reason
)

// Decision (回避裁定) is what chief judge and supervisor decided of a pair. The
// last one of a pair holds.
type Decision struct {
	Event  contest.ID
	Number int // 1 and up within the event
	Chair  scoring.ChairID
	Entry  scoring.EntryID
	Choice Choice
	Reason string
	Marks  []scoring.ID // of the chair for the entry, when it was decided
	By     Person
	Second Person
	At     time.Time
}

// Pair is a chair whose marks for an entry are not to count.
type Pair struct {
	Chair  scoring.ChairID
	Entry  scoring.EntryID
	Reason string
	// By and Second are the persons of an event without seals; zero: those who
	// unsealed.
	By, Second contest.ID
}

// Standing is how a pair is on its event's board.
type Standing struct {
	Applied bool
	Code    string       // why the ledger would refuse it now; empty: it would not
	Aspect  string       // of the refusal
	Marks   []scoring.ID // of the chair for the entry, as they are now
}

// Stage is what may be done about an event's ties.
type Stage string

// The stages.
const (
	Declaring Stage = "declaring"
	Sealed    Stage = "sealed"  // nothing may be read or said
	Applied   Stage = "applied" // unsealed: pairs are shown with what became of them
)

// stage is the event's; drawn says that a draw was begun and not made void.
func stage(e blind.Event, drawn, official bool) Stage {
	switch {
	case !e.IsSealing() && official:
		return Applied
	case !e.IsSealing():
		return Declaring
	case e.IsUnsealed:
		return Applied
	case drawn || e.IsOpen:
		return Sealed
	}
	return Declaring
}

// isOf says that a tie is to an entry; team is that of the tied person.
func (t *Tie) isOf(e contest.Entry, team contest.ID) bool {
	if t.Kind.IsOfUnit() {
		return t.Unit == e.Unit.ID
	}
	return t.Entry == e.ID || team == e.ID
}

// holds says that a tie is of who sits in a chair now.
func (t *Tie) holds(ch contest.Chair) bool {
	if ch.Judge == t.Judge && ch.Judge != "" {
		return true
	}
	return ch.Number == t.Chair && t.Way != Replace
}
