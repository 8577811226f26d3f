package award_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/award"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
	"jiangtai/scoring/scheme"
)

func dec(s string) *exact.Num {
	n := exact.Must(s)
	return &n
}

// tenTwentyThirty is the usual rule: 10, 20 and 30 % of the ranked entries.
func tenTwentyThirty(mode string) *scheme.Prizes {
	return &scheme.Prizes{Mode: mode, List: []scheme.Prize{
		{ID: "1", Share: dec("0.1")}, {ID: "2", Share: dec("0.2")}, {ID: "3", Share: dec("0.3")},
	}}
}

// TestCounts is the table of how many win of n, by the way of rounding.
func TestCounts(t *testing.T) {
	for _, c := range []struct {
		n                                    int
		floor, halfUp, halfEven, ceil, runUp string
	}{
		{7, "0 1 2", "1 1 2", "1 1 2", "1 2 3", "1 1 2"},
		{10, "1 2 3", "1 2 3", "1 2 3", "1 2 3", "1 2 3"},
		{15, "1 3 4", "2 3 5", "2 3 4", "2 3 5", "2 3 4"},
		{23, "2 4 6", "2 5 7", "2 5 7", "3 5 7", "2 5 7"},
		{30, "3 6 9", "3 6 9", "3 6 9", "3 6 9", "3 6 9"},
		{41, "4 8 12", "4 8 12", "4 8 12", "5 9 13", "4 8 13"},
		{45, "4 9 13", "5 9 14", "4 9 14", "5 9 14", "5 9 13"},
		{60, "6 12 18", "6 12 18", "6 12 18", "6 12 18", "6 12 18"},
		{0, "0 0 0", "0 0 0", "0 0 0", "0 0 0", "0 0 0"},
		{1, "0 0 0", "0 0 0", "0 0 0", "1 1 1", "0 0 1"},
	} {
		running := tenTwentyThirty("half_up")
		running.Running = true
		for _, way := range []struct {
			rule *scheme.Prizes
			want string
		}{
			{tenTwentyThirty("floor"), c.floor},
			{tenTwentyThirty("half_up"), c.halfUp},
			{tenTwentyThirty(""), c.halfUp},
			{tenTwentyThirty("half_even"), c.halfEven},
			{tenTwentyThirty("ceiling"), c.ceil},
			{running, c.runUp},
		} {
			if got := strings.Trim(fmt.Sprint(award.Counts(way.rule, c.n)), "[]"); got != way.want {
				t.Errorf("%d entries, %q running %v: %s, want %s", c.n, way.rule.Mode, way.rule.Running, got, way.want)
			}
		}
	}
	fixed := &scheme.Prizes{List: []scheme.Prize{{ID: "1", Number: 1}, {ID: "2", Number: 3}, {ID: "3", Number: 5}, {ID: "merit", Number: 10}}}
	if got := fmt.Sprint(award.Counts(fixed, 4)); got != "[1 3 5 10]" {
		t.Errorf("fixed numbers: %s", got)
	}
}

// ranks makes a field of entries 1, 2, … with these ranks; "0" is not ranked,
// "!" behind a rank may not win, "-" has not passed, ":n" is a decided place.
func ranks(text string) []award.Entry {
	var field []award.Entry
	for i, w := range strings.Fields(text) {
		e := award.Entry{ID: record.EntryID(i + 1), Flags: record.AllFlags, Passed: true, Status: record.Competing}
		if rest, ok := strings.CutSuffix(w, "!"); ok {
			w, e.Flags = rest, record.Ranked
		}
		if rest, ok := strings.CutSuffix(w, "-"); ok {
			w, e.Passed = rest, false
		}
		rank, place, _ := strings.Cut(w, ":")
		e.Rank, e.Place = exact.Must(rank).Whole(exact.Floor), exact.Must("0"+place).Whole(exact.Floor)
		field = append(field, e)
	}
	return field
}

// shown is the prizes in the order of entries: "1 2 - ?", "?" waits.
func shown(p award.Prizes, field []award.Entry) string {
	words := make([]string, len(field))
	for i := range words {
		words[i] = "-"
	}
	for _, w := range p.Winners {
		words[w.Entry-1] = w.Prize
	}
	for _, c := range p.Open {
		for _, id := range c.Group {
			words[id-1] = "?"
		}
	}
	return strings.Join(words, " ")
}

