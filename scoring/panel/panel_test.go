package panel_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/panel"
	"jiangtai/scoring/scheme"
)

// votes reads "88 90 - 86"; "-" is an absent judge.
func votes(text string) []panel.Vote {
	var list []panel.Vote
	for _, w := range strings.Fields(text) {
		if w == "-" {
			list = append(list, panel.Vote{})
			continue
		}
		list = append(list, panel.Vote{Num: exact.Must(w), In: true})
	}
	return list
}

var trimmed = scheme.Policy{Kind: scheme.Trimmed, High: 1, Low: 1}

// TestHandbook is the list of worked examples; "" means that the policy
// refuses for want of marks. Dropped marks stand in brackets.
func TestHandbook(t *testing.T) {
	text, err := os.ReadFile("../testdata/panels.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Policy scheme.Policy
		Marks  string
		Exact  string
		Shown  string
		Shows  string
	}
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		v, ok := panel.Value(c.Policy, votes(c.Marks))
		dropped := panel.Dropped(c.Policy, votes(c.Marks))
		if ok != (c.Exact != "") {
			t.Errorf("%v of %s: ok is %v", c.Policy, c.Marks, ok)
			continue
		}
		if !ok {
			continue
		}
		if v.String() != c.Exact || v.Fixed(2) != c.Shown {
			t.Errorf("%v of %s: %s shown %s, want %s shown %s", c.Policy, c.Marks, v, v.Fixed(2), c.Exact, c.Shown)
		}
		shows := strings.Fields(c.Marks)
		for i := range shows {
			if dropped != nil && dropped[i] {
				shows[i] = "(" + shows[i] + ")"
			}
		}
		if got := strings.Join(shows, " "); c.Shows != "" && got != c.Shows {
			t.Errorf("%v of %s drops %s, want %s", c.Policy, c.Marks, got, c.Shows)
		}
	}
	if len(cases) < 20 {
		t.Errorf("only %d examples", len(cases))
	}
}

func drawVotes(t *rapid.T) []panel.Vote {
	list := make([]panel.Vote, rapid.IntRange(1, 9).Draw(t, "chairs"))
	for i := range list {
		if rapid.IntRange(0, 5).Draw(t, "in") > 0 {
			list[i] = panel.Vote{Num: exact.Frac(rapid.IntRange(0, 40).Draw(t, "quarters"), 4), In: true}
		}
	}
	return list
}

func drawPolicy(t *rapid.T) scheme.Policy {
	p := scheme.Policy{Kind: rapid.SampledFrom([]scheme.PolicyKind{
		scheme.Mean, scheme.Median, scheme.SumAll, scheme.Trimmed, scheme.Middle,
	}).Draw(t, "kind"), Least: rapid.IntRange(0, 4).Draw(t, "least")}
	if p.Kind == scheme.Trimmed || p.Kind == scheme.Middle {
		p.High, p.Low = rapid.IntRange(0, 2).Draw(t, "high"), rapid.IntRange(0, 2).Draw(t, "low")
	}
	return p
}

// TestChairsAreEqual: who gave which mark changes no value, and what is dropped
// is as many as the policy says, the lowest and the highest.
func TestChairsAreEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, list := drawPolicy(t), drawVotes(t)
		v, ok := panel.Value(p, list)
		dropped := panel.Dropped(p, list)
		turned := append(append([]panel.Vote(nil), list[1:]...), list[0])
		w, again := panel.Value(p, turned)
		if ok != again || !v.Equal(w) {
			t.Fatalf("%v %v turned: %s %v, want %s %v", p, list, w, again, v, ok)
		}
		if !ok || dropped == nil {
			return
		}
		out, highest, lowest := 0, exact.Zero, exact.Int(99)
		for i := range list {
			if dropped[i] {
				if !list[i].In {
					t.Fatal("an absent judge is dropped")
				}
				out++
			} else if list[i].In {
				highest, lowest = exact.Max(highest, list[i].Num), exact.Min(lowest, list[i].Num)
			}
		}
		if out != p.High+p.Low {
			t.Fatalf("%d dropped of %v", out, p)
		}
		for i := range list {
			if dropped[i] && list[i].Num.Less(highest) && lowest.Less(list[i].Num) {
				t.Fatalf("%v drops %s from between %s and %s", p, list[i].Num, lowest, highest)
			}
		}
	})
}

// TestMarksLiftTheValue: no policy falls when a judge marks higher.
func TestMarksLiftTheValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, list := drawPolicy(t), drawVotes(t)
		v, ok := panel.Value(p, list)
		i := rapid.IntRange(0, len(list)-1).Draw(t, "who")
		if !ok || !list[i].In {
			return
		}
		list[i].Num = list[i].Num.Add(exact.Frac(rapid.IntRange(0, 20).Draw(t, "more"), 4))
		if w, _ := panel.Value(p, list); w.Less(v) {
			t.Fatalf("%v fell from %s to %s", p, v, w)
		}
	})
}

