package clerk

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"jiangtai/scoring"
	"jiangtai/server/judging/brief"
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
	text := brief.Brief{Cells: s.Parts[snapshot.Cells], Words: s.Parts[snapshot.Words], Others: s.Parts[snapshot.Others]}
	if err := text.Recall(board, s.Seq, b.lines.mark); err != nil {
		return nil, nil, fmt.Errorf("the board does not come of it: %w", err)
	}
	board.Recalled(s.Told)
	if err := c.tail(ctx, s, state, b, board); err != nil {
		return nil, nil, err
	}
	c.survey.from.Store(s.Seq)
	return b, board, nil
}

// tail adds what came since the snapshot, if the ledger has the snapshot's last record.
func (c *Clerk) tail(ctx context.Context, s *snapshot.Snapshot, state State, b *book, board *scoring.Board) error {
	if state.Seq == s.Seq && state.Hash == s.Hash {
		return nil // there is none
	}
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
	if s.Seq == 0 || s.Seq > uint64(len(p[snapshot.Lines])) || uint64(len(p[snapshot.Lines])) != s.Seq*lineSize || len(p[snapshot.Senders])%senderSize != 0 {
		return brief.ErrParts
	}
	if !b.lines.adopt(p[snapshot.Lines], p[snapshot.Senders]) || !b.adoptRecent(s.Seq, p[snapshot.Recent], p[snapshot.Peaks]) ||
		b.hash != ledger.Hash(s.Hash) {
		return brief.ErrParts
	}
	b.digests = s.Digests
	for seq := uint64(1); seq <= b.seq(); seq++ {
		from, number, late := b.lines.sentBy(seq)
		b.count(from, number, seq, late)
	}
	return nil
}

// recentSize is what a snapshot has of a recent record beside its line: digest, time
// and chain hash.
const recentSize = restSize + 32

// adoptRecent takes what is known of the last lines, and the tree.
func (b *book) adoptRecent(n uint64, raw, peaks []byte) (ok bool) {
	old := before(n)
	if uint64(len(raw)) != (n-old)*recentSize || len(peaks)%32 != 0 {
		return false
	}
	list := make([]ledger.Hash, 0, len(peaks)/32)
	for ; len(peaks) > 0; peaks = peaks[32:] {
		list = append(list, ledger.Hash(peaks[:32]))
	}
	if b.tree, ok = ledger.TreeOf(old, list); !ok {
		return false
	}
	b.lines.old = old
	for seq := uint64(1); len(raw) > 0; seq, raw = seq+1, raw[recentSize:] {
		b.last = int64(binary.LittleEndian.Uint64(raw[16:]))
		b.hash = ledger.Hash(raw[restSize:recentSize])
		b.lines.addRest(seq, b.last, [16]byte(raw))
		b.tree.Add(b.hash)
	}
	return true
}

// recents are the lines that are not old, as adoptRecent takes them.
func (b *book) recents() []byte {
	out := make([]byte, 0, (b.seq()-b.lines.old)*recentSize)
	for seq := b.lines.old + 1; seq <= b.seq(); seq++ {
		chain := b.tree.Chain(seq)
		out = append(append(out, b.lines.restOf(seq-b.lines.old)...), chain[:]...)
	}
	return out
}
