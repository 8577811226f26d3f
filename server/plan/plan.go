package plan

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
)

// State is where a filing stands on its way.
type State string

// The states of a filing.
const (
	Planned   State = "planned"   // 已列计划: the host has not applied
	Applied   State = "applied"   // 已申报: waits for the organiser
	Returned  State = "returned"  // 已退回: the host corrects
	Filed     State = "filed"     // 已备案: the host runs it
	Reported  State = "reported"  // 成绩已报: waits for the organiser
	SentBack  State = "sent_back" // 成绩退回: the host reports again
	Accepted  State = "accepted"  // 成绩已认定: counts for honours
	Cancelled State = "cancelled" // 已停办
)

// Plans is what an event is planned as. Dates are UTC midnights.
type Plans struct {
	Year     int
	IsListed bool   // in the union's plan of the year (列入年度计划)
	Class    string // a word of the honour rules, "none", or "" while nobody chose
	Month    int    // planned, 1…12; 0: open
	Budget   int    // yuan
	ReturnBy time.Time
	Note     string
}

// Filing (备案) is an event in the plan.
type Filing struct {
	Event   contest.ID
	Version int // 0: nobody wrote it yet
	State   State
	Plans
	Number string // 备案号; "" until filed
	Reason string // of the last return or cancellation
	// Digest is over what was applied with: hex, "" until then.
	Digest     string
	ListNumber string     // of the signed list that was reported
	ReportedBy contest.ID // zero: the list is the signing room's
	AppliedAt  time.Time
	FiledAt    time.Time
	ReportedAt time.Time
	AcceptedAt time.Time
}

// IsLate says that results are due and not there, or came after their date. The
// day ends in the city.
func (f Filing) IsLate(now time.Time) bool {
	if f.ReturnBy.IsZero() || f.State == Cancelled {
		return false
	}
	end := contest.EndOf(f.ReturnBy)
	if !f.ReportedAt.IsZero() {
		return !f.ReportedAt.Before(end)
	}
	return !now.Before(end)
}

// Event is an event as this room must know it.
type Event struct {
	contest.Event
	Position    int
	ContestCode string
	ContestName string
	Kind        contest.Kind
	StartsOn    time.Time // of the contest
	EndsOn      time.Time
	CreatedAt   time.Time
	HostCode    string
	HostName    string
	Phase       string // of its board; "" when unknown
	Entries     int
}

// Line is an event with its filing.
type Line struct {
	Event  Event
	Filing Filing
	IsLate bool
}

// FileKind is what a document is.
type FileKind string

// The documents of a filing.
const (
	ProgrammeFile FileKind = "programme"   // 竞赛方案
	TechnicalFile FileKind = "technical"   // 技术文件
	SchemeFile    FileKind = "scheme"      // 评分标准
	JudgesFile    FileKind = "judges"      // 裁判名单
	ListFile      FileKind = "result_list" // 签字成绩单
	OtherFile     FileKind = "other"
)

// FileKinds are all of them.
func FileKinds() []FileKind {
	return []FileKind{ProgrammeFile, TechnicalFile, SchemeFile, JudgesFile, ListFile, OtherFile}
}

// File is a document of a filing (备案材料).
type File struct {
	ID     contest.ID
	Event  contest.ID
	Kind   FileKind
	Name   string
	Media  string // found in the bytes
	Size   int
	Sum    [32]byte
	By     contest.ID
	ByName string
	At     time.Time
	Body   []byte // only where one file is asked for
}

// Step is one step of a filing.
type Step struct {
	Event  contest.ID
	At     time.Time
	By     contest.ID // zero: the signing room
	ByName string
	Act    string
	From   State
	To     State
	Reason string
	Detail map[string]string // what the step was about: number, list, digest, class
}

// Need is something that an application must have.
type Need struct {
	Kind FileKind
	Have bool
	// From says what answers it: "files", "scheme" (the event's own) or "chairs".
	From string
}

// Host is a 承办单位 with whom to call and the events that it has.
type Host struct {
	ID      contest.ID
	Contest contest.ID
	Code    string
	Name    string
	Contact Contact
	Events  []contest.ID
}

// Contact is whom to call at a host. Phone is shown to who may see the host.
type Contact struct {
	Person string
	Phone  string
	Email  string
	Note   string
}

// Config is what the desk needs. Lists and Changed may be nil; nothing else may.
type Config struct {
	Store     Store
	Work      Work
	Events    Events
	Programme Programme
	Lists     Lists
	Audit     Audit
	Classes   []string // of the honour rules
	Now       func() time.Time
	// Changed is told of events that were made or edited, after the commit.
	Changed func(ctx context.Context, events []contest.ID)
}

// Desk is the office's table of filings (备案受理). It is safe for concurrent use.
type Desk struct {
	Config
}

// NoClass is the class of events that no honour rule reads.
const NoClass = "none"

// New makes the desk.
func New(cfg Config) *Desk { return &Desk{cfg} }

func newID() contest.ID { return contest.ID(uuid.Must(uuid.NewV7())) }

// now is the moment as the database keeps it.
func (d *Desk) now() time.Time { return d.Now().UTC().Truncate(time.Microsecond) }

// fresh is the filing of an event that nobody wrote yet.
func fresh(e Event) Filing {
	year := e.StartsOn.Year()
	if e.StartsOn.IsZero() {
		year = e.CreatedAt.In(contest.Zone).Year()
	}
	return Filing{Event: e.ID, State: Planned, Plans: Plans{Year: year}}
}
