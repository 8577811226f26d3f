package panel

import (
	"sort"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

// Vote is one chair's place in a round; In is false when the chair is absent.
type Vote struct {
	Num exact.Num
	In  bool
}

// Value is what the policy makes of the votes, in the order of chairs. dropped
// has an element for each vote that is left out; it is nil when the policy
// drops none. ok is false when the policy needs more marks.
//
// Among equal marks the chair with the lowest number is dropped first as
// lowest, the one with the highest number as highest; the value does not
// depend on it.
func Value(p scheme.Policy, votes []Vote) (v exact.Num, dropped []bool, ok bool) {
	if p.Kind == scheme.Chief {
		if len(votes) == 0 || !votes[0].In {
			return v, nil, false
		}
		return votes[0].Num, nil, true
	}
	var few [16]int
	in := few[:0]
	for i := range votes {
		if votes[i].In {
			in = append(in, i)
		}
	}
	if len(in) < Least(p, len(votes)) {
		return v, nil, false
	}
	switch p.Kind {
	case scheme.SumAll:
		return sum(votes, in), nil, true
	case scheme.Mean:
		return sum(votes, in).Div(exact.Int(len(in))), nil, true
	}
	sort.Slice(in, func(x, y int) bool {
		if c := votes[in[x]].Num.Cmp(votes[in[y]].Num); c != 0 {
			return c < 0
		}
		return in[x] < in[y]
	})
	if p.Kind == scheme.Median {
		lo, hi := votes[in[(len(in)-1)/2]].Num, votes[in[len(in)/2]].Num
		return lo.Add(hi).Div(exact.Int(2)), nil, true
	}
	dropped = make([]bool, len(votes))
	kept := in[p.Low : len(in)-p.High]
	for _, i := range in {
		dropped[i] = true
	}
	for _, i := range kept {
		dropped[i] = false
	}
	v = sum(votes, kept)
	if p.Kind == scheme.Trimmed {
		v = v.Div(exact.Int(len(kept)))
	}
	return v, dropped, true
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
