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
	mark  record.ID
	seq   uint64
	value string
	num   exact.Num
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
	c.source.mark, c.source.seq, c.source.value = mark, seq, ""
}

// Give says the mark's value and what it comes to.
func (c *Cell) Give(value string, num exact.Num) {
	n, ok := num.Over100()
	if c.source.value, c.long = value, !ok || n > small || n < -small; c.long {
		c.source.num = num
		return
	}
	c.hundredths = n
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
		return c.source.num
	}
	return exact.Hundredths(c.hundredths, 1)
}

// Mark is the mark's id, zero where there is none.
func (c *Cell) Mark() record.ID { return c.beside().mark }

// Seq is the record that it came by, 0 where there is none.
func (c *Cell) Seq() uint64 { return c.beside().seq }

// Value is what was put in, "" where there is none.
func (c *Cell) Value() string { return c.beside().value }

var silence Source

func (c *Cell) beside() *Source {
	if c.Kind == record.NoKind {
		return &silence
	}
	return c.source
}
