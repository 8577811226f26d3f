package scoring

import (
	"errors"
	"fmt"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/lens"
	"jiangtai/scoring/rank"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/session"
	"jiangtai/scoring/tally"
)

// Board is the state of one event: the fold of its ledger's records. It is not
// safe for concurrent use; one clerk owns it.
type Board struct {
	set      RuleSet
	rules    *Rules // nil until a version is adopted
	version  uint16
	seq      uint64
	phase    Phase
	frozen   bool
	unsealed bool
	release  Release

	tally    tally.Counter
	chairs   map[ChairID]string // panel by chair
	entries  map[EntryID]*entry
	near     rank.Near[*entry]     // entries, for every mark asks
	ids      []EntryID             // ascending
	lists    [2]*rank.List[*entry] // persons, teams
	within   [2][len(Groups{})]map[uint16]*rank.List[*entry]
	late     map[ID]*lateMark
	finished map[finishKey]bool
	sessions session.Table
	sits     map[ChairID][]Sitting
	done     int
	need     int

	n     [Audiences]uint64
	seen  [Audiences]lens.Look
	leads []lens.Lead
	ice   Standings // the public view while frozen
	moved []*entry  // buffers of one Apply
	news  []news

	owes   bool // what was recalled is not computed
	read   tally.Values
	texts  *exact.Texts
	source tally.Room[tally.Source]
}

// NewBoard is an empty board: no rules, no entries, phase Waiting.
func NewBoard(rs RuleSet) *Board {
	b := &Board{
		set: rs, phase: Waiting, release: Live, chairs: map[ChairID]string{}, entries: map[EntryID]*entry{},
		late: map[ID]*lateMark{}, finished: map[finishKey]bool{}, sits: map[ChairID][]Sitting{},
		texts: &exact.Texts{},
	}
	b.seen = b.looks()
	b.leads = lens.Leads(&b.seen, &[Audiences]bool{})
	b.lists = [2]*rank.List[*entry]{rank.New(b.tie), rank.New(b.tie)}
	return b
}

