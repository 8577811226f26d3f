package panel

import (
	"sort"

	"jiangtai/scoring/exact"
)

// Attempt is one try; an unfinished one has no number.
type Attempt struct {
	Num      exact.Num
	Finished bool
}

// Take is the value of several attempts: best, mean, or middle (the mean
// without the best and the worst). lower says that less is better. void says
// that there is no result.
//
// An unfinished attempt is the worst of all. Two of them void the middle; all
// of them void everything. In a mean it counts as nothing won where more is
// better, and voids it where less is better: there is no worst time.
func Take(how string, tries []Attempt, lower bool) (v exact.Num, void bool) {
	var in []exact.Num
	for _, t := range tries {
		if t.Finished {
			in = append(in, t.Num)
		}
	}
	missed := len(tries) - len(in)
	sort.Slice(in, func(i, j int) bool { // worst first
		if lower {
			i, j = j, i
		}
		return in[i].Less(in[j])
	})
	divisor := len(tries)
	switch {
	case len(in) == 0, how == "middle" && missed > 1, how == "mean" && missed > 0 && lower:
		return exact.Zero, true
	case how == "middle":
		in = in[:len(in)-1]
		if missed == 0 {
			in = in[1:]
		}
		divisor = len(in)
	case how != "mean":
		return in[len(in)-1], false
	}
	for _, n := range in {
		v = v.Add(n)
	}
	return v.Div(exact.Int(divisor)), false
}
