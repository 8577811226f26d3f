package scoring

import (
	"jiangtai/scoring/rank"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally"
)

// entry is one entry: its sheet and where it stands.
type entry struct {
	tally.Sheet
	id      EntryID
	status  Status
	flags   Flags
	decided int      // the place given by decision, see Decide; 0 none
	of      *entry   // a member's team; nil none
	members []*entry // a team's, by ordinal
	making  []*entry // those of them that make its total
	in      Groups
	within  *groupItems       // where it stands in its groups; nil: it was never in one
	recused []ChairID         // whose marks of it do not count, ascending
	firsts  []int             // by the rules' keys; 0 for those that count none
	item    rank.Item[*entry] // where it stands
	was     shown
	tries   tally.Room[tally.Try] // what is walked through together lies together
	rounds  tally.Room[[]tally.Cell]
	cells   tally.Room[tally.Cell]
	stale   bool // was shows other numbers than the entry has
}

// groupItems are an entry's items by grouping.
type groupItems [len(Groups{})]rank.Item[*entry]

// marked says whether the aspect is one that the entry is marked in: persons in
// theirs, teams in theirs.
func (e *entry) marked(a *rules.Aspect) bool { return a.OfTeam == e.Team }

// ofID is a member's team; 0 none.
func (e *entry) ofID() EntryID {
	if e.of == nil {
		return 0
	}
	return e.of.id
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
