package scoring

import (
	"slices"

	"jiangtai/scoring/door"

	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally"
)

// foldRecuse leaves a chair's marks for an entry out (回避).
func (b *Board) foldRecuse(r *Record) bool {
	e := b.entries[r.Entry]
	if e == nil || r.Chair == 0 {
		return false
	}
	at, found := slices.BinarySearch(e.recused, r.Chair)
	if found {
		return false
	}
	e.recused = slices.Insert(e.recused, at, r.Chair)
	b.uncount(e)
	b.recuse(e)
	b.tally.RefreshAll(&e.Sheet)
	b.recount(e)
	return true
}

// recuse takes the recused chairs out of all rounds of an entry. The first round
// of everything that they have a part in is opened for it, so that nobody waits
// for them.
func (b *Board) recuse(e *entry) {
	for _, chair := range e.recused {
		at := b.panelAt(chair)
		for i := range b.rules.Aspects {
			a, s := &b.rules.Aspects[i], &e.Aspects[i]
			if at < 0 || a.Panel != at || !a.Each || !e.marked(a) {
				continue
			}
			if s.Tries == nil {
				s.Tries = e.tries.Take(a.Tries, len(b.rules.Aspects))
			}
			for j := range s.Tries {
				t := &s.Tries[j]
				if len(t.Rounds) == 0 {
					b.openRound(e, a, t)
				}
				for _, cells := range t.Rounds {
					b.leaveOut(a, cells, chair)
				}
				b.tally.SettleTry(a, t)
			}
		}
	}
}

// leaveOut takes a chair out of a round.
func (b *Board) leaveOut(a *rules.Aspect, cells []tally.Cell, chair ChairID) {
	if slot, ok := b.tally.Slot(a, chair); ok && a.Each {
		cells[slot].Out = true
	}
}

// panelAt is the place of a chair's panel, -1 when it has none.
func (b *Board) panelAt(chair ChairID) int {
	if at, ok := b.rules.PanelAt[b.chairs[chair]]; ok {
		return at
	}
	return -1
}

// isRecused says whether a chair's marks for the entry do not count.
func (e *entry) isRecused(chair ChairID) bool {
	if len(e.recused) == 0 {
		return false
	}
	_, found := slices.BinarySearch(e.recused, chair)
	return found
}

// checkRecuse asks that everything the chair has a part in can do without it.
func (b *Board) checkRecuse(c *Command, e *entry) *Refusal {
	at := b.panelAt(c.Chair)
	switch {
	case b.phase == Waiting:
		return door.Refuse(NotOpen, "judging.not_open", "", "")
	case b.Sealed():
		return door.Refuse(Rule, "judging.sealed", "", string(b.phase))
	case at < 0:
		return door.Refuse(NotFound, "judging.no_such_chair", "/chair", "")
	case c.Second.IsZero() || c.Second == c.Actor:
		return door.Refuse(Rule, "judging.second_missing", "/second", "")
	case c.TextHash == [32]byte{}:
		return door.Refuse(Malformed, "judging.reason", "/text", "")
	case e.isRecused(c.Chair):
		return door.Refuse(Rule, "judging.recused", "/chair", "")
	}
	for i := range b.rules.Aspects {
		if a := &b.rules.Aspects[i]; a.Panel == at && e.marked(a) && !b.reading(e).DoesWithout(i, c.Chair) {
			return door.Refuse(Rule, "judging.recusal_leaves_too_few", "/chair", a.Code)
		}
	}
	return nil
}

// Recused says whether a chair's marks for an entry are left out.
func (b *Board) Recused(chair ChairID, id EntryID) bool {
	e := b.entries[id]
	return e != nil && e.isRecused(chair)
}
