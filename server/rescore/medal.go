package rescore

import (
	"math/big"
	"slices"
)

// medals puts the totals of ranked persons on the standard scale and gives medals
// in the WorldSkills manner. With fewer than four no scale is shown.
func (f *final) medals(facts Facts) {
	list := slices.Clone(f.lists[0])
	if len(list) < 4 {
		return
	}
	slices.SortFunc(list, func(a, b *sheet) int { return b.total.Cmp(a.total) })
	var totals []*big.Rat
	for _, sh := range list {
		totals = append(totals, sh.total)
	}
	scores := scale(totals)
	for i, m := range medalsOf(scores) {
		facts.say(entryName(list[i].entry), "standard score", scores[i])
		facts.say(entryName(list[i].entry), "medal", m)
	}
}

// scale is 700 + 30 × (x − median) / (1.4826 × MAD), rounded half-up.
func scale(totals []*big.Rat) []int64 {
	middle := func(of []*big.Rat) *big.Rat {
		of = slices.Clone(of)
		slices.SortFunc(of, (*big.Rat).Cmp)
		return quo(add(of[len(of)/2], of[(len(of)-1)/2]), big.NewRat(2, 1))
	}
	median := middle(totals)
	var off []*big.Rat
	for _, x := range totals {
		off = append(off, new(big.Rat).Abs(sub(x, median)))
	}
	mad := middle(off)
	list := make([]int64, len(totals))
	for i, x := range totals {
		score := big.NewRat(700, 1)
		if mad.Sign() > 0 {
			score = add(score, quo(mul(sub(x, median), big.NewRat(30, 1)), mul(mad, big.NewRat(14826, 10000))))
		}
		list[i] = (&round{}).rounded(score).Num().Int64()
	}
	return list
}

// medalsOf reads the handbook on scores that descend: a group is its best and
// those within 2 of it.
func medalsOf(scores []int64) []string {
	medals := make([]string, len(scores))
	left := scores
	take := func(medal string, best int64) (n int) {
		for len(left) > 0 && left[0] >= best-2 {
			medals[len(scores)-len(left)] = medal
			left, n = left[1:], n+1
		}
		return n
	}
	group := func(medal string) (n int) {
		if len(left) == 0 {
			return 0
		}
		return take(medal, left[0])
	}
	// besides are those within 2 of the last of the group before.
	besides := func() { take("bronze", scores[len(scores)-len(left)-1]) }
	switch gold := group("gold"); {
	case gold >= 3:
		besides()
	case gold == 2:
		group("bronze")
	case gold == 1:
		if group("silver") > 1 {
			besides()
		} else {
			group("bronze")
		}
	}
	for _, s := range left {
		if s >= 700 {
			medals[len(scores)-len(left)] = "medallion"
		}
		left = left[1:]
	}
	return medals
}
