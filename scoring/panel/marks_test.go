package panel_test

import (
	"math/big"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/panel"
	"jiangtai/scoring/scheme"
)

// plain is a policy in whole hundredths: of the sorted marks so many are left
// out at each end, and the rest is added up or shared.
func plain(p scheme.Policy, marks []int64, chairs int) (*big.Rat, bool) {
	least := p.Least
	if sums := p.Kind == scheme.SumAll || p.Kind == scheme.Middle; sums && least == 0 {
		least = chairs
	}
	rest := slices.Sorted(slices.Values(marks))
	if len(rest) < least || len(rest) <= p.High+p.Low {
		return nil, false
	}
	switch p.Kind {
	case scheme.Trimmed, scheme.Middle:
		rest = rest[p.Low : len(rest)-p.High]
	case scheme.Median:
		for len(rest) > 2 {
			rest = rest[1 : len(rest)-1]
		}
	}
	sum := new(big.Int)
	for _, m := range rest {
		sum.Add(sum, big.NewInt(m))
	}
	under := big.NewInt(100)
	if p.Kind != scheme.SumAll && p.Kind != scheme.Middle {
		under.Mul(under, big.NewInt(int64(len(rest))))
	}
	return new(big.Rat).SetFrac(sum, under), true
}

// TestMarksAreVotes: marks in hundredths make the value that votes of the same
// numbers make, by every policy but the chief's, whoever is absent or recused,
// and it is the value of the sorted marks.
func TestMarksAreVotes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPolicy(t)
		p.Least = rapid.IntRange(0, 17).Draw(t, "at least")
		var m panel.Marks
		var given []int64
		chairs := 0
		list := make([]panel.Vote, rapid.IntRange(1, 16).Draw(t, "panel"))
		for i := range list {
			chairs++
			switch rapid.SampledFrom([]string{"in", "in", "in", "in", "absent", "recused"}).Draw(t, "who") {
			case "recused":
				list[i].Out = true
				chairs--
			case "in":
				n := rapid.OneOf(rapid.Int64Range(-500, 10000), rapid.Int64Range(-1<<56, 1<<56)).Draw(t, "mark")
				list[i] = panel.Vote{Num: exact.Hundredths(n, 1), In: true}
				if given = append(given, n); !m.Add(n) {
					t.Fatalf("no room for mark %d", len(given))
				}
			}
		}
		got, ok := m.Value(&p, chairs)
		votes, same := panel.Value(p, list)
		want, enough := plain(p, given, chairs)
		if ok != same || ok != enough {
			t.Fatalf("%v of %v in %d chairs: %v, by votes %v, plainly %v", p, given, chairs, ok, same, enough)
		}
		if ok && (!got.Equal(votes) || got.Rat().Cmp(want) != 0) {
			t.Fatalf("%v of %v: %s, by votes %s, plainly %s", p, given, got, votes, want.RatString())
		}
	})
}

// TestMarksHaveRoomForSixteen: the seventeenth is refused and changes nothing.
func TestMarksHaveRoomForSixteen(t *testing.T) {
	var m panel.Marks
	for i := range int64(16) {
		if !m.Add(1600 - 100*i) {
			t.Fatalf("no room for mark %d", i+1)
		}
	}
	if m.Add(99999) {
		t.Error("a seventeenth mark is taken")
	}
	for kind, want := range map[scheme.PolicyKind]string{
		scheme.Mean: "8.5", scheme.Median: "8.5", scheme.SumAll: "136", scheme.Trimmed: "8", scheme.Middle: "104",
	} {
		p := scheme.Policy{Kind: kind}
		if kind == scheme.Trimmed || kind == scheme.Middle {
			p.High, p.Low = 2, 1
		}
		if got, ok := m.Value(&p, 16); !ok || got.String() != want {
			t.Errorf("%s: %s %v, want %s", kind, got, ok, want)
		}
	}
}

// TestMarksThatAreTooFew: a sum wants every chair of the panel, unless the scheme
// says how many are enough.
func TestMarksThatAreTooFew(t *testing.T) {
	var m panel.Marks
	m.Add(700)
	m.Add(900)
	for _, c := range []struct {
		policy scheme.Policy
		chairs int
		want   string
	}{
		{scheme.Policy{Kind: scheme.SumAll}, 2, "16"},
		{scheme.Policy{Kind: scheme.SumAll}, 3, ""},
		{scheme.Policy{Kind: scheme.SumAll, Least: 2}, 3, "16"},
		{scheme.Policy{Kind: scheme.Mean}, 5, "8"},
		{scheme.Policy{Kind: scheme.Mean, Least: 3}, 5, ""},
		{scheme.Policy{Kind: scheme.Trimmed, High: 1}, 3, "7"},
		{scheme.Policy{Kind: scheme.Trimmed, Low: 1}, 3, "9"},
		{scheme.Policy{Kind: scheme.Trimmed, High: 1, Low: 1}, 2, ""},
		{scheme.Policy{Kind: scheme.Middle, High: 1}, 2, "7"},
		{scheme.Policy{Kind: scheme.Middle, High: 1}, 3, ""},
	} {
		got, ok := m.Value(&c.policy, c.chairs)
		if ok != (c.want != "") || ok && got.String() != c.want {
			t.Errorf("%v of %d chairs: %s %v, want %q", c.policy, c.chairs, got, ok, c.want)
		}
	}
	if got, ok := new(panel.Marks).Value(&scheme.Policy{Kind: scheme.Median}, 3); ok {
		t.Errorf("the median of nothing is %s", got)
	}
}