// TestTiesAtCuts: numbers 1, 2, 3.
func TestTiesAtCuts(t *testing.T) {
	for _, c := range []struct{ field, widen, narrow, decide string }{
		{"1 2 3 4 5 6 7", "1 2 2 3 3 3 -", "1 2 2 3 3 3 -", "1 2 2 3 3 3 -"},
		{"1 1 3 4 5 6 7", "1 1 2 3 3 3 -", "2 2 2 3 3 3 -", "? ? 2 3 3 3 -"},
		{"1 2 3 3 5 6 7", "1 2 2 2 3 3 -", "1 2 3 3 3 3 -", "1 2 ? ? 3 3 -"},
		{"1 2 3 4 5 6 6", "1 2 2 3 3 3 3", "1 2 2 3 3 - -", "1 2 2 3 3 ? ?"},
		{"1 1 1 1 5 6 7", "1 1 1 1 3 3 -", "3 3 3 3 3 3 -", "? ? ? ? 3 3 -"},
		{"1 1 1 1 1 1 1", "1 1 1 1 1 1 1", "- - - - - - -", "? ? ? ? ? ? ?"},
		{"1 2 2 4", "1 2 2 3", "1 2 2 3", "1 2 2 3"},
		{"3 2 1", "2 2 1", "2 2 1", "2 2 1"},
		{"0 1 2", "- 1 2", "- 1 2", "- 1 2"},
		{"1! 2 3 4", "- 1 2 2", "- 1 2 2", "- 1 2 2"},  // a guest takes no prize from anybody
		{"1- 2 3- 4", "- 1 - 2", "- 1 - 2", "- 1 - 2"}, // below the pass mark the next moves up
		{"1:1 1:2 3 4", "1 1 2 3", "2 2 2 3", "1 2 2 3"},
		{"1:1 1 1 4", "1 1 1 3", "2 2 2 3", "1 2 2 3"},
		{"1:2 1:1 1 4", "1 1 1 3", "2 2 2 3", "2 1 2 3"},
		{"", "", "", ""},
	} {
		field := ranks(c.field)
		for ties, want := range map[string]string{"widen": c.widen, "": c.widen, "narrow": c.narrow, "decide": c.decide} {
			rule := &scheme.Prizes{Ties: ties, List: []scheme.Prize{{ID: "1", Number: 1}, {ID: "2", Number: 2}, {ID: "3", Number: 3}}}
			if got := shown(award.Give(rule, field), field); got != want {
				t.Errorf("%s, %s: %s, want %s", c.field, ties, got, want)
			}
		}
	}
}

// TestAnOpenCutSaysWhatItWaitsFor: two of three may have the second prize.
func TestAnOpenCutSaysWhatItWaitsFor(t *testing.T) {
	rule := &scheme.Prizes{Ties: "decide", List: []scheme.Prize{{ID: "1", Number: 1}, {ID: "2", Number: 2}}}
	got := award.Give(rule, ranks("1 2 2 2"))
	want := []award.Cut{{Prize: "2", Places: 2, Group: []record.EntryID{2, 3, 4}}}
	if !reflect.DeepEqual(got.Open, want) || len(got.Winners) != 1 {
		t.Fatalf("%+v", got)
	}
}

func TestWhatSharesAreOf(t *testing.T) {
	field := ranks("1 2 3 4 5 6 7 8 0 0 0 0")
	for i, s := range []record.Status{record.DidNotFinish, record.Disqualified, record.DidNotStart, record.OutOfContest} {
		field[8+i].Status = s
	}
	rule := tenTwentyThirty("ceiling")
	for of, want := range map[string]int{"": 8, "ranked": 8, "started": 10} {
		rule.Of = of
		if got := award.Give(rule, field); got.Base != want || got.TooFew {
			t.Errorf("of %q: %+v", of, got)
		}
	}
	rule.Of, rule.Least = "ranked", 8
	if got := award.Give(rule, field); len(got.Winners) != 1+2+3 {
		t.Errorf("as many as are needed: %+v", got)
	}
	rule.Least = 9
	if got := award.Give(rule, field); !got.TooFew || len(got.Winners) != 0 {
		t.Errorf("too few: %+v", got)
	}
}

