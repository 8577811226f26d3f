package report

import "jiangtai/scoring/record"

// Change says what one record changed, per audience. The caller owns it and may
// use it again: Apply overwrites it, rows, their parts and all. Audiences that
// see the same may share one slice.
type Change struct {
	Seq     uint64
	N       [Audiences]uint64 // the audience's number after the record
	Touched [Audiences]bool   // its view changed, n was raised
	Reset   [Audiences]bool   // it changed as a whole: send a snapshot
	Rows    [Audiences][]Row  // rows that are now so
	Gone    [Audiences][]record.EntryID

	rows [Audiences][]Row // what Rows stand in; never shared
	gone [Audiences][]record.EntryID
}

// Clear begins the change of a record.
func (c *Change) Clear(seq uint64) {
	c.Seq = seq
	c.Touched, c.Reset = [Audiences]bool{}, [Audiences]bool{}
	for a := range c.rows {
		c.rows[a], c.gone[a] = c.rows[a][:0], c.gone[a][:0]
	}
	c.Rows, c.Gone = c.rows, c.gone
}

// Next is the place of one more row of an audience. Its Parts and In are empty,
// with the room of an earlier row's.
func (c *Change) Next(a Audience) *Row {
	n := len(c.rows[a])
	if n < cap(c.rows[a]) {
		c.rows[a] = c.rows[a][:n+1]
	} else {
		c.rows[a] = append(c.rows[a], Row{})
	}
	c.Rows[a] = c.rows[a]
	r := &c.rows[a][n]
	*r = Row{Parts: r.Parts[:0], In: r.In[:0]}
	return r
}

// Leave says that an audience no longer sees an entry.
func (c *Change) Leave(a Audience, id record.EntryID) {
	c.gone[a] = append(c.gone[a], id)
	c.Gone[a] = c.gone[a]
}

// Share gives an audience the rows of another, which sees the same.
func (c *Change) Share(a, from Audience) { c.Rows[a], c.Gone[a] = c.Rows[from], c.Gone[from] }
