package tally

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
)

// Cell is the current mark of one place: chair, attempt and round of an aspect.
// The zero Cell is empty. What computing reads lies in it, so that a million of
// them are little memory to walk through; the rest lies beside.
type Cell struct {
	hundredths int64
	source     *Source
	Chair      record.ChairID // who gave it; of an Absent the chair that is missing
	Kind       record.Kind    // NoKind when empty; Mark, NotPerformed or Absent
	Out        bool           // its chair is recused: it is neither wanted nor counted
	long       bool           // the number is no small hundredth: it lies beside
}

// Source is where a mark came from and what it said.
type Source struct {
	mark record.ID
	seq  uint64
	said *Said // nil: nothing
}

// Said is a value as it was put in and what it comes to; marks that say the same
// share it.
type Said struct {
	Value string
	Num   exact.Num
}

// Bare says that the cell has had no mark yet, and wants room for what lies beside.
func (c *Cell) Bare() bool { return c.source == nil }

// Put makes it another mark, without a value; only whether its chair is recused
// stays. A bare cell is given room, which is its own from now on.
func (c *Cell) Put(k record.Kind, chair record.ChairID, mark record.ID, seq uint64, room *Source) {
	if c.source == nil {
		c.source = room
	}
	c.Chair, c.Kind, c.hundredths, c.long = chair, k, 0, false
	c.source.mark, c.source.seq, c.source.said = mark, seq, nil
}

// Give says the mark's value and what it comes to, which nobody changes any more.
func (c *Cell) Give(said *Said) {
	n, ok := said.Num.Over100()
	if c.source.said, c.long = said, !ok || n > small || n < -small; !c.long {
		c.hundredths = n
	}
}

// small is what a panel's marks can be added up of without overflow.
const small = 1 << 56

// Empty takes the mark away; only whether its chair is recused stays.
func (c *Cell) Empty() { c.Chair, c.Kind, c.hundredths, c.long = 0, record.NoKind, 0, false }

// Said says whether a chair said something that its panel counts: a mark, or that
// nothing was performed.
func (c *Cell) Said() bool { return c.Kind == record.Mark || c.Kind == record.NotPerformed }

// Num is what the mark comes to, 0 where there is none.
func (c *Cell) Num() exact.Num {
	if c.long {
		return c.source.said.Num
	}
	return exact.Hundredths(c.hundredths, 1)
}

// Mark is the mark's id, zero where there is none.
func (c *Cell) Mark() record.ID { return c.beside().mark }

// Seq is the record that it came by, 0 where there is none.
func (c *Cell) Seq() uint64 { return c.beside().seq }

// Value is what was put in, "" where there is none.
func (c *Cell) Value() string {
	if said := c.beside().said; said != nil {
		return said.Value
	}
	return ""
}

var silence Source

func (c *Cell) beside() *Source {
	if c.Kind == record.NoKind {
		return &silence
	}
	return c.source
}
