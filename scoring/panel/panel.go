package panel

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

// Vote is one chair's place in a round; In is false when the chair is absent. Of
// one that is Out, too, the policy knows nothing: the panel is smaller by it.
type Vote struct {
	Num exact.Num
	In  bool
	Out bool
}

// Value is what the policy makes of the votes, in the order of chairs; ok is
// false when the policy needs more marks.
func Value(p scheme.Policy, votes []Vote) (v exact.Num, ok bool) {
	var few [16]int
	in, low, high, ok := order(p, votes, few[:0])
	if !ok {
		return v, false
	}
	v = sum(votes, in[low:len(in)-high])
	switch p.Kind {
	case scheme.SumAll, scheme.Middle, scheme.Chief:
		return v, true
	}
	return v.Div(exact.Int(len(in) - low - high)), true
}

// Dropped has an element for each vote that the policy leaves out; it is nil
// when the policy drops none or needs more marks.
//
// Among equal marks the chair with the lowest number is dropped first as
// lowest, the one with the highest number as highest; the value does not
// depend on it.
func Dropped(p scheme.Policy, votes []Vote) []bool {
	if p.Kind != scheme.Trimmed && p.Kind != scheme.Middle {
		return nil
	}
	in, low, high, ok := order(p, votes, nil)
	if !ok {
		return nil
	}
	out := make([]bool, len(votes))
	for i, at := range in {
		out[at] = i < low || i >= len(in)-high
	}
	return out
}

// order gives which votes are in, ascending where the policy asks for it, and
// how many at each end do not count. It appends to in.
func order(p scheme.Policy, votes []Vote, in []int) (_ []int, low, high int, ok bool) {
	if p.Kind == scheme.Chief {
		return append(in, 0), 0, 0, len(votes) > 0 && votes[0].In
	}
	sorted := p.Kind != scheme.SumAll && p.Kind != scheme.Mean
	chairs := len(votes)
	for i := range votes {
		if votes[i].Out {
			chairs--
		}
		if !votes[i].In {
			continue
		}
		in = append(in, i)
		// Panels are small: what has come is in order, the next finds its place.
		for at := len(in) - 1; sorted && at > 0 && votes[in[at]].Num.Less(votes[in[at-1]].Num); at-- {
			in[at], in[at-1] = in[at-1], in[at]
		}
	}
	switch p.Kind {
	case scheme.Median:
		low = (len(in) - 1) / 2
		high = low
	case scheme.Trimmed, scheme.Middle:
		low, high = p.Low, p.High
	}
	return in, low, high, len(in) >= Least(p, chairs)
}

func sum(votes []Vote, which []int) exact.Num {
	v := exact.Zero
	for _, i := range which {
		v = v.Add(votes[i].Num)
	}
	return v
}

// Least is the fewest marks the policy works with, of a panel of so many
// chairs. A sum of fewer marks than chairs is on another scale, so sums want
// every chair unless the scheme says otherwise.
func Least(p scheme.Policy, chairs int) int {
	least := p.Least
	if least == 0 && (p.Kind == scheme.SumAll || p.Kind == scheme.Middle) {
		least = chairs
	}
	return max(least, p.High+p.Low+1, 1)
}

// TooWide says whether the votes that are in lie further apart than spread.
func TooWide(spread exact.Num, votes []Vote) bool {
	var lo, hi *exact.Num
	for i := range votes {
		n := &votes[i].Num
		if !votes[i].In {
			continue
		}
		if lo == nil || n.Less(*lo) {
			lo = n
		}
		if hi == nil || hi.Less(*n) {
			hi = n
		}
	}
	return lo != nil && spread.Less(hi.Sub(*lo))
}
