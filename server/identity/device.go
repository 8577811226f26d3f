package identity

import (
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Device is a tablet paired to a chair (裁判平板). A chair has at most one that
// is not frozen.
type Device struct {
	ID       contest.ID
	Contest  contest.ID
	Event    contest.ID
	Chair    scoring.ChairID
	Judge    string // the judge's shown name when it was paired
	Name     string // what staff call the tablet; may be empty
	Agent    string
	PairedAt time.Time
	SeenAt   time.Time
	Pending  int       // marks it has not delivered, as it says itself
	FrozenAt time.Time // zero: it is the chair's tablet
	Why      Why       // Replaced or Revoked once frozen
	Handed   int       // marks of it that are kept and not counted; set where devices are listed
}

// PairingCode pairs one tablet to one chair, once (配对码).
type PairingCode struct {
	Hash      Hash
	Event     contest.ID
	Chair     scoring.ChairID
	CreatedAt time.Time
	CreatedBy contest.ID
	ExpiresAt time.Time
}

// PrintedCode is a pairing code as it is handed out; it can be read only here.
type PrintedCode struct {
	Chair     contest.Chair
	Code      string // K7QM-2XWD
	URL       string // what the QR code holds
	ExpiresAt time.Time
}

// Touch is that a session was used.
type Touch struct {
	Session contest.ID
	At      time.Time
	IP      string
	Pending int // marks a tablet holds; -1 when it did not say
}