func TestAbsentIsNeverZero(t *testing.T) {
	full, _ := panel.Value(scheme.Policy{Kind: scheme.Mean}, votes("8 8 8"))
	one, _ := panel.Value(scheme.Policy{Kind: scheme.Mean}, votes("8 - 8"))
	if !full.Equal(one) {
		t.Fatalf("%s without one judge, %s with all", one, full)
	}
	if _, ok := panel.Value(trimmed, votes("8 - -")); ok {
		t.Fatal("a trimmed mean of one mark")
	}
	if _, ok := panel.Value(scheme.Policy{Kind: scheme.Chief}, votes("- 9 9")); ok {
		t.Fatal("the chief's decision without the chief")
	}
	if _, ok := panel.Value(scheme.Policy{Kind: scheme.Mean}, nil); ok {
		t.Fatal("a mean of nothing")
	}
}

func TestTooWide(t *testing.T) {
	for _, c := range []struct {
		spread, marks string
		want          bool
	}{
		{"1", "2 3 2", false},
		{"1", "1 3 2", true},
		{"0.5", "7 7.5", false},
		{"0.49", "7 7.5", true},
		{"0", "4 4 4", false},
		{"1", "1 - 2", false},
		{"1", "- -", false},
	} {
		if got := panel.TooWide(exact.Must(c.spread), votes(c.marks)); got != c.want {
			t.Errorf("%s within %s: %v", c.marks, c.spread, got)
		}
	}
}

func TestAttempts(t *testing.T) {
	for _, c := range []struct {
		take, tries string
		lower       bool
		want        string // "" is void
	}{
		{"best", "7 9 8", false, "9"},
		{"best", "7 9 8", true, "7"},
		{"best", "- 9 8", true, "8"},
		{"best", "- - -", false, ""},
		{"mean", "7 9 8", false, "8"},
		{"mean", "- 9 8", false, "17/3"},
		{"mean", "- 9 8", true, ""},
		{"middle", "7 9 8", false, "8"},
		{"middle", "10.4 9.9 12 11.1 10", true, "10.5"},
		{"middle", "10.4 - 12 11.1 10", true, "67/6"},
		{"middle", "10.4 - - 11.1 10", true, ""},
		{"middle", "6 - 8", false, "6"},
		{"middle", "- - 8", false, ""},
		{"middle", "5 5 5 5 5", true, "5"},
	} {
		var tries []panel.Attempt
		for _, v := range votes(c.tries) {
			tries = append(tries, panel.Attempt{Num: v.Num, Finished: v.In})
		}
		v, void := panel.Take(c.take, tries, c.lower)
		got := v.String()
		if void {
			got = ""
		}
		if got != c.want {
			t.Errorf("%s of %s (lower %v): %q, want %q", c.take, c.tries, c.lower, got, c.want)
		}
	}
}

// ExampleValue is the commonest policy of Chinese contests: without the highest
// and the lowest.
func ExampleValue() {
	list := votes("88 90 91.5 86 93")
	v, _ := panel.Value(trimmed, list)
	fmt.Println(v, "shown", v.Fixed(2), panel.Dropped(trimmed, list))
	// Output: 539/6 shown 89.83 [false false false true true]
}

// TestOneWhoIsOut is no chair of the panel for the policy: of a sum fewer marks
// are wanted, and the chief who is out is replaced by nobody.
func TestOneWhoIsOut(t *testing.T) {
	for _, c := range []struct {
		policy scheme.Policy
		marks  string
		out    int
		want   string
	}{
		{scheme.Policy{Kind: scheme.SumAll}, "30 20 -", 2, "50"},
		{scheme.Policy{Kind: scheme.SumAll}, "30 - -", 2, ""},
		{scheme.Policy{Kind: scheme.Middle, High: 1}, "30 20 10 -", 3, "30"},
		{scheme.Policy{Kind: scheme.Mean, Least: 3}, "30 20 -", 2, ""},
		{scheme.Policy{Kind: scheme.Chief}, "- 20 30", 0, ""},
		{scheme.Policy{Kind: scheme.Chief}, "30 - 10", 1, "30"},
	} {
		list := votes(c.marks)
		list[c.out].Out = true
		v, ok := panel.Value(c.policy, list)
		if ok != (c.want != "") || ok && v.String() != c.want {
			t.Errorf("%v of %s: %s %v, want %q", c.policy, c.marks, v, ok, c.want)
		}
	}
}
