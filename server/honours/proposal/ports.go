package proposal

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Work runs fn in one transaction that all rooms' stores join by its context.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Audit notes who did what to which object, in the same transaction. The app
// plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}

// Publications are the published results. The app plugs judging and programme.
type Publications interface {
	// Heads names the events whose result is official, with the number of their
	// ledger's last record.
	Heads(ctx context.Context) ([]Head, error)
	// Published is the newest publication of an event whose record comes after a
	// number; false when there is none. Of one whose Plan is not accepted nothing
	// else need be told.
	Published(ctx context.Context, event contest.ID, after uint64) (Publication, bool, error)
}

// Head is how far an event's ledger is.
type Head struct {
	Contest contest.ID
	Event   contest.ID
	Seq     uint64
}

// Publication (公布) is a result as it was made official.
type Publication struct {
	Contest contest.ID
	Event   contest.ID
	Seq     uint64 // of its record
	Read    uint64 // the last record that was read: where the cursor goes
	Kind    contest.Kind
	Trade   string
	At      time.Time
	List    string // SHA-256 of the result list
	Record  string // chain hash of its record
	Signed  string // number of the signed list; empty when there is none
	Plan    *Plan  // what the year's plan says of the event; nil when it does not know it
	Placed  []Placed
}

// Plan (计划) is what the union's yearly plan says of an event. Where there is one it
// counts instead of what the filing of the contest says.
type Plan struct {
	Class    string // of the rules' profile; one that the profile does not know fits no rule
	Planned  bool   // in the year's plan
	Accepted bool   // the organisers have accepted the signed result
}

// Placed is an entry of a published result.
type Placed struct {
	Entry   contest.ID
	Name    string
	Unit    string
	Rank    int // 0: not ranked
	Total   string
	Status  scoring.Status
	Passed  *bool // every component with a pass mark; nil when none has one
	Team    int   // persons
	Working string
}

// Persons tells what registration knows of entries' persons; those it does not
// know are absent.
type Persons interface {
	Persons(ctx context.Context, event contest.ID, entries []contest.ID) (map[contest.ID]Person, error)
}

// Person is what honour rules may ask. What is empty is not known.
type Person struct {
	Key        string // blind and stable, the same for one person in all contests
	Identity   string
	Employment string
	Level      string
	Sex        string
	Born       time.Time
}

// Filings are the stored filings.
type Filings interface {
	// SaveFiling makes it the one of its contest or event, and has the cursors of
	// what it covers begin anew.
	SaveFiling(ctx context.Context, f Filing) error
	ListFilings(ctx context.Context) ([]Filing, error)
}

// Proposals are the stored proposals with their cursors.
type Proposals interface {
	// LockCursor gives the number up to which an event was read and holds it until
	// the transaction ends.
	LockCursor(ctx context.Context, contest, event contest.ID) (uint64, error)
	// Propose moves the cursor, supersedes what older publications of the event
	// proposed and nobody took up, and keeps the list; a proposal of the same
	// publication and entry is replaced while nobody took it up.
	Propose(ctx context.Context, event contest.ID, read, publication uint64, list []Proposal) error
	// FindProposal answers Missing honours.proposal_missing. In a transaction the
	// row is held.
	FindProposal(ctx context.Context, id contest.ID) (Proposal, error)
	// ListProposals gives those of the contests, newest first; nil means all.
	ListProposals(ctx context.Context, q Query) ([]Proposal, int, error)
	ChangeProposal(ctx context.Context, p Proposal) error
}

// Query asks for proposals. Nil contests mean all, an empty state any.
type Query struct {
	Contests []contest.ID
	State    State
	Page     Page
}

// Page is a part of a list.
type Page struct{ Limit, Offset int }

// Promotions keep that a person is raised once a year.
type Promotions interface {
	// ReleasePromotions forgets those that an event's publications claimed.
	ReleasePromotions(ctx context.Context, event contest.ID) error
	// ClaimPromotion says whether the person's raise of the year is this one.
	ClaimPromotion(ctx context.Context, p Promotion) (bool, error)
}

// Store is all that the desk keeps.
type Store interface {
	Filings
	Proposals
	Promotions
}
