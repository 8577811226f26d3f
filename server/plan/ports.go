package plan

import (
	"context"
	"time"

	"jiangtai/server/contest"
)

// Work runs fn in one transaction that all rooms' stores join by its context.
// It commits when fn returns nil and rolls back otherwise. fn may run again.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Filings are stored filings.
type Filings interface {
	// ListFilings gives those of the events that have one.
	ListFilings(ctx context.Context, events ...contest.ID) ([]Filing, error)
	// ListInStates gives those of all events that are in one of the states.
	ListInStates(ctx context.Context, states ...State) ([]Filing, error)
	// HoldFiling keeps other changes of an event's filing and documents away until
	// the transaction ends.
	HoldFiling(ctx context.Context, event contest.ID) error
	// SaveFiling writes one as the next version: Stale plan.changed unless the
	// stored one (0: none) has its version. A number in use is Stale
	// plan.number_taken.
	SaveFiling(ctx context.Context, f Filing) error
	// NextNumber is the first running number of a year that no filing has; others
	// who ask wait until the transaction ends.
	NextNumber(ctx context.Context, year int) (int, error)
}

// Steps are the stored steps; there is no change and no removal.
type Steps interface {
	AppendStep(ctx context.Context, s Step) error
	ListSteps(ctx context.Context, event contest.ID) ([]Step, error)
}

// Files are the stored documents.
type Files interface {
	AddFile(ctx context.Context, f File) error
	// ListFiles gives them without their bytes, oldest first.
	ListFiles(ctx context.Context, event contest.ID) ([]File, error)
	// FindFile gives one with its bytes; Missing plan.file_missing.
	FindFile(ctx context.Context, event, id contest.ID) (File, error)
	RemoveFile(ctx context.Context, event, id contest.ID) error
}

// Contacts are whom to call at the hosts.
type Contacts interface {
	ListContacts(ctx context.Context, hosts ...contest.ID) (map[contest.ID]Contact, error)
	SaveContact(ctx context.Context, host contest.ID, c Contact) error
}

// Store is all that is stored.
type Store interface {
	Filings
	Steps
	Files
	Contacts
}

// Events tells of events. The app plugs the programme.
type Events interface {
	// ListEvents gives all, newest contest first, in their contests' order.
	ListEvents(ctx context.Context) ([]Event, error)
	// FindEvent finds one, or any Missing.
	FindEvent(ctx context.Context, id contest.ID) (Event, error)
	// Outfit is what the event has of its own.
	Outfit(ctx context.Context, id contest.ID) (Outfit, error)
	// ListHosts gives a contest's hosts by code.
	ListHosts(ctx context.Context, contest contest.ID) ([]Host, error)
}

// Outfit is what an event has of its own: the newest scheme, and who sits.
type Outfit struct {
	SchemeVersion int // 0: none
	SchemeSum     string
	Judges        int // chairs with a name
}

// Programme makes what a sheet of the plan asks for, with the programme's own
// permissions and in this transaction. The app plugs it.
type Programme interface {
	// ContestOf finds a contest by its code; any Missing where the actor has no
	// part in it.
	ContestOf(ctx context.Context, a contest.Actor, code string) (contest.ID, error)
	CreateHost(ctx context.Context, a contest.Actor, contest contest.ID, code, name string) error
	CreateEvent(ctx context.Context, a contest.Actor, contest contest.ID, e EventDraft) (contest.ID, error)
	ChangeEvent(ctx context.Context, a contest.Actor, id contest.ID, e EventDraft) error
}

// EventDraft is an event as a sheet has it: words of the programme, Host a code.
type EventDraft struct {
	Code, Trade, Title, Stage, Group, Host, Depth, Chain string
}

// Lists tells of signed result lists. The app plugs signing.
type Lists interface {
	// SignedList is the newest list of an event whose scan is there and that
	// nothing has voided; false when there is none.
	SignedList(ctx context.Context, event contest.ID) (List, bool, error)
	// SignedLists are those of all events. It is asked every few seconds and costs
	// next to nothing while nothing happens. Beside an error it gives those that
	// could be read.
	SignedLists(ctx context.Context) (map[contest.ID]List, error)
}

// List is a signed result list.
type List struct {
	Number string
	At     time.Time // of the scan
}

// Audit notes who did what to which object, in the same transaction. The app
// plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}
