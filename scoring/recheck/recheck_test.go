package recheck_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/recheck"
	"jiangtai/scoring/record"
)

// TestSizes is the table of how much is checked of n entries.
func TestSizes(t *testing.T) {
	for _, c := range []struct{ n, top, rest, tolerated int }{
		{7, 3, 1, 0},
		{10, 3, 2, 0},
		{20, 6, 3, 0},
		{23, 7, 3, 0},
		{41, 13, 5, 0},
		{100, 30, 11, 2},
		{0, 0, 0, 0},
		{1, 1, 0, 0},
	} {
		rule := recheck.Usual()
		top, rest := rule.Sizes(c.n)
		if top != c.top || rest != c.rest || rule.Tolerated(top+rest) != c.tolerated {
			t.Errorf("%d entries: %d and %d, %d tolerated, want %+v", c.n, top, rest, rule.Tolerated(top+rest), c)
		}
	}
	ten := recheck.Rule{First: 10, Rest: exact.Must("0.15")}
	if top, rest := ten.Sizes(30); top != 10 || rest != 3 {
		t.Errorf("a fixed ten of 30: %d and %d", top, rest)
	}
	if top, rest := ten.Sizes(6); top != 6 || rest != 0 {
		t.Errorf("a fixed ten of 6: %d and %d", top, rest)
	}
}

// TestStrictlyAboveMeansEverything: 5 % exactly is tolerated.
func TestStrictlyAboveMeansEverything(t *testing.T) {
	for _, c := range []struct {
		wrong, checked int
		full           bool
	}{{1, 20, false}, {1, 19, true}, {2, 41, false}, {3, 41, true}, {0, 5, false}, {1, 5, true}, {0, 0, false}} {
		if got := recheck.Usual().Full(c.wrong, c.checked); got != c.full {
			t.Errorf("%d of %d: full %v", c.wrong, c.checked, got)
		}
	}
}

func field(ranks ...int) []recheck.Ranked {
	var list []recheck.Ranked
	for i, r := range ranks {
		list = append(list, recheck.Ranked{Entry: record.EntryID(i + 1), Rank: r})
	}
	return list
}

// TestTheTopExtendsOverATie: 30 % of 10 is 3; three share rank 3.
func TestTheTopExtendsOverATie(t *testing.T) {
	got := recheck.Usual().Draw(field(1, 2, 3, 3, 3, 6, 7, 8, 9, 10, 0), []byte("seed"))
	if fmt.Sprint(got.Top) != "[1 2 3 4 5]" || len(got.Rest) != 1 {
		t.Fatalf("%+v", got)
	}
	if got := recheck.Usual().Draw(field(1, 1, 1), []byte("seed")); len(got.Top) != 3 || got.Rest != nil {
		t.Fatalf("%+v", got)
	}
	if got := recheck.Usual().Draw(nil, nil); got.Top != nil || got.Rest != nil {
		t.Fatalf("%+v", got)
	}
}

// TestTheDrawStands: a recorded seed draws the same entries for ever.
func TestTheDrawStands(t *testing.T) {
	ranks := make([]int, 20)
	for i := range ranks {
		ranks[i] = i + 1
	}
	for seed, want := range map[string]string{"2026-05-01": "[8 15 19]", "2026-05-02": "[8 9 19]"} {
		if got := fmt.Sprint(recheck.Usual().Draw(field(ranks...), []byte(seed)).Rest); got != want {
			t.Errorf("seed %s draws %s, it drew %s", seed, got, want)
		}
	}
}

// TestDrawProperties: the order of rows does not matter, nobody is drawn twice
// or from outside, the sizes are at least the rule's.
func TestDrawProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := field(rapid.SliceOfN(rapid.IntRange(0, 12), 0, 30).Draw(t, "ranks")...)
		seed := rapid.SliceOfN(rapid.Byte(), 0, 8).Draw(t, "seed")
		got := recheck.Usual().Draw(list, seed)
		turned := slices.Clone(list)
		slices.Reverse(turned)
		if again := recheck.Usual().Draw(turned, seed); !reflect.DeepEqual(got, again) {
			t.Fatalf("%+v turned is %+v", got, again)
		}
		ranked, worst, seen := 0, 0, map[record.EntryID]bool{}
		for _, e := range list {
			if e.Rank > 0 {
				ranked++
			}
		}
		top, _ := recheck.Usual().Sizes(ranked)
		for _, id := range append(slices.Clone(got.Top), got.Rest...) {
			if seen[id] || list[id-1].Rank == 0 {
				t.Fatalf("%d is drawn twice or not ranked: %+v", id, got)
			}
			seen[id] = true
		}
		for _, id := range got.Top {
			worst = max(worst, list[id-1].Rank)
		}
		for _, e := range list {
			if e.Rank > 0 && e.Rank <= worst && !slices.Contains(got.Top, e.Entry) {
				t.Fatalf("%+v is not in the top %v", e, got.Top)
			}
		}
		rest := ranked - len(got.Top)
		if len(got.Top) < top || 100*len(got.Rest) < 15*rest || 100*(len(got.Rest)-1) >= 15*rest && rest > 0 {
			t.Fatalf("%d and %d of %d", len(got.Top), len(got.Rest), ranked)
		}
	})
}

// ExampleRule_Draw draws with a seed that was recorded.
func ExampleRule_Draw() {
	s := recheck.Usual().Draw(field(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), []byte("the sum of the day's lottery"))
	fmt.Println(s.Top, len(s.Rest))
	// Output: [1 2 3] 2
}
