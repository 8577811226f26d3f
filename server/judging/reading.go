package judging

import (
	"context"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging/clerk"
)

// Reading is an event as it stands, while it is read.
type Reading struct {
	Setup *Setup
	Seq   uint64 // of the last record; 0: none
	// Head is the chain hash of the last record, hexadecimal; of a ledger without
	// records its own beginning.
	Head string
	At   time.Time // of the last record; zero: none
	// Board may be read, and only until the reader returns.
	Board *scoring.Board
	// Knows says whether a mark id is in the ledger, while the board may be read.
	Knows func(mark scoring.ID) bool
}

// reading is how the event stands; the lock is held.
func (p *post) reading(s clerk.Standing) Reading {
	r := Reading{Setup: p.index.Load().Setup, Seq: s.Seq(), Head: s.Hash().String(), Board: s.Board, Knows: s.Knows}
	if at := s.LastAt(); at != nil {
		r.At = *at
	}
	return r
}

// Read shows an event's board to another room. It asks for no permission: the
// room that calls it does, and gives nobody more than he may see. The clerk
// waits meanwhile: be quick, keep nothing of the board, and do not call the
// desk. The error is the reader's own, or Missing for an event that is not there.
func (d *Desk) Read(ctx context.Context, event contest.ID, reader func(Reading) error) error {
	p, err := d.post(ctx, event)
	if err != nil {
		return err
	}
	s, done := p.Look()
	defer done()
	return reader(p.reading(s))
}
