package clerk

import (
	"context"
	"errors"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/server/judging/snapshot"
	"jiangtai/server/ledger"
)

var (
	errAhead = errors.New("the ledger has fewer records")
	errEpoch = errors.New("it is of another epoch")
	errPast  = errors.New("its last record is another than the ledger's")
)

// resume makes book and board of the snapshot and of the records since. Without a
// snapshot that agrees with the ledger's head there is no book; the error says why
// there is none, nil that nobody made one.
func (c *Clerk) resume(ctx context.Context, state State) (*book, *scoring.Board, error) {
	if c.cfg.Snapshots == nil || state.Seq == 0 {
		return nil, nil, nil
	}
	s, err := c.cfg.Snapshots.Read(c.cfg.Ledger)
	switch {
	case errors.Is(err, snapshot.ErrNone):
		return nil, nil, nil
	case err != nil:
		return nil, nil, err
	case s.Seq > state.Seq:
		return nil, nil, errAhead
	case s.Epoch != state.Epoch:
		return nil, nil, errEpoch
	}
	b := newBook(c.cfg.Ledger, state.Epoch)
	if err := b.adopt(s); err != nil {
		return nil, nil, err
	}
	board := scoring.NewBoard(c.cfg.Rules())
	if err := recall(board, &b.lines, s.Parts[snapshot.Cells], s.Parts[snapshot.Words], s.Parts[snapshot.Others]); err != nil {
		return nil, nil, fmt.Errorf("the board does not come of it: %w", err)
	}
	board.Recalled(s.Told)
	if err := c.tail(ctx, s, b, board); err != nil {
		return nil, nil, err
	}
	c.survey.from.Store(s.Seq)
	return b, board, nil
}

// tail adds what came since the snapshot, if the ledger has the snapshot's last record.
func (c *Clerk) tail(ctx context.Context, s *snapshot.Snapshot, b *book, board *scoring.Board) error {
	isPast := true
	err := c.cfg.Ledgers.Load(ctx, c.cfg.Ledger, s.Seq-1, func(l Line) error {
		if isPast {
			if l.Seq != s.Seq || l.Hash != s.Hash {
				return errPast
			}
			isPast = false
			return nil
		}
		rec, err := b.read(l)
		if err == nil {
			err = board.Apply(rec, nil)
		}
		return err
	})
	if err == nil && isPast {
		err = errPast
	}
	return err
}

// adopt takes a snapshot's lines into an empty book, and makes what follows from
// them.
func (b *book) adopt(s *snapshot.Snapshot) error {
	p := &s.Parts
	if s.Seq == 0 || s.Seq > uint64(len(p[snapshot.Lines])) || uint64(len(p[snapshot.Lines])) != s.Seq*lineSize || uint64(len(p[snapshot.Chains])) != s.Seq*32 ||
		uint64(len(p[snapshot.Cells])) != s.Seq*cellSize || len(p[snapshot.Senders])%senderSize != 0 {
		return errBrief
	}
	b.tree.Adopt(p[snapshot.Chains])
	if b.hash = b.tree.Chain(s.Seq); b.hash != ledger.Hash(s.Hash) {
		return errBrief
	}
	if !b.lines.adopt(p[snapshot.Lines], p[snapshot.Senders]) {
		return errBrief
	}
	devices := make([]*numbers, len(b.lines.senders))
	for i, from := range b.lines.senders {
		if !from.device.IsZero() {
			devices[i] = b.device(from.device)
		}
	}
	for seq := uint64(1); seq <= s.Seq; seq++ {
		from, number, late := b.lines.sentBy(seq)
		d := devices[from]
		if d == nil {
			continue
		}
		d.set(number, uint32(seq))
		if late {
			d.late++
		}
	}
	b.last = b.lines.at(s.Seq).at
	return nil
}
