package scoring

import (
	"jiangtai/scoring/exact"
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
				r.Marks = append(r.Marks, stats.Mark{Chair: b.tally.Seats[a.Panel][slot], Value: c.Num()})
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
		if a.Spread == nil || t.Settled || !e.counted() {
			return
		}
		for round := min(t.Open, len(t.Rounds)-1); round >= 0 && round >= t.Open-1; round-- {
			low, high, wide := widest(t.Rounds[round], *a.Spread)
			if wide {
				list = append(list, OpenSpread{
					Entry: e.id, Aspect: a.Src.ID, Attempt: uint8(at + 1), Round: uint8(round + 1),
					Low: low.String(), High: high.String(), Allowed: a.Spread.String(), Again: round < t.Open,
				})
				return
			}
		}
	})
	return list
}

func widest(cells []tally.Cell, allowed exact.Num) (low, high exact.Num, wide bool) {
	first := true
	for i := range cells {
		if k := cells[i].Kind; k != Mark && k != NotPerformed {
			continue
		}
		if n := cells[i].Num(); first {
			low, high, first = n, n, false
		} else {
			low, high = exact.Min(low, n), exact.Max(high, n)
		}
	}
	return low, high, allowed.Less(high.Sub(low))
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
