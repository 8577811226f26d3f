package identity

import (
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// How long a session lives. A tablet lies in front of its judge for a day of
// marking and is paired again the next; a console stands on an office desk that
// people walk away from.
const (
	staffIdle   = 30 * time.Minute
	staffLife   = 12 * time.Hour
	tabletIdle  = 12 * time.Hour
	tabletLife  = 16 * time.Hour
	defaultCode = 12 * time.Hour
	linkLife    = 24 * time.Hour
	// keepEnded is how long a session's end can still be told to its holder.
	keepEnded = 30 * 24 * time.Hour
)

// Why says how a session ended.
type Why string

// The ends of a session.
const (
	SignedOut Why = "signed_out" // by its holder
	Revoked   Why = "revoked"    // by its holder from elsewhere, or by staff
	Replaced  Why = "replaced"   // the chair was paired again
	Expired   Why = "expired"    // idle or too old
	Disabled  Why = "disabled"   // the account was
	NewSecret Why = "password"   // the password was changed or reset
	NewGrants Why = "grants"     // a grant was taken away
)

// Session is one sign-in of an account or one pairing of a tablet (会话).
type Session struct {
	ID        contest.ID
	Account   contest.ID // zero for a tablet
	Device    contest.ID // zero for an account
	CreatedAt time.Time
	SeenAt    time.Time
	Idle      time.Duration // may stay unseen so long
	ExpiresAt time.Time
	EndedAt   time.Time // zero while it stands
	Why       Why
	IP        string
	Agent     string
}

// fate says why the session is of no use at the time; nil while it is.
func (s Session) fate(now time.Time) error {
	why := s.Why
	if s.EndedAt.IsZero() {
		if now.Before(s.ExpiresAt) && now.Before(s.SeenAt.Add(s.Idle)) {
			return nil
		}
		why = Expired
	}
	switch why {
	case Replaced:
		return fault.New(fault.Unauthenticated, "identity.replaced")
	case Expired:
		return fault.New(fault.Unauthenticated, "identity.expired")
	default:
		return fault.New(fault.Unauthenticated, "identity.ended")
	}
}

// Holder is a session with whoever holds it: Account or Device is set.
type Holder struct {
	Session Session
	Account Account
	Device  Device
}

func (h Holder) actor() contest.Actor {
	if !h.Session.Account.IsZero() {
		return h.Account.Actor(h.Session.ID)
	}
	d := h.Device
	return contest.Actor{
		Name: d.Judge, Session: h.Session.ID, Device: d.ID, Event: d.Event, Chair: d.Chair, IsReplaced: !d.FrozenAt.IsZero(),
		Grants: []contest.Grant{{Role: contest.Judge, Contest: d.Contest, Event: d.Event}},
	}
}

// fate of the holder: the session's, the account's, the device's.
func (h Holder) fate(now time.Time) error {
	if err := h.Session.fate(now); err != nil {
		return err
	}
	if h.Account.Disabled() {
		return fault.New(fault.Unauthenticated, "identity.ended")
	}
	if !h.Device.FrozenAt.IsZero() {
		return fault.New(fault.Unauthenticated, "identity.replaced")
	}
	return nil
}

// Ticket is what signing in gives: the token, to be shown once, and its holder.
type Ticket struct {
	Token string
	Holder
}
