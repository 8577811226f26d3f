package quota_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/server/honours/quota"
)

func atLeast(id, amount string) quota.Quota {
	return quota.Quota{ID: id, Who: id, Of: quota.All, Bound: quota.AtLeast, Amount: amount}
}

func atMost(id, amount string) quota.Quota {
	return quota.Quota{ID: id, Who: id, Of: quota.All, Bound: quota.AtMost, Amount: amount}
}

// people gives n nominees of whom the first counts[trait] have the trait.
func people(n int, counts map[string]int) [][]string {
	out := make([][]string, n)
	for trait, k := range counts {
		for i := range k {
			out[i] = append(out[i], trait)
		}
	}
	return out
}

// The national list of sixty medals.
func TestSixtyMedals(t *testing.T) {
	quotas := []quota.Quota{
		atLeast("industrial", "35%"), atLeast("front_line", "20%"), atLeast("science_education", "20%"),
		atLeast("migrant", "10%"), atLeast("non_public", "35%"), atMost("head", "13%"),
	}
	want := []int{21, 12, 12, 6, 21, 7}
	lines := quota.Report(people(60, map[string]int{
		"industrial": 21, "front_line": 12, "science_education": 12, "migrant": 6, "non_public": 21, "head": 7,
	}), quotas)
	for i, l := range lines {
		if l.Base != 60 || l.Need != want[i] || l.Have != want[i] || l.Slack != 0 || !l.Holds() {
			t.Errorf("%+v, want %d, just kept", l, want[i])
		}
	}
	lines = quota.Report(people(60, map[string]int{"industrial": 20, "head": 8}), quotas)
	if l := lines[0]; l.Slack != -1 || l.Holds() {
		t.Errorf("20 industrial workers: %+v", l)
	}
	if l := lines[5]; l.Slack != -1 || l.Holds() {
		t.Errorf("8 heads: %+v", l)
	}
}

func TestExactlyThePercentageIsEnough(t *testing.T) {
	for _, c := range []struct {
		base, have int
		q          quota.Quota
		holds      bool
	}{
		{20, 7, atLeast("w", "35%"), true},
		{20, 6, atLeast("w", "35%"), false},
		{21, 8, atLeast("w", "35%"), true},
		{21, 7, atLeast("w", "35%"), false},
		{40, 3, atMost("w", "7.5%"), true},
		{40, 4, atMost("w", "7.5%"), false},
		{0, 0, atLeast("w", "35%"), true},
		{0, 0, atLeast("w", "1"), false},
		{5, 2, atMost("w", "2"), true},
		{5, 5, atLeast("w", "100%"), true},
	} {
		if l := quota.Report(people(c.base, map[string]int{"w": c.have}), []quota.Quota{c.q})[0]; l.Holds() != c.holds {
			t.Errorf("%+v", l)
		}
	}
}

func TestBaseAndAside(t *testing.T) {
	list := [][]string{{"public", "cadre"}, {"public"}, {"public", "cadre", "winner"}, {"cadre"}, {}}
	lines := quota.Report(list, []quota.Quota{
		{ID: "a", Who: "cadre", Of: "public", Bound: quota.AtMost, Amount: "20%"},
		{ID: "b", Who: "cadre", Of: "public", Bound: quota.AtMost, Amount: "50%", Aside: "winner"},
		{ID: "c", Who: "cadre", Of: quota.All, Bound: quota.AtLeast, Amount: "3"},
	})
	for i, want := range [][4]int{{3, 2, 0, -2}, {2, 1, 1, 0}, {5, 3, 3, 0}} {
		if l := lines[i]; [4]int{l.Base, l.Have, l.Need, l.Slack} != want {
			t.Errorf("%+v, want %v", l, want)
		}
	}
}

func TestFaultyQuotas(t *testing.T) {
	good := atLeast("a", "35%")
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for _, amount := range []string{"", "%", "35 %", "-1", "101%", "100.01%", "1.234%", "1.%", ".5%", "1.5", "1e2", "007", "1000001", "+3", "0x1%"} {
		q := good
		q.Amount = amount
		if q.Check() == nil {
			t.Errorf("the amount %q was accepted", amount)
		}
	}
	for _, change := range []func(*quota.Quota){
		func(q *quota.Quota) { q.ID = "" }, func(q *quota.Quota) { q.Who = "" },
		func(q *quota.Quota) { q.Of = "" }, func(q *quota.Quota) { q.Bound = ">=" },
	} {
		q := good
		change(&q)
		if q.Check() == nil {
			t.Errorf("%+v was accepted", q)
		}
	}
}

