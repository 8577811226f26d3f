package scoring

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/panel"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
)

// width is how many marks one round of the aspect wants.
func (b *Board) width(a *rules.Aspect) int {
	if !a.Each {
		return 1
	}
	return max(len(b.seats[a.Panel]), 1)
}

// settleTry finds the round that counts and its value. A spread that is too
// wide is no fault: the panel discusses and marks again, the next round opens.
func (b *Board) settleTry(a *rules.Aspect, t *try) {
	t.settled, t.blank, t.done = false, false, 0
	for t.open = 0; t.open < len(t.rounds); t.open++ {
		cells := t.rounds[t.open]
		t.done = filled(cells)
		if t.done < b.width(a) {
			return
		}
		var buf [12]panel.Vote
		if a.Spread != nil && panel.TooWide(*a.Spread, votes(cells, buf[:])) {
			t.done = 0
			continue
		}
		b.settleRound(a, t, cells)
		return
	}
}

func (b *Board) settleRound(a *rules.Aspect, t *try, cells []cell) {
	marked, unperformed := 0, 0
	for i := range cells {
		switch cells[i].kind {
		case Mark:
			marked++
		case NotPerformed:
			unperformed++
		}
	}
	t.blank = marked == 0 || a.Lower && unperformed > 0 // where less is better a 0 would be the best of all
	if !a.Each {
		t.value, t.settled = cells[0].num, true
	} else {
		var buf [12]panel.Vote
		v, ok := panel.Value(a.Policy, votes(cells, buf[:]))
		t.value, t.settled = b.rules.PanelRound.Apply(v), ok
	}
	if a.Src.Kind == scheme.Time {
		t.raw = rawOf(a, cells)
	}
}

// rawOf is the mean of the measured numbers of a round.
func rawOf(a *rules.Aspect, cells []cell) exact.Num {
	sum, n := exact.Zero, 0
	for i := range cells {
		if cells[i].kind != Mark {
			continue
		}
		if reading, refusal := a.Pad.Read(cells[i].value); refusal == nil {
			sum, n = sum.Add(reading.Raw), n+1
		}
	}
	if n == 0 {
		return sum
	}
	return sum.Div(exact.Int(n))
}

func filled(cells []cell) int {
	n := 0
	for i := range cells {
		if cells[i].kind != NoKind {
			n++
		}
	}
	return n
}

// votes are a round's cells as the panel's policy reads them, in buf.
func votes(cells []cell, buf []panel.Vote) []panel.Vote {
	buf = buf[:0]
	for i := range cells {
		buf = append(buf, panel.Vote{Num: cells[i].num, In: cells[i].kind == Mark || cells[i].kind == NotPerformed})
	}
	return buf
}

// settleAspect puts the attempts together.
func (b *Board) settleAspect(a *rules.Aspect, s *aspectState) {
	s.settled, s.ready, s.blank, s.void, s.done, s.voids = true, false, true, false, 0, ""
	s.need = b.width(a) * a.Tries
	s.mark, s.raw, s.best = exact.Zero, exact.Zero, exact.Zero
	if s.tries == nil {
		s.settled = false
		return
	}
	for i := range s.tries {
		t := &s.tries[i]
		s.done += t.done
		s.settled = s.settled && t.settled
		s.blank = s.blank && t.blank
	}
	if !s.settled {
		return
	}
	s.mark, s.void = take(a, s.tries, func(t *try) exact.Num { return t.value }, a.Lower)
	s.best = bestOf(a, s.tries)
	if a.Relative >= 0 {
		s.raw, s.ready = s.mark, true
		b.relate(a, s)
		return
	}
	s.raw, s.untimed = take(a, s.tries, func(t *try) exact.Num { return t.raw }, true)
	if a.Factor != nil {
		s.mark = s.mark.Mul(*a.Factor)
	}
	s.mark = a.Round.Apply(s.mark)
	if b.rules.Voiding && !s.blank {
		if r, refusal := a.Pad.Read(s.tries[0].rounds[s.tries[0].open][0].value); refusal == nil {
			s.voids = r.Voids
		}
	}
}

func bestOf(a *rules.Aspect, tries []try) (best exact.Num) {
	first := true
	for i := range tries {
		t := &tries[i]
		v := t.value
		if a.Src.Kind == scheme.Time {
			v = t.raw
		}
		if !t.blank && (first || a.Lowest == v.Less(best) && !v.Equal(best)) {
			best, first = v, false
		}
	}
	return best
}

// take is the value of the attempts; a single one stands for itself.
func take(a *rules.Aspect, tries []try, value func(*try) exact.Num, lower bool) (exact.Num, bool) {
	if len(tries) == 1 {
		if lower && tries[0].blank {
			return exact.Zero, true
		}
		return value(&tries[0]), false
	}
	list := make([]panel.Attempt, len(tries))
	for i := range tries {
		list[i] = panel.Attempt{Num: value(&tries[i]), Finished: !tries[i].blank}
	}
	return panel.Take(a.Take, list, lower)
}