func TestBelowPassWhereTheRuleAllowsIt(t *testing.T) {
	rule := &scheme.Prizes{BelowPass: true, List: []scheme.Prize{{ID: "1", Number: 1}}}
	field := ranks("1- 2")
	if got := shown(award.Give(rule, field), field); got != "1 -" {
		t.Fatal(got)
	}
}

func drawField(t *rapid.T) []award.Entry {
	n := rapid.IntRange(0, 14).Draw(t, "entries")
	points := make([]int, n)
	field := make([]award.Entry, n)
	for i := range field {
		points[i] = rapid.IntRange(0, 5).Draw(t, "points")
		field[i] = award.Entry{ID: record.EntryID(i + 1), Flags: record.AllFlags, Passed: rapid.IntRange(0, 6).Draw(t, "passed") > 0}
		if rapid.IntRange(0, 6).Draw(t, "guest") == 0 {
			field[i].Flags = record.Ranked
		}
		field[i].Total = exact.Int(points[i])
	}
	for i := range field {
		field[i].Rank = 1
		for _, p := range points {
			if p > points[i] {
				field[i].Rank++
			}
		}
	}
	return field
}

// TestGiveEqualsItsDefinition: with lo better ones and hi better or equal ones
// among those who may win, widened means the first prize whose border is above
// lo, narrowed the first whose border is not below hi, and open that a border
// lies between them.
func TestGiveEqualsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		field := drawField(t)
		rule := &scheme.Prizes{
			Ties: rapid.SampledFrom([]string{"widen", "narrow", "decide"}).Draw(t, "ties"),
			Mode: rapid.SampledFrom([]string{"half_up", "floor", "ceiling"}).Draw(t, "mode"), Running: rapid.Bool().Draw(t, "running"),
		}
		for i := range rapid.IntRange(1, 4).Draw(t, "prizes") {
			p := scheme.Prize{ID: fmt.Sprint(i)}
			if rapid.Bool().Draw(t, "share") {
				p.Share = dec(rapid.SampledFrom([]string{"0.1", "0.25", "0.2"}).Draw(t, "of"))
			} else {
				p.Number = rapid.IntRange(1, 4).Draw(t, "number")
			}
			rule.List = append(rule.List, p)
		}
		got := award.Give(rule, field)
		won := strings.Fields(shown(got, field))
		for i := range field {
			if want := defined(rule, got.Counts, field, i); won[i] != want {
				t.Fatalf("%+v\n%+v\nentry %d has %s, by definition %s", rule, field, i+1, won[i], want)
			}
		}
		turned := append([]award.Entry(nil), field...)
		rand.New(rand.NewPCG(1, rapid.Uint64().Draw(t, "turn"))).Shuffle(len(turned), func(i, j int) { turned[i], turned[j] = turned[j], turned[i] })
		if again := award.Give(rule, turned); !reflect.DeepEqual(got, again) {
			t.Fatalf("in another order: %+v, before %+v", again, got)
		}
	})
}

func defined(rule *scheme.Prizes, counts []int, field []award.Entry, i int) string {
	wins := func(e *award.Entry) bool { return e.Flags&record.MayWin != 0 && e.Passed }
	if !wins(&field[i]) {
		return "-"
	}
	lo, hi := 0, 0
	for j := range field {
		if wins(&field[j]) && field[j].Rank < field[i].Rank {
			lo++
		}
		if wins(&field[j]) && field[j].Rank <= field[i].Rank {
			hi++
		}
	}
	border, given := 0, ""
	for k, n := range counts {
		border += n
		if rule.Ties == "decide" && lo < border && border < hi {
			return "?"
		}
		inside := lo < border
		if rule.Ties != "widen" {
			inside = hi <= border
		}
		if inside && given == "" {
			given = rule.List[k].ID
		}
	}
	if given == "" {
		return "-"
	}
	return given
}

// ExampleGive shows a tie at the border of the first prize, widened.
func ExampleGive() {
	rule := &scheme.Prizes{List: []scheme.Prize{{ID: "first", Number: 1}, {ID: "second", Number: 2}}}
	for _, w := range award.Give(rule, ranks("1 1 3 4")).Winners {
		fmt.Println(w.Entry, w.Prize)
	}
	// Output:
	// 1 first
	// 2 first
	// 3 second
}
