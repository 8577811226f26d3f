package clerk

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/snapshot"
	"jiangtai/server/ledger"
)

// Ledgers stores ledgers. Implementations are safe for concurrent use.
type Ledgers interface {
	// Begin makes the ledger if it is not there and gives its head.
	Begin(ctx context.Context, ledger contest.ID) (State, error)
	// Append writes the batch if the ledger's head is the one that it expects.
	// It returns when the outcome is known, or cannot be: nil (durable),
	// ErrMoved (nothing written, somebody else wrote), ErrKnownMark (nothing
	// written, a mark id is used elsewhere), UnknownOutcome, or another fault
	// with nothing written. It does not keep the batch.
	Append(ctx context.Context, b *Batch) error
	// Load gives all lines after a sequence number, in order. The line's bytes
	// are only good during the call.
	Load(ctx context.Context, ledger contest.ID, after uint64, each func(Line) error) error
	// Heads gives the signed heads of sizes from on, in order; at most limit
	// when it is not 0.
	Heads(ctx context.Context, ledger contest.ID, from uint64, limit int, each func(size uint64, note string) error) error
	// Raise sets a new epoch: history is another than the one that was told.
	Raise(ctx context.Context, ledger contest.ID, epoch uint64) error
}

// Bodies is what a Ledgers may do for who believes no stored hash: bodies alone are half
// the way.
type Bodies interface {
	// Bodies gives the bodies of the first n records, in order, without a hole; fewer are
	// an error. The bytes are only good during the call.
	Bodies(ctx context.Context, ledger contest.ID, n uint64, each func(seq uint64, body []byte) error) error
}

// Starts is what a Ledgers may do for many clerks that open at once.
type Starts interface {
	// Starts gives how these ledgers stand, by id; one that is not there is left out.
	Starts(ctx context.Context, ledgers []contest.ID) (map[contest.ID]*Start, error)
}

// Start is all that an opening asks of a ledger beside its records, as it was at one
// moment.
type Start struct {
	State   State
	Size    uint64 // of the newest signed head; 0: there is none from State on
	Note    string
	Refused []Refusal
}

// State is a ledger's head.
type State struct {
	Epoch uint64
	Seq   uint64
	Hash  ledger.Hash
}

// Batch is what one commit adds to a ledger.
type Batch struct {
	Ledger contest.ID
	Seq    uint64      // the head that is expected
	Hash   ledger.Hash //
	Lines  []Line
	Note   string // the signed head after Lines
	Texts  []Text
}

// Line is one stored record.
type Line struct {
	Seq     uint64
	MarkID  scoring.ID // not set by Load: the body has it
	Payload [16]byte   // digest of the command as it was sent
	Body    []byte
	Hash    ledger.Hash
}

// Text is a remark or reason of a mark (评语、理由).
type Text struct {
	Hash   ledger.Hash
	MarkID scoring.ID
	Text   string
}

// Refusals are the device numbers that refused marks have filled.
type Refusals interface {
	Refusals(ctx context.Context, ledger contest.ID) ([]Refusal, error)
}

// Refusal is a number of a device that a refused mark has filled.
type Refusal struct {
	Device    scoring.ID
	DeviceSeq uint32
	MarkID    scoring.ID
	Code      string
	At        time.Time
}

// Snapshots keep snapshots of ledgers (快照), see package snapshot. Implementations are
// safe for concurrent use.
type Snapshots interface {
	// Read gives a ledger's snapshot; snapshot.ErrNone, or why it is of no use.
	Read(ledger [16]byte) (*snapshot.Snapshot, error)
	// Write puts a snapshot in the place of the last one.
	Write(s *snapshot.Snapshot) error
}

// Follower is told what has become so, after it is durable, in order, one call
// at a time, with the clerk's lock held: it must not call the clerk.
type Follower interface {
	// Opened says that the board stands, after a start or after history has
	// changed.
	Opened(epoch uint64, b *scoring.Board)
	// Applied says that one record was applied, and when it was written.
	Applied(at time.Time, c *scoring.Change, b *scoring.Board)
}

// Witness remembers heads outside the database, so that a restored backup is
// seen. See package witness.
type Witness interface {
	// Seen is the furthest head that was told to anybody; ok is false for none.
	Seen(ledger contest.ID) (size uint64, hash ledger.Hash, ok bool)
	// Saw notes a head; it must not block.
	Saw(ledger contest.ID, size uint64, hash ledger.Hash)
}

// Meter is told how long the stages of each commit took. It must not block.
type Meter interface {
	Took(s Stages)
}

// Stages are the parts of the way of one commit's records through the clerk.
type Stages struct {
	Records int
	Waited  time.Duration // in the queue: the one that waited longest
	Checked time.Duration // against the board, chained, hashed and signed
	Stored  time.Duration // until the outcome was known
	Applied time.Duration // to the board, told to the follower, receipts made
}
