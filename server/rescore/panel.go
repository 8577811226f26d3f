package rescore

import (
	"math/big"
	"slices"
)

// attempt is one try of an aspect.
type attempt struct {
	done     bool
	finished bool
	value    *big.Rat
	raw      *big.Rat
	voids    string
}

// outcome puts the attempts of an aspect together. A relative one's mark is
// left to the field.
func (st *state) outcome(a *aspect, entry uint64) (*outcome, error) {
	out := &outcome{ready: true, blank: true}
	var tries []attempt
	for at := 1; at <= a.tries(); at++ {
		t, err := st.attempt(a, entry, byte(at))
		if err != nil {
			return nil, err
		}
		out.ready = out.ready && t.done
		out.blank = out.blank && !t.finished
		tries = append(tries, t)
	}
	if !out.ready {
		return out, nil
	}
	out.known = true
	if out.value = a.take(tries, a.lower(), func(t *attempt) *big.Rat { return t.value }); out.value == nil {
		out.mark = zero()
	} else {
		out.mark = out.value
	}
	out.mark = st.now.Rounding.Aspect.rounded(mul(out.mark, a.Factor.or(1)))
	if a.Kind == "time" && !out.blank {
		out.raw = a.take(tries, true, func(t *attempt) *big.Rat { return t.raw })
	}
	out.best = a.bestTry(tries)
	if !out.blank {
		out.voids = tries[0].voids
	}
	return out, nil
}

// heard is one round of an attempt: all that was said, and what of it counts.
type heard struct {
	all, marks  []*big.Rat // of all chairs, and without the recused
	raws        []*big.Rat
	unperformed int // of those that count
	voids       string
	chief       *big.Rat // the first chair's mark
}

// hear collects a round; false when a chair that owes its mark has not given it.
func (st *state) hear(a *aspect, entry uint64, at, round byte, chairs []uint64) (*heard, bool, error) {
	h := &heard{}
	for i, chair := range chairs {
		out := st.recused[pair{chair, entry}]
		g, ok := st.marks[place{entry, a.ID, at, round, chair}]
		if !ok && !out {
			return nil, false, nil
		}
		var mark *big.Rat
		switch g.kind {
		case kindMark:
			f, err := a.find(g.value)
			if err != nil {
				return nil, false, err
			}
			if mark = f.mark; !out {
				h.raws, h.voids = append(h.raws, f.raw), f.voids
			}
		case kindNotPerformed:
			if mark = zero(); !out {
				h.unperformed++
			}
		default: // absent, or recused before it marked
			continue
		}
		h.all = append(h.all, mark)
		if !out {
			h.marks = append(h.marks, mark)
		}
		if i == 0 && !out {
			h.chief = mark
		}
	}
	return h, true, nil
}

// attempt finds the round that counts: the first whose marks are not too far
// apart. That is asked of the marks of the recused too, as it was when they were
// given.
func (st *state) attempt(a *aspect, entry uint64, at byte) (attempt, error) {
	chairs := []uint64{0}
	if a.each() {
		chairs = st.seats(a.Panel)
	}
	if len(chairs) == 0 {
		return attempt{}, nil
	}
	for round := byte(1); ; round++ {
		h, whole, err := st.hear(a, entry, at, round, chairs)
		if err != nil || !whole {
			return attempt{}, err
		}
		if len(h.all) > 0 && a.apart(h.all) {
			continue
		}
		t := attempt{finished: len(h.raws) > 0 && (h.unperformed == 0 || !a.lower()), voids: h.voids}
		if len(h.raws) > 0 {
			t.raw = taken("mean", h.raws)
		}
		if a.each() {
			t.value = st.join(a, entry, chairs, h)
		} else if len(h.marks) > 0 {
			t.value = h.marks[0]
		}
		t.done = t.value != nil
		return t, nil
	}
}

// apart says whether a round is to be marked again.
func (a *aspect) apart(marks []*big.Rat) bool {
	if len(marks) == 0 || !a.each() || a.Kind != "judgement" && a.Spread == nil {
		return false
	}
	limit := a.Spread.or(1)
	if a.Kind == "judgement" {
		limit = quo(mul(limit, a.Max.Rat), big.NewRat(int64(len(a.Levels)-1), 1))
	}
	lo, hi := marks[0], marks[0]
	for _, m := range marks {
		lo, hi = least(lo, m), most(hi, m)
	}
	return sub(hi, lo).Cmp(limit) > 0
}

// join is the panel's value by its policy, nil when there are too few marks.
func (st *state) join(a *aspect, entry uint64, chairs []uint64, h *heard) *big.Rat {
	p := st.now.policyOf(a)
	if p.Kind == "chief" {
		if h.chief == nil {
			return nil
		}
		return st.now.Rounding.Panel.rounded(h.chief)
	}
	need := max(p.Least, p.High+p.Low+1)
	if p.Least == 0 && (p.Kind == "sum" || p.Kind == "middle") {
		voices := 0
		for _, chair := range chairs {
			if !st.recused[pair{chair, entry}] {
				voices++
			}
		}
		need = max(need, voices)
	}
	marks := h.marks
	if len(marks) < need {
		return nil
	}
	slices.SortFunc(marks, (*big.Rat).Cmp)
	var value *big.Rat
	switch p.Kind {
	case "mean":
		value = taken("mean", marks)
	case "median":
		value = quo(add(marks[(len(marks)-1)/2], marks[len(marks)/2]), big.NewRat(2, 1))
	case "trimmed":
		value = taken("mean", marks[p.Low:len(marks)-p.High])
	default: // sum, and middle: the sum of what stays
		value = zero()
		for _, m := range marks[p.Low : len(marks)-p.High] {
			value = add(value, m)
		}
	}
	return st.now.Rounding.Panel.rounded(value)
}

// take is the value of the attempts, nil without a result. A single attempt
// stands for itself; where more is better one that was not performed is 0.
func (a *aspect) take(tries []attempt, lower bool, of func(*attempt) *big.Rat) *big.Rat {
	var in []*big.Rat
	for i := range tries {
		if tries[i].finished {
			in = append(in, of(&tries[i]))
		}
	}
	missed := len(tries) - len(in)
	if len(in) == 0 {
		return nil
	}
	slices.SortFunc(in, (*big.Rat).Cmp)
	if lower {
		slices.Reverse(in) // worst first
	}
	if len(tries) == 1 {
		return in[0]
	}
	switch a.Attempts.Take {
	case "mean":
		if missed > 0 && lower {
			return nil
		}
		for range missed {
			in = append(in, zero())
		}
		return taken("mean", in)
	case "middle":
		if missed > 1 {
			return nil
		}
		return taken("mean", in[1-missed:len(in)-1])
	}
	return in[len(in)-1]
}

func (a *aspect) bestTry(tries []attempt) (best *big.Rat) {
	for i := range tries {
		v := tries[i].value
		if a.Kind == "time" {
			v = tries[i].raw
		}
		lowest := a.Kind == "time" || a.lower()
		if tries[i].finished && (best == nil || (v.Cmp(best) < 0) == lowest) {
			best = v
		}
	}
	return best
}
