package scoring

import (
	"jiangtai/scoring/rank"
	"jiangtai/scoring/tally"
)

// entry is one entry: its sheet and where it stands.
type entry struct {
	tally.Sheet
	id      EntryID
	status  Status
	flags   Flags
	decided int     // the place given by decision inside a tie; 0 none
	team    EntryID // of a member; 0 none
	in      Groups
	recused []ChairID         // whose marks of it do not count, ascending
	firsts  []int             // by the rules' keys; 0 for those that count none
	item    rank.Item[*entry] // where it stands
	was     shown
	stale   bool // was shows other numbers than the entry has
}

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
