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
	for a := range c.Rows {
		if len(c.Rows[a]) > 0 {
			c.Rows[a] = c.Rows[a][:0]
		}
		if len(c.Gone[a]) > 0 {
			c.Gone[a] = c.Gone[a][:0]
		}
	}
}

// Room is where an audience's rows, and those who leave it, can be put down. Of no
// change it is none.
func (c *Change) Room(a Audience) ([]Row, []record.EntryID) {
	if c == nil {
		return nil, nil
	}
	return c.rows[a][:0], c.gone[a][:0]
}

// More is rows and one more. Its Parts and In are empty, with the room of an earlier
// row's; what else stands in it is that row's, and the caller writes all of it anew.
func More(rows []Row) []Row {
	n := len(rows)
	if n == cap(rows) {
		return append(rows, Row{})
	}
	rows = rows[:n+1]
	r := &rows[n]
	r.Parts, r.In = r.Parts[:0], r.In[:0]
	return rows
}

// Tell gives audiences that see the same what was put down in the room of the first.
func (c *Change) Tell(who []Audience, rows []Row, gone []record.EntryID) {
	if c == nil {
		return
	}
	c.rows[who[0]], c.gone[who[0]] = rows, gone
	for _, a := range who {
		c.Rows[a], c.Gone[a] = rows, gone
	}
}
