package honours

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/quota"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/ledger"
)

// Campaign (推荐评选) is one year's conferring of one honour.
type Campaign struct {
	ID        contest.ID
	Kind      contest.Kind
	Sequence  string
	Version   int
	Honour    string
	Year      int
	Name      string
	Places    int
	Committee int // members of the committee, the n of k of n
	Quotas    []quota.Quota
	Deadline  time.Time // the last day of submissions; zero: none
	Head      chain.Head
	CreatedAt time.Time
}

// State is how a nomination stands.
type State string

// The states of a nomination. Only the first two can still move.
const (
	Active    State = "active"
	Returned  State = "returned" // to the draft
	Withdrawn State = "withdrawn"
	Rejected  State = "rejected"
	Vetoed    State = "vetoed"
	Conferred State = "conferred"
	Revoked   State = "revoked"
)

// Moves says that the nomination can still be acted upon.
func (s State) Moves() bool { return s == Active || s == Returned }

// Content is what is said of a nominee, until the submission.
type Content struct {
	PersonKey string   `json:"person_key"` // opaque and stable: of the person, unit or team
	UnitKey   string   `json:"unit_key"`   // of the unit whose incidents count too; may be empty
	Name      string   `json:"name"`
	Unit      string   `json:"unit"`
	Category  string   `json:"category"` // whose departments are asked
	Traits    []string `json:"traits"`   // what quotas count
	Deeds     string   `json:"deeds"`
	NewMerit  string   `json:"new_merit"` // why the same honour again
	Files     []string `json:"files"`     // SHA-256 of the materials
}

// Nomination (推荐人选) is a nominee's way through a campaign.
type Nomination struct {
	Content
	ID        contest.ID
	Campaign  contest.ID
	Body      contest.ID // who recommends
	Proposal  contest.ID // zero: proposed by a union
	Step      string     // where it is: sequence.Draft, a step, sequence.Done
	State     State
	Round     int         // 1 and up: how often it was submitted
	Sum       ledger.Hash // of the content at the submission
	CreatedAt time.Time
}

// NoticeState is how a notice stands.
type NoticeState string

// The states of a notice.
const (
	NoticeOpen      NoticeState = "open"
	NoticeFinished  NoticeState = "finished"  // 公示无异议
	NoticeRestarted NoticeState = "restarted" // replaced by a newer one
)

// Notice (公示) is a list that was shown, unchanged, at a place for some days.
type Notice struct {
	ID          contest.ID
	Campaign    contest.ID
	Step        string
	Public      bool
	Place       string
	Text        string
	StartsOn    time.Time
	EndsOn      time.Time // the last working day; it is over with that day
	Days        int
	State       NoticeState
	Changed     bool       // somebody on it has dropped out: start anew
	Replaces    contest.ID // the notice that it starts anew; zero for the first
	Evidence    string     // SHA-256 of the proof of a paper notice that ran elsewhere; empty for one put up here
	Nominations []contest.ID
	Sum         ledger.Hash // of text, place, days and list
	At          time.Time
}

// ObjectionState is what became of an objection.
type ObjectionState string

// The states of an objection. Unnamed ones are recorded and open nothing.
const (
	ObjectionOpen      ObjectionState = "open"
	ObjectionRecorded  ObjectionState = "recorded"
	ObjectionDismissed ObjectionState = "dismissed"
	ObjectionUpheld    ObjectionState = "upheld"
)

// Objection (异议) is what somebody says against a nominee on a notice.
type Objection struct {
	ID         contest.ID
	Number     uint64 // its receipt: the number of its record
	Campaign   contest.ID
	Notice     contest.ID
	Nomination contest.ID
	Named      bool
	Name       string
	Unit       string
	Contact    string
	Text       string
	State      ObjectionState
	Finding    string
	By         contest.ID // whoever received it; zero: the public page did
	At         time.Time
}

// Opinion (部门意见) is a department's answer about a nominee.
type Opinion struct {
	Nomination contest.ID
	Round      int
	Department string
	Answer     string // agree, disagree, no_record
	Number     string // of the letter
	GivenOn    time.Time
	ExpiresOn  time.Time // the last day it is good for
	At         time.Time
}

// Incident (否决情形) excludes for a time by the campaign's windows.
type Incident struct {
	ID   contest.ID
	Key  string // of a person or a unit
	Kind string
	On   time.Time
	Note string
	At   time.Time
}

// Honoured (荣誉库) is one line of the register.
type Honoured struct {
	ID          contest.ID
	Nomination  contest.ID
	Kind        contest.Kind
	Honour      string
	HonourName  string
	HonourEn    string
	Year        int
	Name        string
	Unit        string
	PersonKey   string
	ConferredOn time.Time
	RevokedOn   time.Time // zero while it stands
	By          contest.ID
}

// Config is what the office needs; all of it.
type Config struct {
	Store     Store
	Work      Work
	Audit     Audit
	Sequences []*sequence.Sequence
	Calendar  *calendar.Calendar
	Now       func() time.Time
}

// Office (评选办公室) is the door of this room: all its use cases. It is safe for
// concurrent use.
type Office struct {
	Config
	objections tries
}

// New makes the office.
func New(cfg Config) *Office { return &Office{Config: cfg} }

// newID is the id of a new row.
func newID() contest.ID { return contest.ID(uuid.Must(uuid.NewV7())) }

// newBallotID is random: an id in order of time would tell who cast it.
func newBallotID() contest.ID { return contest.ID(uuid.New()) }

// now is the moment as the database keeps it.
func (o *Office) now() time.Time { return o.Now().UTC().Truncate(time.Microsecond) }

// today is the day in China.
func (o *Office) today() time.Time { return contest.DayOf(o.Now()) }

// audit notes an act of this room, in the transaction of the context.
func (o *Office) audit(ctx context.Context, a contest.Actor, what, object string, id contest.ID, detail map[string]string) error {
	return o.Audit.Record(ctx, a, "honours."+what, object+"/"+id.String(), detail)
}

// Sequence finds a version of a sequence; 0 is the newest, nil what is not there.
func (o *Office) Sequence(id string, version int) *sequence.Sequence {
	var found *sequence.Sequence
	for _, s := range o.Sequences {
		if s.ID == id && (s.Version == version || version == 0 && (found == nil || found.Version < s.Version)) {
			found = s
		}
	}
	return found
}
