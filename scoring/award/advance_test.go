package award_test

import (
	"fmt"
	"testing"

	"jiangtai/scoring/award"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
	"jiangtai/scoring/scheme"
)

// TestAdvance: the cut extends over a tie unless the rule says otherwise.
func TestAdvance(t *testing.T) {
	totals := []string{"90", "85", "85", "80", "60", "59.99"}
	for _, c := range []struct {
		field, ties string
		first       int
		line, want  string
		open        string
	}{
		{"1 2 2 4 5 6", "", 2, "", "[1 2 3]", ""},
		{"1 2 2 4 5 6", "widen", 2, "", "[1 2 3]", ""},
		{"1 2 2 4 5 6", "narrow", 2, "", "[1]", ""},
		{"1 2 2 4 5 6", "decide", 2, "", "[1]", "[2 3] 1"},
		{"1 2:2 2:1 4 5 6", "decide", 2, "", "[1 3]", ""},
		{"1 2 2 4 5 6", "", 3, "", "[1 2 3]", ""},
		{"1 2 2 4 5 6", "", 0, "60", "[1 2 3 4 5]", ""},
		{"1 2 2 4 5 6", "", 9, "60", "[1 2 3 4 5]", ""},
		{"1 2 2 4 5 6", "", 1, "86", "[1]", ""},
		{"1 2 2 4 5 6", "", 4, "95", "[]", ""},
		{"1! 2 2 4 5 6", "", 1, "", "[2 3]", ""}, // a guest does not advance and takes nobody's place
		{"0 2 2 4 5 0", "", 3, "", "[2 3 4]", ""},
		{"", "", 3, "", "[]", ""},
	} {
		rule := &scheme.Advance{First: c.first, Ties: c.ties}
		if c.line != "" {
			rule.Line = dec(c.line)
		}
		field := ranks(c.field)
		for i := range field {
			field[i].Total = exact.Must(totals[i])
		}
		got, open := award.Advance(rule, field, false), ""
		for _, cut := range got.Open {
			open += fmt.Sprint(cut.Group, " ", cut.Places)
		}
		if fmt.Sprint(got.Entries) != c.want || open != c.open {
			t.Errorf("%s, first %d line %q %s: %v open %q, want %s open %q", c.field, c.first, c.line, c.ties, got.Entries, open, c.want, c.open)
		}
	}
}

// TestALineForTimes: where less is better a time at the line is enough.
func TestALineForTimes(t *testing.T) {
	field := ranks("1 2 3")
	for i, s := range []string{"59", "60", "60.01"} {
		field[i].Total = exact.Must(s)
	}
	if got := award.Advance(&scheme.Advance{Line: dec("60")}, field, true); fmt.Sprint(got.Entries) != "[1 2]" {
		t.Fatalf("%+v", got)
	}
	if got := award.Advance(&scheme.Advance{Line: dec("60")}, field, false); fmt.Sprint(got.Entries) != "[2 3]" {
		t.Fatalf("%+v", got)
	}
}

var letters = map[award.Medal]string{award.Gold: "G", award.Silver: "S", award.Bronze: "B", award.Medallion: "M", "": "-"}

func TestMedals(t *testing.T) {
	for _, c := range []struct {
		scores []int
		want   string
	}{
		{[]int{760, 750, 740, 730, 701, 700, 699}, "GSBMMM-"},
		{[]int{750, 748, 741, 730}, "GGBM"},
		{[]int{750, 749, 748, 744, 730}, "GGGMM"},
		{[]int{750, 749, 748, 747, 730}, "GGGBM"},
		{[]int{760, 747, 745, 744, 743, 720}, "GSSBBM"},
		{[]int{760, 747, 745, 741, 720}, "GSSMM"},
		{[]int{760, 750, 740, 739, 738, 737}, "GSBBBM"},
		{[]int{750, 748, 746, 744, 742}, "GGBBM"},
		{[]int{705}, "G"},
		{[]int{699, 650}, "GS"},
		{[]int{699, 650, 640, 630}, "GSB-"},
		{[]int{700, 700, 700, 700, 698}, "GGGGG"},
		{[]int{750, 750}, "GG"},
		{nil, ""},
	} {
		got := ""
		for _, m := range award.Medals(c.scores) {
			got += letters[m]
		}
		if got != c.want {
			t.Errorf("%v: %s, want %s", c.scores, got, c.want)
		}
	}
}

func TestStandardScale(t *testing.T) {
	for _, c := range []struct{ totals, median, mad, scores string }{
		{"85 80 78 70 60", "78", "7", "[720 706 700 677 648]"},
		{"92.35 90.10 88.40 81.00", "89.25", "1.975", "[732 709 691 615]"},
		{"70 70 70 70", "70", "0", "[700 700 700 700]"},
		{"50 50 50 90", "50", "0", "[700 700 700 700]"},
		{"66.67", "66.67", "0", "[700]"},
		{"", "0", "0", "[]"},
	} {
		list := numbers(c.totals)
		s := award.Standard(list)
		if s.Median.String() != c.median || s.MAD.String() != c.mad || fmt.Sprint(s.Scores) != c.scores || s.Shown != (len(list) >= 4) {
			t.Errorf("%s: %+v", c.totals, s)
		}
	}
}

// ExampleMedals shows how several silvers leave bronze to those near the last.
func ExampleMedals() {
	fmt.Println(award.Medals([]int{760, 747, 745, 744, 743, 720}))
	// Output: [gold silver silver bronze bronze medallion]
}

// TestEntriesOfNobody: a field without ranked entries gives nothing away.
func TestEntriesOfNobody(t *testing.T) {
	field := []award.Entry{{ID: 1, Flags: record.AllFlags, Passed: true}}
	if got := award.Give(tenTwentyThirty("ceiling"), field); got.Base != 0 || len(got.Winners)+len(got.Open) != 0 {
		t.Fatalf("%+v", got)
	}
}
