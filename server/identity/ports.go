package identity

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Work runs fn in one transaction that the ports join by its context; an error
// rolls it back. Within another Do it joins that one.
type Work interface {
	Do(ctx context.Context, fn func(ctx context.Context) error) error
}

// Accounts keeps accounts with their grants.
type Accounts interface {
	// FindAccount is Missing with identity.account_missing.
	FindAccount(ctx context.Context, id contest.ID) (Account, error)
	// FindUser is like FindAccount, by user name.
	FindUser(ctx context.Context, user string) (Account, error)
	ListAccounts(ctx context.Context, f AccountFilter) ([]Account, int, error)
	// SaveAccount writes the account and its grants. Version 0 inserts; a
	// version that is no more the stored one is Stale, identity.account_stale;
	// a user name in use is Stale, identity.user_taken.
	SaveAccount(ctx context.Context, a Account) error
	// OtherAdministrators counts the administrators who may sign in, except one.
	// Until the transaction ends no other transaction gets an answer, so that
	// two cannot both count on each other's administrator.
	OtherAdministrators(ctx context.Context, except contest.ID) (int, error)
}

// AccountFilter selects accounts for a list, by user name in order.
type AccountFilter struct {
	Contests []contest.ID // accounts with a grant in one of them; nil: all
	Query    string       // part of user or name
	Limit    int
	Offset   int
}

// Attempts counts guesses of a password before they are tried.
type Attempts interface {
	// CountAttempt adds one guess and gives how many were counted in the
	// window, this one among them, and when they are forgotten. The window
	// begins anew with the fifth.
	CountAttempt(ctx context.Context, key Hash, now time.Time) (n int, until time.Time, err error)
	ForgetAttempts(ctx context.Context, key Hash) error
}

// Sessions keeps sessions by the hash of their token.
type Sessions interface {
	// CreateSession writes a session. For an account, version is the one whose
	// password was checked; when it changed since or was disabled, the answer
	// is Stale, identity.account_stale, and nothing is written.
	CreateSession(ctx context.Context, s Session, token Hash, version int) error
	// FindSession is Missing with identity.session_missing. It finds ended
	// sessions too.
	FindSession(ctx context.Context, token Hash) (Holder, error)
	// ListSessions gives an account's sessions that stand, newest first.
	ListSessions(ctx context.Context, account contest.ID) ([]Session, error)
	// EndSessions ends those that stand and gives their ids.
	EndSessions(ctx context.Context, e Ending) ([]contest.ID, error)
}

// Ending names sessions to end: one, or all of an account or a device, except
// one.
type Ending struct {
	Session contest.ID
	Account contest.ID
	Device  contest.ID
	Except  contest.ID
	Why     Why
	At      time.Time
}

// Beats is what is written and read on a beat.
type Beats interface {
	TouchSessions(ctx context.Context, touches []Touch) error
	// EndLapsed ends what is idle or too old and gives the ids.
	EndLapsed(ctx context.Context, now time.Time) ([]contest.ID, error)
	// EndedSince gives sessions that any process ended since.
	EndedSince(ctx context.Context, t time.Time) ([]contest.ID, error)
	// Prune forgets what ended before t: sessions, attempts, codes and links.
	Prune(ctx context.Context, t time.Time) error
}

// Devices keeps tablets and the codes that pair them.
type Devices interface {
	// CreateCodes writes codes and voids what is unused of the same chairs.
	CreateCodes(ctx context.Context, codes []PairingCode) error
	// UseCode takes a code for good. Missing identity.code_wrong, Stale
	// identity.code_used, Closed identity.code_expired or identity.code_void.
	UseCode(ctx context.Context, code Hash, now time.Time) (PairingCode, error)
	// CreateDevice is Stale, identity.pairing_raced, when the chair has one.
	CreateDevice(ctx context.Context, d Device) error
	ListDevices(ctx context.Context, event contest.ID) ([]Device, error)
	// FreezeDevices freezes one device, or all of a chair when device is zero,
	// and gives those that it froze.
	FreezeDevices(ctx context.Context, f Freezing) ([]Device, error)
}

// Freezing names tablets to freeze.
type Freezing struct {
	Device contest.ID
	Event  contest.ID
	Chair  scoring.ChairID
	Why    Why
	At     time.Time
}

// Links keeps the one-time links for the first administrator.
type Links interface {
	// CreateLink writes a link and voids the earlier ones.
	CreateLink(ctx context.Context, link Hash, now, until time.Time) error
	// UseLink takes a link for good; Missing identity.link_wrong otherwise.
	UseLink(ctx context.Context, link Hash, now time.Time) error
}

// Audits keeps the audit; what is in it stays.
type Audits interface {
	AppendAudit(ctx context.Context, e AuditEntry) error
	// ListAudit gives entries with numbers below before, newest first.
	ListAudit(ctx context.Context, before int64, limit int) ([]AuditEntry, error)
}

// Chairs tells of contests, events and their chairs; the subject programme
// answers. What is not there is Missing.
type Chairs interface {
	FindContest(ctx context.Context, id contest.ID) (contest.Contest, error)
	FindEvent(ctx context.Context, id contest.ID) (contest.Event, error)
	// ListChairs gives an event's chairs by number.
	ListChairs(ctx context.Context, event contest.ID) ([]contest.Chair, error)
}
