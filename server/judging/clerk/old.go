package clerk

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"

	"jiangtai/server/ledger"
)

// recent is how many of a ledger's last lines a start and a survey leave in memory
// with all that a repeated mark wants: what may have been on its way when the program
// died is among them. Of older ones the rest is read again when somebody asks.
const recent = 128

// before is how many lines of so many are old.
func before(n uint64) uint64 { return n - min(n, recent) }

// remember reads what was forgotten of old lines, if record seq is one of them. The
// lock is held.
func (c *Clerk) remember(seq uint64) error {
	b := c.book
	if seq > b.lines.old {
		return nil
	}
	var tree ledger.Tree
	var rest lines
	err := c.cfg.Ledgers.Load(context.Background(), c.cfg.Ledger, 0, func(l Line) error {
		if l.Seq > b.lines.old {
			return errEnough
		}
		rec, err := b.reader.Parse(l.Body)
		if err != nil || l.Seq != tree.Size()+1 || rec.MarkID != b.lines.mark(l.Seq) {
			return errors.Join(errTampered, err)
		}
		tree.Add(l.Hash)
		rest.addRest(l.Seq, rec.At, l.Payload)
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return fmt.Errorf("ledger %s: read old records again: %w", c.cfg.Ledger, err)
	}
	if tree.Size() != b.lines.old {
		return fmt.Errorf("ledger %s: read old records again: %w", c.cfg.Ledger, errTampered)
	}
	for seq := b.lines.old + 1; seq <= b.tree.Size(); seq++ {
		tree.Add(b.tree.Chain(seq))
	}
	was, err := b.tree.Root(b.tree.Size())
	now, nowErr := tree.Root(tree.Size())
	if err = errors.Join(err, nowErr); err == nil && was != now {
		err = errTampered
	}
	if err != nil {
		return fmt.Errorf("ledger %s: read old records again: %w", c.cfg.Ledger, err)
	}
	for seq := b.lines.old + 1; seq <= b.lines.n; seq++ {
		x := b.lines.at(seq)
		rest.addRest(seq, x.at, x.payload)
	}
	b.tree, b.lines.old, b.lines.rest, b.digests = tree, 0, rest.rest, ledger.Hash{}
	return nil
}

// forget makes the first lines old. The tree is one of the same records that knows
// them in brief.
func (b *book) forget(tree ledger.Tree, digests ledger.Hash) {
	old := tree.Base()
	var kept lines
	for seq := old + 1; seq <= b.lines.n; seq++ {
		x := b.lines.at(seq)
		kept.addRest(seq-old, x.at, x.payload)
	}
	for seq := tree.Size() + 1; seq <= b.tree.Size(); seq++ {
		tree.Add(b.tree.Chain(seq))
	}
	b.tree, b.lines.old, b.lines.rest, b.digests = tree, old, kept.rest, digests
}

// chainAt is the chain hash of a record, which is read again if it is old.
func (c *Clerk) chainAt(ctx context.Context, b *book, seq uint64) (h ledger.Hash, err error) {
	if seq > b.lines.old {
		return b.tree.Chain(seq), nil
	}
	err = c.cfg.Ledgers.Load(ctx, c.cfg.Ledger, seq-1, func(l Line) error {
		h = l.Hash
		return errEnough
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return h, err
}

// digester makes what stands for the digests of a ledger's first lines.
type digester struct{ hash.Hash }

func newDigester() digester { return digester{sha256.New()} }

func (d digester) add(l Line) { _, _ = d.Write(l.Payload[:]) }

func (d digester) sum() (h ledger.Hash) {
	d.Sum(h[:0])
	return h
}
