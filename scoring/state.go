package scoring

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/rank"
)

// cell is the current mark of one place: chair, attempt and round of an aspect.
// The zero cell is empty.
type cell struct {
	mark  ID
	seq   uint64
	value string
	num   exact.Num
	chair ChairID // who gave it; of an Absent the chair that is missing
	kind  Kind    // NoKind when empty; Mark, NotPerformed or Absent
}

// try is one attempt: its rounds, of which the last one open counts.
type try struct {
	rounds  [][]cell
	open    int // the round that counts or is being marked, from 0
	done    int
	settled bool
	blank   bool // not performed
	value   exact.Num
	raw     exact.Num
}

// aspectState is one aspect of one entry.
type aspectState struct {
	tries   []try
	mark    exact.Num // after factor and rounding; of a penalty what it takes
	raw     exact.Num // measured; for keys by time
	best    exact.Num
	settled bool
	ready   bool   // relative: every mark is in; the field may still be waited for
	blank   bool   // nothing performed: no time, no best
	void    bool   // attempts that give no result
	untimed bool   // a time: the attempts give none
	done    int    // marks in, of the open rounds
	need    int    // marks wanted
	voids   string // what a finding here voids
}

// part is a criterion's or component's value so far.
type part struct {
	value   exact.Num // after its rounding
	exact   exact.Num // before
	settled bool      // everything required is in
}

// crit is a criterion's part with what it is summed from, so that one aspect's
// change costs one aspect.
type crit struct {
	part
	sum  exact.Num // of the aspects that add
	off  exact.Num // of those that are subtracted here
	open int       // aspects that keep it from being settled
}

// entry is one entry's marks and what follows from them.
type entry struct {
	id      EntryID
	status  Status
	flags   Flags
	decided int // the place given by decision inside a tie; 0 none
	aspects []aspectState
	crits   []crit
	comps   []part
	voided  []bool // aspects, then criteria, then components, then all; nil when nothing can be
	exact   exact.Num
	total   exact.Num // rounded
	open    int       // required aspects that are not settled
	done    int       // required marks in
	need    int
	blank   bool  // everything is in and there is no result
	firsts  []int // by the rules' keys; 0 for those that count none
	place   rank.Place
	was     shown
	stale   bool // was shows other numbers than the entry has
}

func (e *entry) complete() bool { return e.open == 0 && !e.blank }

// competing says whether the entry's marks are waited for and count.
func (e *entry) competing() bool { return e.status == Competing }

// rankable says whether the entry may have a rank once it is complete.
func (e *entry) rankable() bool { return e.status == Competing && e.flags&Ranked != 0 }

type finishKey struct {
	chair     ChairID
	entry     EntryID
	criterion int
}

// lateMark is a record of kind Late that waits for a decision.
type lateMark struct {
	record  Record
	counted bool
}
