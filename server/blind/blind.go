package blind

import (
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Layer is one step of coding (加密层).
type Layer string

// The layers. Entry numbers, the first one, are given at registration.
const (
	Seats Layer = "seat" // 参赛号 → 赛位号
	Codes Layer = "code" // 赛位号 or, without seats, 参赛号 → 评审号
)

// Layers are all, in the order in which they are drawn.
func Layers() []Layer { return []Layer{Seats, Codes} }

// Method says how a layer is drawn (抽签方式).
type Method string

// The methods.
const (
	ByHand Method = "hand" // balls or slips: the coding judge keys each as it is drawn
	AtOnce Method = "once" // by the program, from a seed that was committed to before
)

// Phase is how far a draw is.
type Phase string

// The phases. Of a layer at most one draw is not void.
const (
	Open   Phase = "open"
	Closed Phase = "closed" // 已封存
	Void   Phase = "void"   // 已作废
)

// State is how an entry stands at check-in (报到).
type State string

// The states; an entry that nobody has spoken of has none.
const (
	Present State = "present"
	Late    State = "late" // admitted after the check-in was closed
	Absent  State = "absent"
)

// CheckIn is the check-in (报到、检录) of an event.
type CheckIn struct {
	ClosedAt    time.Time // zero while it is open
	LateMinutes int       // how long after that a late one is admitted
}

// closed says that only late ones are admitted.
func (c CheckIn) closed() bool { return !c.ClosedAt.IsZero() }

// Arrival is what was found of one entry at check-in.
type Arrival struct {
	Entry contest.ID
	State State
	At    time.Time
	By    contest.ID
}

// Draw is one draw (抽签) of a layer.
type Draw struct {
	ID         contest.ID
	Event      contest.ID
	Layer      Layer
	Method     Method
	Phase      Phase
	Judge      contest.ID // 加密裁判
	JudgeName  string
	Witness    string
	Places     int    // AtOnce: of how many labels it draws; of codes always all
	Commitment string // AtOnce: SHA-256 of the seed, hexadecimal
	Seed       []byte // AtOnce: 32 bytes; a secret until the unsealing
	Words      string // AtOnce: what the witness said before the first run
	Runs       int    // AtOnce: how often it ran; late ones are drawn by a further run
	Digest     string // when closed: over all salted pairs, hexadecimal
	OpenedAt   time.Time
	ClosedAt   time.Time // of closing or making void; zero before
	Reason     string    // why it was made void
	Second     string    // the name of who made it void as the second person
}

// Pair is who holds which label in a layer: a secret.
type Pair struct {
	Entry   contest.ID
	From    string // the label by which the layer's coding judge knows the entry
	Label   string
	Salt    [16]byte
	Run     int             // AtOnce: by which run, from 1; 0 by hand
	IsSpare bool            // an absentee's: given by the machine at closing
	Ordinal scoring.EntryID // the entry's number in the engine; 0 before closing
	At      time.Time
}

// Strike is a wrong entry of a draw by hand that two persons took back. The pair
// itself is gone with it; what it was the reason may say.
type Strike struct {
	Draw   contest.ID
	From   string
	Reason string
	ByName string
	Second string
	At     time.Time
}

// Step is one line of the log of unsealings (启封记录).
type Step struct {
	What   string // verified, refused, unsealed
	Layer  Layer  // "" for the event
	Code   string // of a refusal
	ByName string
	Second string
	At     time.Time
}

// Event is an event as this room must know it.
type Event struct {
	contest.Event
	ContestName string
	Kind        contest.Kind
	IsSeated    bool // some module is marked by seat number
	IsCoded     bool // some module is marked by work code
	// Exempt are the layers in whose modules no entry of a kind is marked, though
	// others are: teams and persons have modules of their own. Nil: none are.
	Exempt     map[contest.EntryKind][]Layer
	IsOpen     bool // its ledger has an opening
	IsUnsealed bool
}

// layers are those that the scheme needs, in their order.
func (e Event) layers() []Layer {
	var out []Layer
	if e.IsSeated {
		out = append(out, Seats)
	}
	if e.IsCoded {
		out = append(out, Codes)
	}
	return out
}

// IsSealing says that some module hides who its works are of.
func (e Event) IsSealing() bool { return e.IsSeated || e.IsCoded }

// isFull says that the event owes the whole formal way.
func (e Event) isFull() bool { return e.Chain == contest.FullChain }