// Random lists against a recomputation in rationals, nominee by nominee.
func TestReportAgainstRationals(t *testing.T) {
	traits := []string{"a", "b", "c", "d"}
	rapid.Check(t, func(rt *rapid.T) {
		list := rapid.SliceOfN(rapid.SliceOfDistinct(rapid.SampledFrom(traits), rapid.ID[string]), 0, 120).Draw(rt, "list")
		hundredths := rapid.IntRange(0, 10_000).Draw(rt, "percent")
		q := quota.Quota{
			ID: "q", Who: rapid.SampledFrom(traits).Draw(rt, "who"), Of: rapid.SampledFrom(append(traits, quota.All)).Draw(rt, "of"),
			Bound:  rapid.SampledFrom([]quota.Bound{quota.AtLeast, quota.AtMost}).Draw(rt, "bound"),
			Amount: big.NewRat(int64(hundredths), 100).FloatString(2) + "%",
			Aside:  rapid.SampledFrom(append(traits, "")).Draw(rt, "aside"),
		}
		if err := q.Check(); err != nil {
			rt.Fatal(err)
		}
		base, have := 0, 0
		for _, p := range list {
			has := func(t string) bool { return t == quota.All || slices.Contains(p, t) }
			if (q.Aside == "" || !has(q.Aside)) && has(q.Of) {
				base++
				if has(q.Who) {
					have++
				}
			}
		}
		bound := new(big.Rat).Mul(big.NewRat(int64(hundredths), 10_000), big.NewRat(int64(base), 1))
		side := new(big.Rat).SetInt64(int64(have)).Cmp(bound)
		holds := side >= 0 && q.Bound == quota.AtLeast || side <= 0 && q.Bound == quota.AtMost
		l := quota.Report(list, []quota.Quota{q})[0]
		if l.Base != base || l.Have != have || l.Holds() != holds {
			rt.Fatalf("%+v: base %d have %d holds %v", l, base, have, holds)
		}
		// One nominee fewer, or more, than the slack allows breaks it.
		if q.Bound == quota.AtLeast && l.Slack != have-l.Need || q.Bound == quota.AtMost && l.Slack != l.Need-have {
			rt.Fatalf("%+v", l)
		}
	})
}

func TestShares(t *testing.T) {
	for _, c := range []struct {
		places  int
		weights []int64
		want    []int
	}{
		{60, []int64{1, 1, 1}, []int{20, 20, 20}},
		{10, []int64{47, 33, 20}, []int{5, 3, 2}},
		{10, []int64{45, 35, 20}, []int{5, 3, 2}}, // 4.5 and 3.5: the larger union first
		{1, []int64{5, 5, 5}, []int{1, 0, 0}},
		{0, []int64{0}, []int{0}},
		{7, []int64{0, 3}, []int{0, 7}},
	} {
		if got, err := quota.Shares(c.places, c.weights); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%d by %v: %v %v, want %v", c.places, c.weights, got, err, c.want)
		}
	}
	for _, bad := range []struct {
		places  int
		weights []int64
	}{{-1, []int64{1}}, {1, []int64{0}}, {1, nil}, {1, []int64{2, -1}}} {
		if got, err := quota.Shares(bad.places, bad.weights); err == nil {
			t.Errorf("%v gave %v", bad, got)
		}
	}
}

// Shares add up, and nobody is a whole place away from his exact part.
func TestSharesAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		weights := rapid.SliceOfN(rapid.Int64Range(0, 1<<60), 1, 30).Draw(rt, "weights")
		weights[0]++
		places := rapid.IntRange(0, 500).Draw(rt, "places")
		got, err := quota.Shares(places, weights)
		if err != nil {
			rt.Fatal(err)
		}
		total, sum := new(big.Int), 0
		for i, w := range weights {
			total.Add(total, big.NewInt(w))
			sum += got[i]
		}
		if sum != places {
			rt.Fatalf("%v add up to %d, not %d", got, sum, places)
		}
		for i, w := range weights {
			exact := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(int64(places)), big.NewInt(w)), total)
			off := new(big.Rat).Sub(exact, new(big.Rat).SetInt64(int64(got[i])))
			if off.Abs(off).Cmp(big.NewRat(1, 1)) >= 0 {
				rt.Fatalf("weight %d of %v: %d, exactly %v", w, total, got[i], exact)
			}
		}
	})
}
