package tally

import (
	"slices"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/panel"
	"jiangtai/scoring/record"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
)

// Counter computes sheets of one event. It keeps nothing between calls.
type Counter struct {
	Rules  *rules.Rules
	Seats  [][]record.ChairID // chairs by panel, ascending
	Fields []Field            // by the rules' relative aspects
}

// Width is how many marks one round of the aspect wants.
func (k *Counter) Width(a *rules.Aspect) int {
	if !a.Each {
		return 1
	}
	return max(len(k.Seats[a.Panel]), 1)
}

// Slot is the chair's place among an aspect's marks.
func (k *Counter) Slot(a *rules.Aspect, chair record.ChairID) (int, bool) {
	if a.Panel < 0 {
		return 0, chair == 0
	}
	i := slices.Index(k.Seats[a.Panel], chair) // a panel is small
	if i < 0 || !a.Each {
		return 0, i >= 0
	}
	return i, true
}

// SameSeats says whether a panel, and what it was, have the same chairs; -1 is no panel.
func SameSeats(now [][]record.ChairID, panel int, was [][]record.ChairID, old int) bool {
	return panel < 0 && old < 0 || panel >= 0 && old >= 0 && slices.Equal(now[panel], was[old])
}

// SettleTry finds the round that counts and its value. A spread that is too
// wide is no fault: the panel discusses and marks again, the next round opens.
func (k *Counter) SettleTry(a *rules.Aspect, t *Try) {
	t.Settled, t.Blank, t.Done, t.Out = false, false, 0, 0
	for t.Open = 0; t.Open < len(t.Rounds); t.Open++ {
		cells := t.Rounds[t.Open]
		var r round
		r.read(cells)
		if t.Done, t.Out = r.done(), r.out; t.Done+r.out < k.Width(a) {
			return
		}
		if a.Spread != nil && tooWide(a, cells) {
			t.Done = 0
			continue
		}
		k.settleRound(a, t, cells, &r)
		return
	}
}

func tooWide(a *rules.Aspect, cells []Cell) bool {
	var buf [12]panel.Vote
	return panel.TooWide(*a.Spread, given(cells, buf[:]))
}

// round is what one walk over the cells of a round finds.
type round struct {
	out         int // of recused chairs
	absent      int
	marked      int
	unperformed int
	long        bool // some number is not among the marks
	marks       panel.Marks
}

// done is how many cells are not empty, those of recused chairs aside.
func (r *round) done() int { return r.marked + r.unperformed + r.absent }

func (r *round) read(cells []Cell) {
	for i := range cells {
		c := &cells[i]
		switch {
		case c.Out:
			r.out++
			continue
		case c.Kind == record.Mark:
			r.marked++
		case c.Kind == record.NotPerformed:
			r.unperformed++
		case c.Kind == record.Absent:
			r.absent++
			continue
		default:
			continue
		}
		if c.long || !r.marks.Add(c.hundredths) {
			r.long = true
		}
	}
}

func (k *Counter) settleRound(a *rules.Aspect, t *Try, cells []Cell, r *round) {
	t.Blank = r.marked == 0 || a.Lower && r.unperformed > 0 // where less is better a 0 would be the best of all
	switch {
	case !a.Each:
		t.Value, t.Settled = cells[0].Num(), true
	case r.long || a.Policy.Kind == scheme.Chief:
		var buf [12]panel.Vote
		t.Value, t.Settled = panel.Value(a.Policy, Votes(cells, buf[:]))
		t.Value = k.Rules.PanelRound.Apply(t.Value)
	default:
		t.Value, t.Settled = r.marks.Value(&a.Policy, len(cells)-r.out)
		t.Value = k.Rules.PanelRound.Apply(t.Value)
	}
	if a.Src.Kind == scheme.Time {
		t.Raw = rawOf(a, cells)
	}
}

// rawOf is the mean of the measured numbers of a round.
func rawOf(a *rules.Aspect, cells []Cell) exact.Num {
	sum, n := exact.Zero, 0
	for i := range cells {
		if cells[i].Kind != record.Mark || cells[i].Out {
			continue
		}
		if reading, refusal := a.Pad.Read(cells[i].Value()); refusal == nil {
			sum, n = sum.Add(reading.Raw), n+1
		}
	}
	if n == 0 {
		return sum
	}
	return sum.Div(exact.Int(n))
}

// Filled counts the cells that are not empty.
func Filled(cells []Cell) int {
	n := 0
	for i := range cells {
		if cells[i].Kind != record.NoKind {
			n++
		}
	}
	return n
}

// Votes are a round's cells as the panel's policy reads them, in buf.
func Votes(cells []Cell, buf []panel.Vote) []panel.Vote {
	buf = given(cells, buf)
	for i := range cells {
		if cells[i].Out {
			buf[i].In, buf[i].Out = false, true
		}
	}
	return buf
}