// Rebuild folds records, which stand in order from seq 1, into a new board.
func Rebuild(rs RuleSet, recs []Record) (*Board, error) {
	b := NewBoard(rs)
	for i := range recs {
		if err := b.Apply(recs[i], nil); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// Seq is the last record's number, 0 for an empty board.
func (b *Board) Seq() uint64 { return b.seq }

// Phase is the state of the result.
func (b *Board) Phase() Phase { return b.phase }

// Version is the scheme version in force, 0 before the first.
func (b *Board) Version() uint16 { return b.version }

// Rules are the rules in force, nil before the first.
func (b *Board) Rules() *Rules { return b.rules }

// Frozen says whether public views stand still.
func (b *Board) Frozen() bool { return b.frozen }

// Sealed says whether some seat or coded module is still sealed.
func (b *Board) Sealed() bool { return b.rules != nil && b.rules.Sealing() && !b.unsealed }

// Policy is the release policy as it was set, before sealing and freezing.
func (b *Board) Policy() Release { return b.release }

// Entries are the admitted entries, ascending.
func (b *Board) Entries() []EntryID { return append([]EntryID(nil), b.ids...) }

// Status is an entry's status; "" when it is not admitted.
func (b *Board) Status(id EntryID) Status {
	if e := b.entries[id]; e != nil {
		return e.status
	}
	return ""
}

// Flags are what an entry takes part in; none when it is not admitted.
func (b *Board) Flags(id EntryID) Flags {
	if e := b.entries[id]; e != nil {
		return e.flags
	}
	return 0
}

var (
	errOrder  = errors.New("scoring: record out of order")
	errRecord = errors.New("scoring: record does not fit the board")
)

// Apply folds the next record. into may be nil, as at a restart; the board is
// the same either way. The error says that the ledger and this board do not
// belong together: seq is not Seq()+1, or the record names what is not there.
// A record that Check accepted never fails. After an error the board is of no
// use.
func (b *Board) Apply(r Record, into *Change) error {
	if r.Seq != b.seq+1 {
		return fmt.Errorf("%w: %d after %d", errOrder, r.Seq, b.seq)
	}
	if into != nil {
		into.Clear(r.Seq)
	}
	b.seq = r.Seq
	before := b.counts()
	b.moved = b.moved[:0]
	whole, ok := b.fold(&r)
	if !ok {
		return fmt.Errorf("%w: seq %d kind %d", errRecord, r.Seq, r.Kind)
	}
	b.tell(before, whole, r.Kind, into)
	return nil
}

// fold changes the state. whole says that rows may have changed beyond those
// in b.moved.
func (b *Board) fold(r *Record) (whole, ok bool) {
	if b.rules == nil && r.Kind != Adopt {
		return false, false
	}
	switch r.Kind {
	case Mark, NotPerformed, Absent, Withdraw, Finish:
		return false, b.foldMark(&r.Command, r.Seq)
	case Late:
		b.late[r.MarkID] = &lateMark{record: *r}
		return false, true
	case Count:
		return false, b.foldCount(r)
	case Adopt:
		return true, b.foldAdopt(r)
	case Seat:
		return true, b.foldSeat(r)
	case Admit:
		return true, b.foldAdmit(r)
	case SetState, Decide:
		return false, b.foldEntry(r)
	case Belong:
		return false, b.foldBelong(r)
	case Recuse:
		return false, b.foldRecuse(r)
	case Clock:
		return false, b.sessions.Fold(r)
	case Sit:
		b.sits[r.Chair] = append(b.sits[r.Chair], Sitting{Seq: r.Seq, At: r.At, Mark: r.MarkID})
		return false, true
	}
	return b.foldAct(r)
}

func (b *Board) foldAct(r *Record) (whole, ok bool) {
	switch r.Kind {
	case Open, Reopen:
		b.phase = Running
	case Lock:
		b.phase = Provisional
	case Publish:
		b.phase, b.frozen = Official, false
	case Freeze:
		b.frozen = true
	case Unfreeze:
		b.frozen = false
	case Unseal:
		b.unsealed = true
	case SetRule:
		b.release = Release(r.Value)
	default:
		return false, false
	}
	if b.rules.ByPoints {
		b.reckonField()
		b.sort() // a published result never ranks the incomplete
	}
	return false, true
}

func (b *Board) foldCount(r *Record) bool {
	l := b.late[r.Supersedes]
	if l == nil || l.counted {
		return false
	}
	l.counted = true
	c := l.record.Command
	if c.Of == Clock {
		return b.sessions.Fold(&Record{Command: c, Seq: r.Seq, At: l.record.At})
	}
	c.Kind = c.Of
	if c.Kind == Withdraw {
		c.Supersedes = ID{}
	}
	return b.foldMark(&c, r.Seq)
}

func (b *Board) foldMark(c *Command, seq uint64) bool {
	e := b.near.Find(uint32(c.Entry))
	if e == nil {
		return false
	}
	if c.Kind == Finish {
		i, ok := b.rules.ModuleAt[c.Aspect]
		b.finished[finishKey{c.Chair, c.Entry, i}] = true
		return ok
	}
	i, ok := b.rules.Find(c.Aspect)
	if !ok || !e.marked(&b.rules.Aspects[i]) {
		return false
	}
	slot, ok := b.tally.Slot(&b.rules.Aspects[i], c.Chair)
	if !ok || !b.putMark(e, i, slot, c, seq) {
		return false
	}
	if b.owes {
		return true
	}
	b.uncount(e)
	b.tally.Refresh(&e.Sheet, i)
	b.recount(e)
	return true
}

func (b *Board) putMark(e *entry, i, slot int, c *Command, seq uint64) bool {
	a := &b.rules.Aspects[i]
	at, round := int(max(c.Attempt, 1))-1, int(max(c.Round, 1))-1
	if at >= a.Tries {
		return false
	}
	s := &e.Aspects[i]
	if s.Tries == nil {
		s.Tries = e.tries.Take(a.Tries, len(b.rules.Aspects))
	}
	t := &s.Tries[at]
	if round > len(t.Rounds) {
		return false
	}
	if round == len(t.Rounds) {
		b.openRound(e, a, t)
	}
	to := &t.Rounds[round][slot]
	to.Empty()
	if c.Kind == Withdraw {
		delete(b.finished, finishKey{c.Chair, c.Entry, a.Module})
	} else if !b.say(to, i, c, seq) {
		return false
	}
	if !b.owes {
		b.tally.SettleTry(a, t)
	}
	return true
}

// say puts a mark into a cell.
func (b *Board) say(to *tally.Cell, aspect int, c *Command, seq uint64) bool {
	var room *tally.Source
	if to.Bare() {
		room = &b.source.Take(1, tally.Chunk)[0]
	}
	to.Put(c.Kind, c.Chair, c.MarkID, seq, room)
	if c.Kind != Mark {
		return true
	}
	said, ok := b.read.Read(b.rules, aspect, c.Value)
	if ok {
		to.Give(said)
	}
	return ok
}

// openRound makes an attempt's next round, in which recused chairs have no part.
func (b *Board) openRound(e *entry, a *rules.Aspect, t *tally.Try) {
	if t.Rounds == nil {
		t.Rounds = e.rounds.Take(1, len(b.rules.Aspects))[:0]
	}
	cells := e.cells.Take(b.tally.Width(a), len(b.rules.Aspects)*len(b.chairs))
	for _, chair := range e.recused {
		b.leaveOut(a, cells, chair)
	}
	t.Rounds = append(t.Rounds, cells)
}

// uncount and recount stand around a change of an entry, and keep counts and
// order.
func (b *Board) uncount(e *entry) {
	if e.counted() {
		b.done, b.need = b.done-e.Done, b.need-e.Need
	}
}

func (b *Board) recount(e *entry) {
	if e.counted() {
		b.done, b.need = b.done+e.Done, b.need+e.Need
	}
	e.stale = true
	if len(b.rules.Relatives)+len(b.rules.Keys) > 0 && b.reckonField() {
		b.sort()
		return
	}
	b.fix(e)
	if e.of != nil {
		b.regather(e.of)
	}
}
