package scoring

import (
	"sort"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

// width is how many marks one round of the aspect wants.
func (b *Board) width(a *aspectRule) int {
	if !a.each {
		return 1
	}
	return max(len(b.seats[a.panel]), 1)
}

// settleTry finds the round that counts and its value. A spread that is too
// wide is no fault: the panel discusses and marks again, the next round opens.
func (b *Board) settleTry(a *aspectRule, t *try) {
	t.settled, t.blank, t.done = false, false, 0
	for t.open = 0; t.open < len(t.rounds); t.open++ {
		cells := t.rounds[t.open]
		t.done = filled(cells)
		if t.done < b.width(a) {
			return
		}
		if tooWide(a, cells) {
			t.done = 0
			continue
		}
		b.settleRound(a, t, cells)
		return
	}
}

func (b *Board) settleRound(a *aspectRule, t *try, cells []cell) {
	t.blank = true
	for i := range cells {
		t.blank = t.blank && cells[i].kind != Mark
	}
	if !a.each {
		t.value, t.settled = cells[0].num, true
	} else if v, _, ok := aggregate(a.policy, cells); ok {
		t.value, t.settled = b.rules.panelRound.apply(v), true
	}
	if a.src.Kind == scheme.Time {
		t.raw = rawOf(a, cells)
	}
}

// rawOf is the mean of the measured numbers of a round.
func rawOf(a *aspectRule, cells []cell) exact.Num {
	sum, n := exact.Zero, 0
	for i := range cells {
		if cells[i].kind != Mark {
			continue
		}
		if reading, refusal := a.pad.Read(cells[i].value); refusal == nil {
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

func tooWide(a *aspectRule, cells []cell) bool {
	if a.spread == nil {
		return false
	}
	var lo, hi *exact.Num
	for i := range cells {
		if cells[i].kind == Absent {
			continue
		}
		n := &cells[i].num
		if lo == nil || n.Less(*lo) {
			lo = n
		}
		if hi == nil || hi.Less(*n) {
			hi = n
		}
	}
	return lo != nil && a.spread.Less(hi.Sub(*lo))
}

// aggregate makes one value of a round's marks. dropped has a bit for each
// cell that is left out by the policy. ok is false when the policy needs more
// marks: an absent judge is a missing mark, never a zero. Among equal marks the
// chair with the lowest number is dropped first as lowest, the one with the
// highest number as highest; the value does not depend on it.
func aggregate(p scheme.Policy, cells []cell) (v exact.Num, dropped []bool, ok bool) {
	var few [16]int
	order := few[:0]
	for i := range cells {
		if cells[i].kind == Mark || cells[i].kind == NotPerformed {
			order = append(order, i)
		}
	}
	dropped = nil
	if p.Kind == scheme.Chief {
		if cells[0].kind != Mark && cells[0].kind != NotPerformed {
			return v, nil, false
		}
		return cells[0].num, nil, true
	}
	if len(order) < leastMarks(p, len(cells)) {
		return v, nil, false
	}
	if p.Kind == scheme.Mean || p.Kind == scheme.SumAll {
		for _, i := range order {
			v = v.Add(cells[i].num)
		}
		if p.Kind == scheme.Mean {
			v = v.Div(exact.Int(len(order)))
		}
		return v, nil, true
	}
	sort.Slice(order, func(x, y int) bool {
		if c := cells[order[x]].num.Cmp(cells[order[y]].num); c != 0 {
			return c < 0
		}
		return order[x] < order[y]
	})
	if p.Kind == scheme.Median {
		n := len(order)
		lo, hi := cells[order[(n-1)/2]].num, cells[order[n/2]].num
		return lo.Add(hi).Div(exact.Int(2)), nil, true
	}
	dropped = make([]bool, len(cells))
	for x, i := range order {
		if x < p.Low || x >= len(order)-p.High {
			dropped[i] = true
			continue
		}
		v = v.Add(cells[i].num)
	}
	if p.Kind == scheme.Trimmed {
		v = v.Div(exact.Int(len(order) - p.High - p.Low))
	}
	return v, dropped, true
}

// leastMarks is the fewest marks a policy works with. A sum of fewer marks
// than chairs is on another scale, so sums want every chair unless the scheme
// says otherwise.
func leastMarks(p scheme.Policy, chairs int) int {
	least := p.Least
	if least == 0 && (p.Kind == scheme.SumAll || p.Kind == scheme.Middle) {
		least = chairs
	}
	return max(least, p.High+p.Low+1, 1)
}

// settleAspect puts the attempts together.
func (b *Board) settleAspect(a *aspectRule, s *aspectState) {
	s.settled, s.blank, s.void, s.done, s.voids = true, true, false, 0, ""
	s.need = b.width(a) * a.tries
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
	s.mark, s.void = take(a, s.tries, func(t *try) exact.Num { return t.value }, a.src.Mode == "seconds")
	s.raw, _ = take(a, s.tries, func(t *try) exact.Num { return t.raw }, true)
	s.best = bestOf(a, s.tries)
	if a.factor != nil {
		s.mark = s.mark.Mul(*a.factor)
	}
	s.mark = a.round.apply(s.mark)
	if b.rules.voiding && !s.blank {
		if r, refusal := a.pad.Read(s.tries[0].rounds[s.tries[0].open][0].value); refusal == nil {
			s.voids = r.Voids
		}
	}
}

func bestOf(a *aspectRule, tries []try) (best exact.Num) {
	first := true
	for i := range tries {
		t := &tries[i]
		v := t.value
		if a.lowest {
			v = t.raw
		}
		if !t.blank && (first || a.lowest == v.Less(best) && !v.Equal(best)) {
			best, first = v, false
		}
	}
	return best
}

// take is the value of several attempts; void when there is none. An unfinished
// attempt is the worst of all; two of them void the middle. lower says that
// less is better.
func take(a *aspectRule, tries []try, value func(*try) exact.Num, lower bool) (v exact.Num, void bool) {
	if len(tries) == 1 {
		return value(&tries[0]), lower && tries[0].blank
	}
	var finished []exact.Num
	for i := range tries {
		if !tries[i].blank {
			finished = append(finished, value(&tries[i]))
		}
	}
	missed := len(tries) - len(finished)
	sort.Slice(finished, func(i, j int) bool { return finished[i].Less(finished[j]) != lower && !finished[i].Equal(finished[j]) })
	// finished is now worst first.
	switch {
	case len(finished) == 0, a.take == "middle" && missed > 1, a.take == "mean" && missed > 0 && lower:
		return exact.Zero, true
	case a.take == "best":
		return finished[len(finished)-1], false
	case a.take == "middle":
		finished = finished[:len(finished)-1]
		if missed == 0 {
			finished = finished[1:]
		}
	}
	n := len(finished)
	if a.take == "mean" {
		n = len(tries)
	}
	for _, f := range finished {
		v = v.Add(f)
	}
	return v.Div(exact.Int(n)), false
}
