package tally

import "jiangtai/scoring/exact"

// Try is one attempt: its rounds, of which the last one open counts.
type Try struct {
	Rounds  [][]Cell
	Open    int // the round that counts or is being marked, from 0
	Done    int
	Out     int // chairs that are recused
	Settled bool
	Blank   bool // not performed
	Value   exact.Num
	Raw     exact.Num
}

// Aspect is one aspect of one entry.
type Aspect struct {
	Tries   []Try
	Mark    exact.Num // after factor and rounding; of a penalty what it takes
	Raw     exact.Num // measured; for keys by time
	Best    exact.Num
	Settled bool
	Ready   bool   // relative: every mark is in; the field may still be waited for
	Blank   bool   // nothing performed: no time, no best
	Void    bool   // attempts that give no result
	Untimed bool   // a time: the attempts give none
	Done    int    // marks in, of the open rounds
	Need    int    // marks wanted
	Voids   string // what a finding here voids
}

// Part is a criterion's or component's value so far.
type Part struct {
	Value   exact.Num // after its rounding
	Exact   exact.Num // before
	Settled bool      // everything required is in
}

// Criterion is a criterion's part with what it is summed from, so that one
// aspect's change costs one aspect.
type Criterion struct {
	Part
	sum  exact.Num // of the aspects that add
	off  exact.Num // of those that are subtracted here
	open int       // aspects that keep it from being settled
}

// Sheet is one entry's marks and what they come to.
type Sheet struct {
	Aspects    []Aspect
	Criteria   []Criterion
	Components []Part
	Voided     []bool // aspects, then criteria, then components, then all; nil when nothing can be
	Exact      exact.Num
	Total      exact.Num // rounded
	Open       int       // required aspects that are not settled
	Done       int       // required marks in
	Need       int
	Blank      bool      // everything is in and there is no result
	Team       bool      // a team's: its parts are those that teams are marked in
	Short      bool      // a team's: too few members have a total
	Members    exact.Num // a team's: what its members make together
}

// Complete says whether everything required is in and makes a result.
func (e *Sheet) Complete() bool { return e.Open == 0 && !e.Blank && !e.Short }

// Field is what a relative aspect needs to know of all entries (全场): the best of
// them, once none is waited for.
type Field struct {
	Known bool
	Any   bool // somebody of the field has a value
	Best  exact.Num
}

// Equal says whether two fields make the same marks.
func (f Field) Equal(o Field) bool {
	return f.Known == o.Known && f.Any == o.Any && f.Best.Equal(o.Best)
}
