package scoring

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/stats"
)

// Rounds are the rounds that count of every aspect which each chair of a panel
// marks, as package stats reads them: of entries that compete or are marked
// out of contest. Measured values are compared by the marks they give; of
// relative and timed aspects there are none to compare.
func (b *Board) Rounds() []stats.Round {
	var list []stats.Round
	b.eachTry(func(e *entry, a *rules.Aspect, at int, t *try) {
		if !t.settled || a.Lowest || a.Relative >= 0 || !e.counted() {
			return
		}
		r := stats.Round{Entry: e.id, Aspect: a.Src.ID, Attempt: uint8(at + 1), Panel: b.rules.PanelList[a.Panel].ID}
		if a.Src.Max != nil {
			r.Max = *a.Src.Max
		}
		for slot, c := range t.rounds[t.open] {
			if c.kind == Mark {
				r.Marks = append(r.Marks, stats.Mark{Chair: b.seats[a.Panel][slot], Value: c.num})
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
	b.eachTry(func(e *entry, a *rules.Aspect, at int, t *try) {
		if a.Spread == nil || t.settled || !e.counted() {
			return
		}
		for round := min(t.open, len(t.rounds)-1); round >= 0 && round >= t.open-1; round-- {
			low, high, wide := widest(t.rounds[round], *a.Spread)
			if wide {
				list = append(list, OpenSpread{
					Entry: e.id, Aspect: a.Src.ID, Attempt: uint8(at + 1), Round: uint8(round + 1),
					Low: low.String(), High: high.String(), Allowed: a.Spread.String(), Again: round < t.open,
				})
				return
			}
		}
	})
	return list
}

func widest(cells []cell, allowed exact.Num) (low, high exact.Num, wide bool) {
	first := true
	for i := range cells {
		if k := cells[i].kind; k != Mark && k != NotPerformed {
			continue
		}
		if n := cells[i].num; first {
			low, high, first = n, n, false
		} else {
			low, high = exact.Min(low, n), exact.Max(high, n)
		}
	}
	return low, high, allowed.Less(high.Sub(low))
}

// eachTry visits every attempt of what chairs mark each by itself.
func (b *Board) eachTry(visit func(*entry, *rules.Aspect, int, *try)) {
	for _, id := range b.ids {
		e := b.entries[id]
		for i := range e.aspects {
			a := &b.rules.Aspects[i]
			for at := range e.aspects[i].tries {
				if t := &e.aspects[i].tries[at]; a.Each && len(t.rounds) > 0 {
					visit(e, a, at, t)
				}
			}
		}
	}
}
