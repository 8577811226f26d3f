package stats_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
	"jiangtai/scoring/stats"
)

// rounds reads one line a round, "entry aspect max: marks of chairs 1, 2, …",
// "-" for a chair without one. All are of panel p.
func rounds(text string) []stats.Round {
	var list []stats.Round
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		head, marks, _ := strings.Cut(line, ":")
		w := strings.Fields(head)
		r := stats.Round{Entry: record.EntryID(exact.Must(w[0]).Whole(exact.Floor)), Aspect: w[1], Attempt: 1, Panel: "p", Max: exact.Must(w[2])}
		for i, v := range strings.Fields(marks) {
			if v != "-" {
				r.Marks = append(r.Marks, stats.Mark{Chair: record.ChairID(i + 1), Value: exact.Must(v)})
			}
		}
		list = append(list, r)
	}
	return list
}

// TestJudgesByHand: of 10, judge 3 is two points above the others' mean each
// time; judge 1 wavers.
func TestJudgesByHand(t *testing.T) {
	list := stats.Judges(rounds(`
1 look 10: 6 6 8
2 look 10: 7 5 8
3 look 10: 5 5 -
4 look 10: 9 - -`))
	var got []string
	for _, j := range list {
		got = append(got, fmt.Sprintf("%d/%d %s ±%s", j.Chair, j.Marks, j.Severity, j.Spread))
	}
	// Judge 1: 6−7, 7−6.5, 5−5 → −1, 0.5, 0, mean −1/6, spread (5/6 + 4/6 + 1/6)/3 = 5/9, all of 10.
	// Judge 2: 6−7, 5−7.5, 5−5 → −1, −2.5, 0, mean −7/6, spread (1/6 + 8/6 + 7/6)/3 = 8/9.
	want := "1/3 -1/60 ±1/18, 2/3 -7/60 ±4/45, 3/2 0.2 ±0"
	if text := strings.Join(got, ", "); text != want {
		t.Fatalf("%s, by hand %s", text, want)
	}
	if list := stats.Judges(nil); len(list) != 0 {
		t.Fatalf("%+v", list)
	}
}

func TestOutliers(t *testing.T) {
	for _, c := range []struct{ marks, want string }{
		{"8 8 8", ""},
		{"8 8 5", "3:-0.3"},
		{"8 8.5 5", "3:-0.325"},     // 0.25 from each other, 3.25 away
		{"8 9 5", "3:-0.35"},        // three times 0.5 is 1.5
		{"8 8 8.9", ""},             // less than a tenth of the maximum
		{"8 8 9", ""},               // a tenth is not more than a tenth
		{"8 8 9.1", "3:0.11"},       //
		{"2 8", ""},                 // of two nobody knows which
		{"2 8 -", ""},               //
		{"1 9 1 9 5", ""},           // where all differ nobody stands apart
		{"5 5 5 5 0", "5:-0.5"},     //
		{"5 5 5 9 0", "5:-0.6"},     // 9 is 5.25 from 3.75, and the others 1.875 from it
		{"3.3 3.3 3.3 9", "4:0.57"}, //
	} {
		var got []string
		for _, o := range stats.Outliers(rounds("1 look 10: "+c.marks), stats.Usual()) {
			got = append(got, fmt.Sprintf("%d:%s", o.Chair, o.Away))
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s: %s, want %s", c.marks, text, c.want)
		}
	}
}

// TestTheFarthestStandsFirst, and marks are told as they were given.
func TestTheFarthestStandsFirst(t *testing.T) {
	list := stats.Outliers(rounds(`
1 look 10: 8 8 5
2 look 50: 40 40 5
3 look 10: 5 8 8`), stats.Usual())
	if len(list) != 3 || list[0].Entry != 2 || list[0].Value.String() != "5" || list[1].Entry != 1 || list[2].Chair != 1 || list[2].Entry != 3 {
		t.Fatalf("%+v", list)
	}
}

// column makes numbers of small digits.
func column(text string) []exact.Num {
	var list []exact.Num
	for _, w := range strings.Fields(text) {
		list = append(list, exact.Must(w))
	}
	return list
}

// TestKendall has worked examples: equal orders, opposite ones, ties.
func TestKendall(t *testing.T) {
	for _, c := range []struct {
		columns []string
		w       string
	}{
		{[]string{"1 2 3 4", "10 20 30 40", "5 6 7 9"}, "1"},
		{[]string{"1 2 3", "3 2 1"}, "0"},
		{[]string{"1 2 3 4 5 6", "1 2 3 4 5 6", "6 5 4 3 2 1"}, "1/9"},
		{[]string{"1 6 3 2 5 4", "1 5 6 2 4 3", "6 3 2 5 4 1"}, "67/315"}, // sums 8 14 11 9 13 8, S = 33.5, 12 S / (9 × 210),
		{[]string{"1 1 2", "1 2 2"}, "0.75"},
		{[]string{"5 5 5", "1 2 3"}, "0.5"},
		{[]string{"5 5 5", "5 5 5"}, ""},
		{[]string{"1 2 3"}, ""},
		{[]string{"1", "2"}, ""},
		{nil, ""},
	} {
		var columns [][]exact.Num
		for _, text := range c.columns {
			columns = append(columns, column(text))
		}
		w, known := stats.Kendall(columns)
		want := ""
		if c.w != "" {
			up, down, _ := strings.Cut(c.w+"/1", "/")
			down, _, _ = strings.Cut(down, "/")
			want = exact.Must(up).Div(exact.Must(down)).String()
		}
		if known != (want != "") || known && w.String() != want {
			t.Errorf("%v: %s %v, want %s", c.columns, w, known, want)
		}
	}
}

