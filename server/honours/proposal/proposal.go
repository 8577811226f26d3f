package proposal

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/honours/rule"
)

// Filing (备案) says under which honour rules the results of a contest, or of one
// event of it, are read. Without one nothing is proposed.
type Filing struct {
	Contest contest.ID `json:"contest"`
	Event   contest.ID `json:"event,omitzero"` // zero: all events of the contest
	Profile string     `json:"profile"`
	Version int        `json:"version"`
	Class   string     `json:"class"`
	Planned bool       `json:"planned"` // in the union's plan
}

// State is what became of a proposal.
type State string

// The states of a proposal.
const (
	Proposed   State = "proposed"
	Nominated  State = "nominated"
	Dismissed  State = "dismissed"
	Superseded State = "superseded" // by a newer publication
)

// Proposal (推荐线索) is what the rules recommend for one entry of a publication.
type Proposal struct {
	ID          contest.ID
	Contest     contest.ID
	Event       contest.ID
	Publication uint64 // number of its record in the event's ledger
	Entry       contest.ID
	Name        string
	Unit        string
	PersonKey   string // blind; empty while nobody knows the person
	Year        int
	Profile     string
	Version     int
	Outcome     rule.Outcome
	Evidence    Evidence
	State       State
	Nomination  contest.ID
	At          time.Time
}

// Evidence is what a proposal rests on.
type Evidence struct {
	Trade   string         `json:"trade"`
	Kind    contest.Kind   `json:"kind"`
	Rank    int            `json:"rank"`
	Ranked  int            `json:"ranked"`
	Total   string         `json:"total"`
	Status  scoring.Status `json:"status"`
	Working string         `json:"working"` // SHA-256 of the entry's working
	List    string         `json:"list"`    // SHA-256 of the result list
	Record  string         `json:"record"`  // chain hash of the publication's record
	Signed  string         `json:"signed"`  // number of the signed list; empty when there is none
	At      time.Time      `json:"at"`      // of the publication
}

// Promotion is a person's one raise of a year.
type Promotion struct {
	PersonKey string
	Year      int
	Award     string
	Event     contest.ID
	Entry     contest.ID
}

// Config is what the desk needs. Persons may be nil; nothing else may.
type Config struct {
	Store        Store
	Work         Work
	Publications Publications
	Persons      Persons
	Audit        Audit
	Profiles     []*rule.Profile
	Now          func() time.Time
}

// Desk (推荐线索) reads publications and keeps what the rules propose. It is safe for
// concurrent use.
type Desk struct {
	Config
}

// New makes the desk.
func New(cfg Config) *Desk { return &Desk{cfg} }

// newID is the id of a new row.
func newID() contest.ID { return contest.ID(uuid.Must(uuid.NewV7())) }

// now is the moment as the database keeps it.
func (d *Desk) now() time.Time { return d.Now().UTC().Truncate(time.Microsecond) }

// audit notes an act of this room, in the transaction of the context.
func (d *Desk) audit(ctx context.Context, a contest.Actor, what, object string, id contest.ID, detail map[string]string) error {
	return d.Audit.Record(ctx, a, "honours."+what, object+"/"+id.String(), detail)
}

// profile finds a version of the rules.
func (d *Desk) profile(id string, version int) *rule.Profile {
	for _, p := range d.Profiles {
		if p.ID == id && p.Version == version {
			return p
		}
	}
	return nil
}
