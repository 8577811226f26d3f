package clerk

import (
	"time"

	"jiangtai/scoring"
	"jiangtai/server/ledger"
)

// Standing is how a ledger stands, good until it is let go.
type Standing struct {
	// Board may be read only.
	Board *scoring.Board
	book  *book
}

// Look gives the ledger's standing and holds it still until done is called,
// which must be soon: the clerk waits.
func (c *Clerk) Look() (s Standing, done func()) {
	c.mu.Lock()
	return Standing{c.board, c.book}, c.mu.Unlock
}

// Seq is the number of the last record.
func (s Standing) Seq() uint64 { return s.book.seq() }

// Hash is the chain hash of the last record; the ledger's own beginning when
// there is none.
func (s Standing) Hash() ledger.Hash { return s.book.hash }

// LastAt is when the last record was written; nil when there is none.
func (s Standing) LastAt() *time.Time {
	if s.book.last == 0 {
		return nil
	}
	at := time.Unix(0, s.book.last).UTC()
	return &at
}

// Knows says whether a mark id is in the ledger.
func (s Standing) Knows(mark scoring.ID) bool {
	_, known := s.book.lines.find(mark)
	return known
}

// Devices are the devices that have sent something.
func (s Standing) Devices() []scoring.ID {
	list := make([]scoring.ID, 0, len(s.book.devices))
	for id := range s.book.devices {
		list = append(list, id)
	}
	return list
}

// Count is what is known of a device's counting: its highest number, and which
// below it never came, at most limit of them.
func (s Standing) Count(device scoring.ID, limit int) (highest uint32, holes []uint32) {
	n, ok := s.book.devices[device]
	if !ok {
		return 0, []uint32{}
	}
	return n.highest(), n.holes(limit)
}

// Late is how many of a device's marks are kept and do not count by themselves:
// after a lock, of an old scheme, or handed over by one that was replaced.
func (s Standing) Late(device scoring.ID) int {
	if n, ok := s.book.devices[device]; ok {
		return n.late
	}
	return 0
}

// Waiting is how many jobs stand in the queue, for metrics.
func (c *Clerk) Waiting() int { return len(c.queue) }

// Renew makes the board of a ledger without records anew, with the rules as
// they are now, and tells the follower that it stands. A board with records
// keeps the rules that its ledger names.
func (c *Clerk) Renew() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.board.Seq() == 0 {
		c.board = scoring.NewBoard(c.cfg.Rules())
	}
	c.cfg.Follower.Opened(c.book.epoch, c.board)
}

// Fill notes numbers that refused marks have filled.
func (c *Clerk) Fill(list []Refusal) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, r := range list {
		c.book.refuse(r.Device, r.DeviceSeq, r.MarkID)
	}
}
