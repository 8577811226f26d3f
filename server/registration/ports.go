package registration

import (
	"context"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/registration/idnumber"
)

// Work runs fn in one transaction that all rooms' stores join by its context.
// It commits when fn returns nil and rolls back otherwise. fn may run again.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Registrations are stored applications. Finds answer Missing
// registration.missing.
type Registrations interface {
	FindRegistration(ctx context.Context, id contest.ID) (Registration, error)
	// LockRegistration finds one and holds its row until the transaction ends.
	LockRegistration(ctx context.Context, id contest.ID) (Registration, error)
	// FindReceipt finds by the receipt's number.
	FindReceipt(ctx context.Context, number string) (Registration, error)
	// ListRegistrations gives a page, oldest submission first, and how many there
	// are without the page.
	ListRegistrations(ctx context.Context, q Query) ([]Registration, int, error)
	// SaveRegistration writes one: version 0 inserts it as version 1, any other
	// must be the stored one, else Stale registration.changed. A person who stands
	// in the event already is Stale registration.duplicate.
	SaveRegistration(ctx context.Context, r Registration) error
	// CountRegistrations counts an event's by state; states without any may lack.
	CountRegistrations(ctx context.Context, event contest.ID) (map[Status]int, error)
}

// Query asks for applications of an event. No Statuses mean all; Numbers, where
// given, are whose applications are meant. Limit -1 means all.
type Query struct {
	Event    contest.ID
	Statuses []Status
	Numbers  []idnumber.ID
	Q        string
	Limit    int
	Offset   int
}

// Counting holds what limits are counted by.
type Counting interface {
	// LockPerson finds the record of an ID number, or makes it with the id fresh,
	// and holds it until the transaction ends.
	LockPerson(ctx context.Context, number idnumber.ID, fresh contest.ID, at time.Time) (contest.ID, error)
	// LockUnit holds a unit in an event until the transaction ends.
	LockUnit(ctx context.Context, event contest.ID, unit string) error
	// Count counts standing applications other than one: of the person in the
	// event, of the person in the contest, of the unit in the event.
	Count(ctx context.Context, r Registration) (Counts, error)
}

// Counts are standing applications.
type Counts struct{ InEvent, InContest, OfUnit int }

// Steps are the stored steps; there is no change and no removal.
type Steps interface {
	AppendStep(ctx context.Context, s Step) error
	ListSteps(ctx context.Context, registration contest.ID) ([]Step, error)
}

// TermsBook is the stored terms by their scope, an event or a contest.
type TermsBook interface {
	// NewestTerms is the newest version of each scope that has one.
	NewestTerms(ctx context.Context, scopes ...contest.ID) (map[contest.ID]TermsVersion, error)
	// AppendTerms writes a version; one that is there is Stale
	// registration.terms_changed.
	AppendTerms(ctx context.Context, t TermsVersion) error
}

// Imports are what was imported, by the sum of the file.
type Imports interface {
	// HoldImport keeps other imports of the scope away until the transaction
	// ends; Stale registration.import_running when one is under way.
	HoldImport(ctx context.Context, scope contest.ID) error
	FindImport(ctx context.Context, scope contest.ID, kind string, sum [32]byte) (Import, bool, error)
	AppendImport(ctx context.Context, i Import) error
}

// Import is one file that was imported whole.
type Import struct {
	ID    contest.ID
	Scope contest.ID // an event or, for units, a contest
	Kind  string
	Sum   [32]byte
	Rows  int
	By    contest.ID
	At    time.Time
}

// Disclosures are the stored reveals; there is no change and no removal.
type Disclosures interface {
	// HoldDisclosures keeps other reveals of the account away until the transaction
	// ends, so that what is counted stays true.
	HoldDisclosures(ctx context.Context, account contest.ID) error
	// CountDisclosures counts an account's after a moment.
	CountDisclosures(ctx context.Context, account contest.ID, after time.Time) (int, error)
	AppendDisclosure(ctx context.Context, d Disclosure) error
	// ListDisclosures gives those of an application, in the order they came.
	ListDisclosures(ctx context.Context, registration contest.ID) ([]Disclosure, error)
}

// Store is all that is stored.
type Store interface {
	Registrations
	Counting
	Steps
	TermsBook
	Imports
	Disclosures
}

// Events tells of events and of the units of their contests. The app plugs the
// programme; what is not there is Missing.
type Events interface {
	FindEvent(ctx context.Context, id contest.ID) (Event, error)
	// ListEvents gives all events of all contests, in their order.
	ListEvents(ctx context.Context) ([]Event, error)
	// FindContest answers whether a contest is there.
	FindContest(ctx context.Context, id contest.ID) error
	ListUnits(ctx context.Context, contest contest.ID) ([]contest.Unit, error)
}

// Event is an event as this room must know it.
type Event struct {
	contest.Event
	ContestName string
	Kind        contest.Kind
	IsVisible   bool // to the public
}

// Programme is what becomes of approved applications and of imported sheets. The
// app plugs the programme, with its permissions and in this transaction.
type Programme interface {
	// Enter makes entries of an event that is not open and gives their numbers.
	Enter(ctx context.Context, a contest.Actor, event contest.ID, list []Entrant) ([]string, error)
	// Leave takes an entry out of an event that is not open.
	Leave(ctx context.Context, a contest.Actor, event contest.ID, entryNo string) error
	AddUnits(ctx context.Context, a contest.Actor, contest contest.ID, list []UnitRow) error
	// AddEntries adds entries to an event that is not open; a row without a number
	// gets the next free one.
	AddEntries(ctx context.Context, a contest.Actor, event contest.ID, list []EntryRow) error
	// PutJudges makes the event's chairs these.
	PutJudges(ctx context.Context, a contest.Actor, event contest.ID, list []JudgeRow) error
}

// Entrant is an approved person.
type Entrant struct {
	Name string
	Unit string // code, or ""
}

// Audit notes who did what to which object, in the same transaction. The app
// plugs identity.
type Audit interface {
	Record(ctx context.Context, actor contest.Actor, what, object string, detail map[string]string) error
}
