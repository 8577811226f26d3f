package award_test

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/award"
	"jiangtai/scoring/exact"
)

func numbers(text string) []exact.Num {
	var list []exact.Num
	for _, w := range strings.Fields(text) {
		list = append(list, exact.Must(w))
	}
	return list
}

// medalsByDefinition gives medals one by one, asking for each what stands before
// it.
func medalsByDefinition(scores []int) []award.Medal {
	out := make([]award.Medal, len(scores))
	count := func(m award.Medal) (n int) {
		for _, x := range out {
			if x == m {
				n++
			}
		}
		return n
	}
	best := func(m award.Medal) int { return scores[slices.Index(out, m)] }
	last := func(m award.Medal) int {
		at := 0
		for i, x := range out {
			if x == m {
				at = i
			}
		}
		return scores[at]
	}
	closed := map[award.Medal]bool{}
	for i, s := range scores {
		golds, silvers, bronzes := count(award.Gold), count(award.Silver), count(award.Bronze)
		closed[award.Gold] = closed[award.Gold] || golds > 0 && best(award.Gold)-s > 2
		closed[award.Silver] = closed[award.Silver] || golds > 1 || silvers > 0 && best(award.Silver)-s > 2
		switch {
		case !closed[award.Gold]:
			out[i] = award.Gold
			continue
		case !closed[award.Silver]:
			out[i] = award.Silver
			continue
		}
		near := true
		switch {
		case golds > 2:
			near = last(award.Gold)-s <= 2
		case silvers > 1:
			near = last(award.Silver)-s <= 2
		case bronzes > 0:
			near = best(award.Bronze)-s <= 2
		}
		switch {
		case near && !closed[award.Bronze]:
			out[i] = award.Bronze
		case s >= 700:
			out[i], closed[award.Bronze] = award.Medallion, true
		default:
			closed[award.Bronze] = true
		}
	}
	return out
}

func TestMedalsEqualTheirDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scores := rapid.SliceOfN(rapid.IntRange(690, 712), 0, 12).Draw(t, "scores")
		slices.SortFunc(scores, func(a, b int) int { return b - a })
		if got, want := award.Medals(scores), medalsByDefinition(scores); !slices.Equal(got, want) {
			t.Fatalf("%v: %v, by definition %v", scores, got, want)
		}
	})
}

// middle is the median as the number with as many below as above.
func middle(list []*big.Rat) *big.Rat {
	slices.SortFunc(list, func(a, b *big.Rat) int { return a.Cmp(b) })
	n := len(list)
	if n%2 == 1 {
		return list[n/2]
	}
	sum := new(big.Rat).Add(list[n/2-1], list[n/2])
	return sum.Quo(sum, big.NewRat(2, 1))
}

func TestScaleEqualsBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var totals []exact.Num
		var rats, away []*big.Rat
		for range rapid.IntRange(4, 12).Draw(t, "entries") {
			hundredths := rapid.IntRange(0, 10000).Draw(t, "total")
			totals, rats = append(totals, exact.Frac(hundredths, 100)), append(rats, big.NewRat(int64(hundredths), 100))
		}
		mid := middle(slices.Clone(rats))
		for _, r := range rats {
			d := new(big.Rat).Sub(r, mid)
			away = append(away, d.Abs(d))
		}
		mad := middle(away)
		got := award.Standard(totals)
		for i, r := range rats {
			want := big.NewRat(700, 1)
			if mad.Sign() != 0 {
				x := new(big.Rat).Sub(r, mid)
				x.Mul(x, big.NewRat(300000, 14826)).Quo(x, mad)
				want.Add(want, x)
			}
			// Half up: the whole number k with k − ½ ≤ x < k + ½; of a negative one the other way.
			k := big.NewRat(int64(got.Scores[i]), 1)
			off := new(big.Rat).Sub(want, k)
			low, high := big.NewRat(-1, 2), big.NewRat(1, 2)
			if want.Sign() > 0 && (off.Cmp(low) < 0 || off.Cmp(high) >= 0) || want.Sign() < 0 && (off.Cmp(low) <= 0 || off.Cmp(high) > 0) {
				t.Fatalf("%s of %v is %d", want.FloatString(6), rats, got.Scores[i])
			}
		}
	})
}
