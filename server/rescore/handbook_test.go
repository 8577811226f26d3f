package rescore

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
)

// The vectors of the handbook, which the engine is held against too: two scorers
// that agree may still both be wrong.

func TestScaleAndMedals(t *testing.T) {
	for totals, want := range map[string]string{
		"85 80 78 70 60": "720 706 700 677 648", "92.35 90.10 88.40 81.00": "732 709 691 615", "7 7 7 7": "700 700 700 700",
	} {
		var list []*big.Rat
		for _, s := range strings.Fields(totals) {
			r, err := rat(s)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, r)
		}
		if got := fmt.Sprint(scale(list)); got != "["+want+"]" {
			t.Errorf("%s: %s, want %s", totals, got, want)
		}
	}
	for scores, want := range map[string]string{
		"760 750 740 730 701 700 699": "GSBMMM-",
		"750 748 741 730":             "GGBM",
		"750 749 748 744 730":         "GGGMM",
		"760 747 745 744 743 720":     "GSSBBM",
		"760 760 760 759 758 757 699": "GGGGGB-",
	} {
		var list []int64
		for _, s := range strings.Fields(scores) {
			var n int64
			if _, err := fmt.Sscan(s, &n); err != nil {
				t.Fatal(err)
			}
			list = append(list, n)
		}
		got := ""
		for _, m := range medalsOf(list) {
			got += map[string]string{"gold": "G", "silver": "S", "bronze": "B", "medallion": "M", "": "-"}[m]
		}
		if got != want {
			t.Errorf("%s: %s, want %s", scores, got, want)
		}
	}
}

func TestCountsOfPrizes(t *testing.T) {
	share := func(mode string, running bool) *prizeRule {
		r := &prizeRule{Mode: mode, Running: running}
		for _, s := range []string{"1/10", "1/5", "3/10"} {
			x, _ := new(big.Rat).SetString(s)
			r.List = append(r.List, struct {
				ID     string
				Share  *number
				Number int
			}{s, &number{x}, 0})
		}
		return r
	}
	for _, c := range []struct {
		n       int
		mode    string
		running bool
		want    string
	}{
		{7, "floor", false, "[0 1 2]"},
		{7, "half_up", false, "[1 1 2]"},
		{7, "ceiling", false, "[1 2 3]"},
		{15, "floor", false, "[1 3 4]"},
		{15, "", false, "[2 3 5]"},
		{15, "ceiling", false, "[2 3 5]"},
		{45, "floor", false, "[4 9 13]"},
		{45, "half_up", false, "[5 9 14]"},
		{45, "ceiling", false, "[5 9 14]"},
		{45, "half_up", true, "[5 9 13]"},
	} {
		if got := fmt.Sprint(share(c.mode, c.running).counts(c.n)); got != c.want {
			t.Errorf("%d %s: %s, want %s", c.n, c.mode, got, c.want)
		}
	}
}

// TestTiesAtTheCut: ranks as written, two firsts and two seconds; a tie is
// widened, narrowed or waits, and the places behind it stay.
func TestTiesAtTheCut(t *testing.T) {
	for _, c := range []struct{ ranks, ties, want string }{
		{"1 2 2 2 5 6", "widen", "1:0 2:0 3:0 4:0"},
		{"1 2 2 2 5 6", "narrow", "1:0 2:1 3:1 4:1"},
		{"1 2 2 2 5 6", "decide", "1:0 wait 0 1 for [2 3 4]"},
		{"1 1 1 1 1 6", "widen", "1:0 2:0 3:0 4:0 5:0"},
		{"1 1 1 1 1 6", "narrow", ""},
		{"1 1 1 1 1 6", "decide", "wait 0 2 for [1 2 3 4 5]"},
		{"1 2 3 4 4 4", "widen", "1:0 2:0 3:1 4:1 5:1 6:1"},
		{"1 2 3 4 4 4", "narrow", "1:0 2:0 3:1"},
		{"1 2 3 4 5 6", "decide", "1:0 2:0 3:1 4:1"},
	} {
		var rows []row
		for i, s := range strings.Fields(c.ranks) {
			rows = append(rows, row{&sheet{entry: uint64(i + 1), who: &entrant{}}, int(s[0] - '0')})
		}
		var got []string
		share(tiers(rows, c.ties == "decide"), []int{2, 4}, c.ties, func(t tier, prize int) {
			for _, r := range t.rows {
				got = append(got, fmt.Sprint(r.entry, ":", prize))
			}
		}, func(t tier, prize, room int) {
			got = append(got, fmt.Sprint("wait ", prize, " ", room, " for ", t.entries()))
		})
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s %s: %v, want %s", c.ranks, c.ties, got, c.want)
		}
	}
}

// TestDifferences names every fact on which two results do not agree, also one
// that only one of them has, "entry 2" before "entry 10".
func TestDifferences(t *testing.T) {
	engine, mine := Facts{}, Facts{}
	for _, f := range []struct{ of, what, engine, mine string }{
		{"entry 10", "total", "9.00", "9.01"},
		{"entry 2", "rank", "1", "1"},
		{"entry 2", "prize", "", "first"},
		{"prize first in group 2", "undecided", "1 for [2 3]", ""},
	} {
		engine.say(f.of, f.what, f.engine)
		mine.say(f.of, f.what, f.mine)
	}
	want := "[{{entry 2 prize}  first} {{entry 10 total} 9.00 9.01} {{prize first in group 2 undecided} 1 for [2 3] }]"
	if got := fmt.Sprint(differences(engine, mine)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
