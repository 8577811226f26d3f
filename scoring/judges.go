package scoring

import (
	"slices"

	"jiangtai/scoring/rules"
	"jiangtai/scoring/stats"
	"jiangtai/scoring/tally"
)

// Rounds are the rounds that count of every aspect which each chair of a panel
// marks, as package stats reads them: of entries that compete or are marked
// out of contest. Measured values are compared by the marks they give; of
// relative and timed aspects there are none to compare.
func (b *Board) Rounds() []stats.Round {
	var list []stats.Round
	b.eachTry(func(e *entry, a *rules.Aspect, at int, t *tally.Try) {
		if !t.Settled || a.Lowest || a.Relative >= 0 || !e.counted() {
			return
		}
		r := stats.Round{Entry: e.id, Aspect: a.Src.ID, Attempt: uint8(at + 1), Panel: b.rules.PanelList[a.Panel].ID}
		if a.Src.Max != nil {
			r.Max = *a.Src.Max
		}
		for slot := range t.Rounds[t.Open] {
			if c := &t.Rounds[t.Open][slot]; c.Kind == Mark && !c.Out {
				chair := b.tally.Seats[a.Panel][slot]
				r.Marks = append(r.Marks, stats.Mark{Chair: chair, Sitting: b.sitting(chair, c.Seq()), Value: c.Num()})
			}
		}
		list = append(list, r)
	})
	return list
}

// OpenSpreads are the panels that do not agree now, by entry, aspect and attempt: those
// whose last whole round was too wide while the next is not whole, and those
// whose marks so far already are.
func (b *Board) OpenSpreads() []OpenSpread {
	var list []OpenSpread
	b.eachTry(func(e *entry, a *rules.Aspect, at int, t *tally.Try) {
		if s, wide := b.reading(e).Spread(a, at, t); wide && e.counted() {
			list = append(list, s)
		}
	})
	return list
}

// eachTry visits every attempt of what chairs mark each by itself.
func (b *Board) eachTry(visit func(*entry, *rules.Aspect, int, *tally.Try)) {
	for _, id := range b.ids {
		e := b.entries[id]
		for i := range e.Aspects {
			a := &b.rules.Aspects[i]
			for at := range e.Aspects[i].Tries {
				if t := &e.Aspects[i].Tries[at]; a.Each && len(t.Rounds) > 0 {
					visit(e, a, at, t)
				}
			}
		}
	}
}

// Sessions are the clocks that something was recorded of, by entry and criterion.
func (b *Board) Sessions() []Session { return b.sessions.List() }

// Session is the clock of an entry in a criterion; a waiting one where nothing was
// recorded.
func (b *Board) Session(entry EntryID, criterion string) Session {
	return b.sessions.Find(entry, criterion)
}

// Sits are the records by which another judge took a chair, in order: what came
// before the first is its first judge's.
func (b *Board) Sits(chair ChairID) []Sitting { return slices.Clone(b.sits[chair]) }

// sitting is which of a chair's judges gave a record, from 0.
func (b *Board) sitting(chair ChairID, seq uint64) (n int) {
	for _, s := range b.sits[chair] {
		if s.Seq < seq {
			n++
		}
	}
	return n
}
