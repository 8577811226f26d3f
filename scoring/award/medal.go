package award

import (
	"sort"

	"jiangtai/scoring/exact"
)

// Medal is an award in the WorldSkills manner (世赛奖牌).
type Medal string

// The medals; "" is none.
const (
	Gold      Medal = "gold"
	Silver    Medal = "silver"
	Bronze    Medal = "bronze"
	Medallion Medal = "medallion"
)

// within is how far below the best of its group a member may be, and enough what
// a medallion asks for.
const (
	within = 2
	enough = 700
)

// Medals gives medals to scores of the standard scale, which descend. A group
// is its best score and those within 2 points of it. Behind one gold comes
// silver, behind one silver bronze; behind two golds bronze at once; behind
// three golds, or several silvers, bronze goes only to those within 2 points of
// the last of them.
func Medals(scores []int) []Medal {
	medals := make([]Medal, len(scores))
	at := 0
	group := func(m Medal, anchor int) int {
		n := 0
		for ; at < len(scores) && anchor-scores[at] <= within; at++ {
			medals[at], n = m, n+1
		}
		return n
	}
	next := func(m Medal) int {
		if at == len(scores) {
			return 0
		}
		return group(m, scores[at])
	}
	switch golds := next(Gold); {
	case golds > 2:
		group(Bronze, scores[at-1])
	case golds == 2:
		next(Bronze)
	case golds == 1:
		if next(Silver) > 1 {
			group(Bronze, scores[at-1])
		} else {
			next(Bronze)
		}
	}
	for ; at < len(scores); at++ {
		if scores[at] >= enough {
			medals[at] = Medallion
		}
	}
	return medals
}

// Scale is the standard scale of one event (标准分, an approximation of the
// WorldSkills scale): for comparing entries across trades, never for ranking
// inside one.
type Scale struct {
	Median exact.Num
	MAD    exact.Num // median of the distances from the median
	Scores []int     // in the order of the totals
	Shown  bool      // false with fewer than four entries
}

// Standard puts totals on the scale: 700 + 30 × (x − median)/(1.4826 × MAD),
// rounded half-up; 700 for all where they do not differ.
func Standard(totals []exact.Num) Scale {
	s := Scale{Scores: make([]int, len(totals)), Shown: len(totals) >= 4}
	if len(totals) == 0 {
		return s
	}
	s.Median = median(totals)
	distances := make([]exact.Num, len(totals))
	for i := range totals {
		distances[i] = totals[i].Sub(s.Median).Abs()
	}
	s.MAD = median(distances)
	for i := range totals {
		s.Scores[i] = 700
		if !s.MAD.IsZero() {
			spread := s.MAD.Mul(exact.Frac(14826, 10000))
			s.Scores[i] = totals[i].Sub(s.Median).Mul(exact.Int(30)).Div(spread).Add(exact.Int(700)).Whole(exact.HalfUp)
		}
	}
	return s
}

func median(list []exact.Num) exact.Num {
	sorted := append([]exact.Num(nil), list...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Less(sorted[j]) })
	return sorted[(len(sorted)-1)/2].Add(sorted[len(sorted)/2]).Div(exact.Int(2))
}