// given are all that was said in a round, by recused chairs too: how far it lies
// apart is asked of them as it was when they marked.
func given(cells []Cell, buf []panel.Vote) []panel.Vote {
	buf = buf[:0]
	for i := range cells {
		k := cells[i].Kind
		buf = append(buf, panel.Vote{Num: cells[i].Num(), In: k == record.Mark || k == record.NotPerformed})
	}
	return buf
}

// settleAspect puts the attempts together.
func (k *Counter) settleAspect(a *rules.Aspect, s *Aspect) {
	if a.Plain && !k.Rules.Voiding && s.Tries != nil {
		k.settlePlain(a, s, &s.Tries[0])
		return
	}
	s.Settled, s.Ready, s.Blank, s.Void, s.Done, s.Voids = true, false, true, false, 0, ""
	s.Need = k.Width(a) * a.Tries
	s.Mark, s.Raw, s.Best = exact.Zero, exact.Zero, exact.Zero
	if s.Tries == nil {
		s.Settled = false
		return
	}
	for i := range s.Tries {
		t := &s.Tries[i]
		s.Done += t.Done
		s.Need -= t.Out
		s.Settled = s.Settled && t.Settled
		s.Blank = s.Blank && t.Blank
	}
	if !s.Settled {
		return
	}
	s.Mark, s.Void = take(a, s.Tries, func(t *Try) exact.Num { return t.Value }, a.Lower)
	s.Best = bestOf(a, s.Tries)
	if a.Relative >= 0 {
		s.Raw, s.Ready = s.Mark, true
		k.Relate(a, s)
		return
	}
	s.Raw, s.Untimed = take(a, s.Tries, func(t *Try) exact.Num { return t.Raw }, true)
	if a.Factor != nil {
		s.Mark = s.Mark.Mul(*a.Factor)
	}
	s.Mark = a.Round.Apply(s.Mark)
	if k.Rules.Voiding && !s.Blank {
		if r, refusal := a.Pad.Read(s.Tries[0].Rounds[s.Tries[0].Open][0].Value()); refusal == nil {
			s.Voids = r.Voids
		}
	}
}

// settlePlain is settleAspect of one that its only attempt decides alone: nothing of
// it is measured, and neither it nor any other aspect voids.
func (k *Counter) settlePlain(a *rules.Aspect, s *Aspect, t *Try) {
	s.Settled, s.Blank, s.Done, s.Need = t.Settled, t.Blank, t.Done, k.Width(a)-t.Out
	if !t.Settled {
		s.Mark = exact.Zero
		return
	}
	mark := t.Value
	if a.Factor != nil {
		mark = mark.Mul(*a.Factor)
	}
	s.Mark = a.Round.Apply(mark)
}

func bestOf(a *rules.Aspect, tries []Try) (best exact.Num) {
	first := true
	for i := range tries {
		t := &tries[i]
		v := t.Value
		if a.Src.Kind == scheme.Time {
			v = t.Raw
		}
		if !t.Blank && (first || a.Lowest == v.Less(best) && !v.Equal(best)) {
			best, first = v, false
		}
	}
	return best
}

// take is the value of the attempts; a single one stands for itself.
func take(a *rules.Aspect, tries []Try, value func(*Try) exact.Num, lower bool) (exact.Num, bool) {
	if len(tries) == 1 {
		if lower && tries[0].Blank {
			return exact.Zero, true
		}
		return value(&tries[0]), false
	}
	list := make([]panel.Attempt, len(tries))
	for i := range tries {
		list[i] = panel.Attempt{Num: value(&tries[i]), Finished: !tries[i].Blank}
	}
	return panel.Take(a.Take, list, lower)
}

// Relate gives a relative aspect its mark: of the best all of it, of others
// their proportion, never more than all. Until the field is known there is none.
func (k *Counter) Relate(a *rules.Aspect, s *Aspect) {
	f := &k.Fields[a.Relative]
	s.Mark, s.Settled = exact.Zero, s.Ready && f.Known
	if !s.Settled || s.Blank || s.Void || !f.Any {
		return
	}
	part, whole := s.Raw, f.Best
	if a.Lower {
		part, whole = f.Best, s.Raw
	}
	switch {
	case !part.Less(whole) && (a.Lower || part.Sign() > 0): // of a lower-is-better 0 against 0
		s.Mark = *a.Src.Max
	case whole.Sign() > 0:
		s.Mark = a.Src.Max.Mul(part.Div(whole))
	}
	if a.Factor != nil {
		s.Mark = s.Mark.Mul(*a.Factor)
	}
	s.Mark = a.Round.Apply(s.Mark)
}
