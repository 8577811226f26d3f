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
	counts  bool     // by its status its marks are counted, see become
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

// Belongs is what an entry belongs to: a member's team, 0 for none, and the numbers
// of its groups. Of an unknown entry it is nothing.
func (b *Board) Belongs(id EntryID) (team EntryID, in Groups) {
	if e := b.entries[id]; e != nil {
		return e.ofID(), e.in
	}
	return 0, Groups{}
}

// become gives the entry a status. Whether its marks are counted is asked several
// times with every one of them.
func (e *entry) become(s Status) { e.status, e.counts = s, s == Competing || s == OutOfContest }

// counted says whether the entry's marks are waited for and count.
func (e *entry) counted() bool { return e.counts }

// competing says whether the entry is one of those that are ranked by their marks.
func (e *entry) competing() bool { return e.counts && e.status == Competing }

// rankable says whether the entry may have a rank once it is complete.
func (e *entry) rankable() bool { return e.flags&Ranked != 0 && e.competing() }

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
