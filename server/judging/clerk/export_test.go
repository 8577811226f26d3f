package clerk

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"jiangtai/scoring"
	"jiangtai/server/ledger"
)

// What tests see from inside.

// Resumed is from how many records of a snapshot the clerk began; 0: it read all.
func (c *Clerk) Resumed() uint64 { return c.survey.from.Load() }

// Snap makes a snapshot however short the ledger is.
func (c *Clerk) Snap(ctx context.Context) error { return c.inspect(ctx, 1) }

// Differs says in what two clerks' memories of one ledger differ; "" in nothing.
func (c *Clerk) Differs(o *Clerk) string {
	x, y := c.book, o.book
	switch {
	case x.seq() != y.seq() || x.hash != y.hash || x.epoch != y.epoch || x.last != y.last:
		return fmt.Sprintf("at %d %s of %d, %d; at %d %s of %d, %d", x.seq(), x.hash, x.epoch, x.last, y.seq(), y.hash, y.epoch, y.last)
	case !slices.Equal(x.sizes, y.sizes) || !maps.Equal(x.notes, y.notes):
		return fmt.Sprintf("heads %v and %v", x.sizes, y.sizes)
	case !slices.Equal(x.refused, y.refused):
		return "refused marks"
	case !reflect.DeepEqual(x.devices, y.devices):
		return "devices"
	case c.board.Told() != o.board.Told():
		return fmt.Sprintf("told %v and %v", c.board.Told(), o.board.Told())
	}
	if seq := x.differs(y, x.seq()); seq > 0 {
		return fmt.Sprintf("record %d", seq)
	}
	for seq := uint64(1); seq <= x.seq(); seq++ {
		if found, ok := x.lines.find(x.lines.mark(seq)); !ok || found != seq {
			return fmt.Sprintf("record %d is found as %d, %v", seq, found, ok)
		}
	}
	if a, err := x.tree.Root(x.seq()); err != nil {
		return err.Error()
	} else if b, err := y.tree.Root(y.seq()); err != nil || a != b {
		return fmt.Sprintf("roots %s and %s, %v", a, b, err)
	}
	for a := range scoring.Audiences {
		if !reflect.DeepEqual(c.board.View(a), o.board.View(a)) {
			return fmt.Sprintf("view %d:\n%+v\n%+v", a, c.board.View(a), o.board.View(a))
		}
	}
	for _, e := range c.board.Entries() {
		if !reflect.DeepEqual(c.board.Working(e), o.board.Working(e)) {
			return fmt.Sprintf("working of %d", e)
		}
	}
	if !reflect.DeepEqual(c.board.LateMarks(), o.board.LateMarks()) {
		return "late marks"
	}
	for chair := range scoring.ChairID(20) {
		if !reflect.DeepEqual(c.board.Marks(chair), o.board.Marks(chair)) {
			return fmt.Sprintf("marks of chair %d", chair)
		}
	}
	return ""
}

// Again is the receipt of a record, as somebody gets it who repeats its mark.
func (c *Clerk) Again(seq uint64) (ledger.Receipt, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.remember(seq); err != nil {
		return ledger.Receipt{}, err
	}
	r, f := c.again(seq)
	if f != nil {
		return r, f
	}
	return r, nil
}

// Old is how many first lines the clerk knows in brief only.
func (c *Clerk) Old() uint64 { return c.book.lines.old }
