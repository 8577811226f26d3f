package scoring

// What a mark runs through stands here and in mark_row and mark_tell: code lies in the
// order of files, and so a mark's way does not drive itself out of a small cache.

import (
	"fmt"

	"jiangtai/scoring/tally"
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
	if !b.owes {
		b.uncount(e)
		b.tally.Refresh(&e.Sheet, i)
		b.recount(e)
	}
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

// fix puts an entry that has changed where it now belongs, in all its lists, and
// notes it.
func (b *Board) fix(e *entry) {
	b.stand(e)
	was := e.item.Place
	if b.moved = b.lists[e.side()].Fix(&e.item, b.moved); was == e.item.Place {
		b.moved = append(b.moved, e)
	}
	if e.within == nil {
		return
	}
	for at := range e.within {
		if item := &e.within[at]; item.Pos > 0 {
			item.Class, item.Key = e.item.Class, e.item.Key
			b.moved = b.within[e.side()][at][e.in[at]].Fix(item, b.moved)
		}
	}
}

// stand writes what the list orders an entry by: those with a rank by total and
// keys, the incomplete, those without a rank by status; within each by ordinal.
func (b *Board) stand(e *entry) {
	e.item.Class = b.class(e)
	key, ok := e.Total.Scaled(b.rules.Total.Places)
	if !ok { // too great for the key: better compares the totals
		key = int64(e.Total.Sign()) * beyond
	}
	if !b.rules.Ascending {
		key = -key
	}
	e.item.Key = key
}

func (b *Board) class(e *entry) int {
	switch {
	case !e.competing():
		return 3
	case e.flags&Ranked == 0:
		return 2
	case b.byPoints() || e.Complete():
		return 0
	}
	return 1
}

// byPoints says whether incomplete entries are ordered by what they have. A
// published result never ranks one.
func (b *Board) byPoints() bool { return b.rules.ByPoints && b.phase != Official }

// tie is better of two with equal keys, whose totals are equal where keys hold them.
func (b *Board) tie(x, y *entry) int {
	if k := x.item.Key; k == beyond || k == -beyond {
		return b.better(x, y)
	}
	if len(b.keys(x)) == 0 && !b.rules.Decides {
		return 0
	}
	return b.breakTie(x, y)
}