// TestAgreementsCountWholeEntries: entry 3 lacks a judge, entry 4 an aspect.
func TestAgreementsCountWholeEntries(t *testing.T) {
	list := rounds(`
1 look 10: 6 7 8
1 feel 5: 1 1 1
2 look 10: 5 6 9
2 feel 5: 2 2 3
3 look 10: 9 9 -
3 feel 5: 3 3 3
4 look 10: 9 9 9`)
	list = append(list, stats.Round{Entry: 1, Aspect: "taste", Panel: "q", Marks: []stats.Mark{{Chair: 9, Value: exact.One}}})
	got := stats.Agreements(list)
	// Shares: entry 1 has 0.8 0.9 1.0, entry 2 0.9 1.0 1.5: all three agree.
	if len(got) != 2 || got[0].Panel != "p" || got[0].Judges != 3 || got[0].Entries != 2 || !got[0].Known || !got[0].W.Equal(exact.One) {
		t.Fatalf("%+v", got)
	}
	if got[1].Known || got[1].Judges != 1 || got[1].Entries != 1 {
		t.Fatalf("%+v", got[1])
	}
}

// kendallByDefinition ranks by counting and takes W as the share that the
// variance of rank sums has of what it would have if all orders were equal.
func kendallByDefinition(columns [][]int) *big.Rat {
	n, m := len(columns[0]), len(columns)
	sums := make([]*big.Rat, n)
	all := new(big.Rat) // Σ over judges of the squares of their ranks about the mean
	mean := big.NewRat(int64(n+1), 2)
	for i := range sums {
		sums[i] = new(big.Rat)
	}
	for _, c := range columns {
		for i := range c {
			rank := big.NewRat(1, 2)
			for _, o := range c {
				switch {
				case o < c[i]:
					rank.Add(rank, big.NewRat(1, 1))
				case o == c[i]:
					rank.Add(rank, big.NewRat(1, 2))
				}
			}
			sums[i].Add(sums[i], rank)
			d := new(big.Rat).Sub(rank, mean)
			all.Add(all, d.Mul(d, d))
		}
	}
	s := new(big.Rat)
	for _, r := range sums {
		d := new(big.Rat).Sub(r, new(big.Rat).Mul(mean, big.NewRat(int64(m), 1)))
		s.Add(s, d.Mul(d, d))
	}
	if all.Sign() == 0 {
		return nil
	}
	return s.Quo(s, all.Mul(all, big.NewRat(int64(m), 1)))
}

func TestKendallEqualsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(2, 7).Draw(t, "entries"), rapid.IntRange(2, 5).Draw(t, "judges")
		var whole [][]int
		var columns [][]exact.Num
		for range m {
			c := rapid.SliceOfN(rapid.IntRange(0, 6), n, n).Draw(t, "marks")
			whole = append(whole, c)
			var nums []exact.Num
			for _, x := range c {
				nums = append(nums, exact.Frac(x, 3))
			}
			columns = append(columns, nums)
		}
		w, known := stats.Kendall(columns)
		want := kendallByDefinition(whole)
		if known != (want != nil) || known && w.Rat().Cmp(want) != 0 {
			t.Fatalf("%v: %s %v, by definition %v", whole, w, known, want)
		}
		if known && (w.Sign() < 0 || exact.One.Less(w)) {
			t.Fatalf("W is %s", w)
		}
	})
}

// TestStatisticsDoNotDependOnOrder of rounds; and a judge who marks everything
// higher by the same is more lenient by just that, and wavers no more.
func TestStatisticsDoNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list, lifted []stats.Round
		for e := range rapid.IntRange(1, 8).Draw(t, "rounds") {
			r := stats.Round{Entry: record.EntryID(e + 1), Aspect: "a", Attempt: 1, Panel: "p", Max: exact.Int(10)}
			for chair := range 3 {
				r.Marks = append(r.Marks, stats.Mark{Chair: record.ChairID(chair + 1), Value: exact.Frac(rapid.IntRange(0, 20).Draw(t, "half points"), 2)})
			}
			list = append(list, r)
			up := r
			up.Marks = append([]stats.Mark(nil), r.Marks...)
			up.Marks[1].Value = up.Marks[1].Value.Add(exact.One)
			lifted = append(lifted, up)
		}
		judges := stats.Judges(list)
		turned := append([]stats.Round(nil), list...)
		rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "turn"))).Shuffle(len(turned), func(i, j int) { turned[i], turned[j] = turned[j], turned[i] })
		again := stats.Judges(turned)
		for i := range judges {
			if !judges[i].Severity.Equal(again[i].Severity) || !judges[i].Spread.Equal(again[i].Spread) {
				t.Fatalf("%+v, before %+v", again, judges)
			}
		}
		if a, b := stats.Agreements(list), stats.Agreements(turned); !reflect.DeepEqual(a[0].W.String(), b[0].W.String()) {
			t.Fatalf("%+v, before %+v", b, a)
		}
		up := stats.Judges(lifted)
		if !up[1].Severity.Sub(judges[1].Severity).Equal(exact.Must("0.1")) || !up[1].Spread.Equal(judges[1].Spread) {
			t.Fatalf("%+v lifted %+v", judges[1], up[1])
		}
		if !up[0].Severity.Sub(judges[0].Severity).Equal(exact.Must("-0.05")) {
			t.Fatalf("the others look more severe by half of it: %+v %+v", judges[0], up[0])
		}
	})
}

// ExampleOutliers names the mark that stands apart.
func ExampleOutliers() {
	for _, o := range stats.Outliers(rounds("7 taste 10: 8 8.5 8 5"), stats.Usual()) {
		fmt.Println("entry", o.Entry, "chair", o.Chair, "gave", o.Value)
	}
	// Output: entry 7 chair 4 gave 5
}
