package scoring_test

import (
	"os"
	"strings"
	"testing"

	"jiangtai/scoring"
)

// weld drives the sample scheme: floor is chair 1, judges 2 to 4, eyes 5 to 7.
func weld(t *testing.T, entries int) *desk {
	t.Helper()
	text, err := os.ReadFile("testdata/schemes/welding.json")
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, compile(t, string(text)), seating{{"floor", 1}, {"judges", 3}, {"eyes", 3}}, entries)
	d.act(scoring.Open, "")
	return d
}

// sheet is one entry's whole sheet: aspect, then a value for each chair of its
// panel or each attempt; "-" is not performed.
const sheet = `exam 88.5
height 1.6;2.3;0.9
undercut 0.4;12
width 18.6
width-2 2.5
angle 2
crack 0
shape 2 3 2
clean 8 8.5 9
grade 5.5 5 4.9
start 1
gap 3.1
root 1.6
slips 2
process 7 - 8.5
order tools=2;rest=1.5
speed 2700
clock 5000
safety glove=1`

func (d *desk) fill(entry int, sheet string) {
	d.t.Helper()
	first := map[string]int{"floor": 1, "judges": 2, "eyes": 5}
	for _, line := range strings.Split(sheet, "\n") {
		words := strings.Fields(line)
		r := d.board.Rules()
		a := &r.Aspects[r.AspectAt[words[0]]]
		for i, v := range words[1:] {
			c := mark(entry, words[0], 0, v)
			if a.Panel >= 0 {
				c.Chair = scoring.ChairID(first[a.Src.Panel])
			}
			if a.Each {
				c.Chair += scoring.ChairID(i)
			} else {
				c.Attempt = uint8(i + 1)
			}
			if v == "-" {
				c.Kind, c.Value = scoring.NotPerformed, ""
			}
			d.must(c)
		}
	}
}

// TestAWholeSheetByHand: every number here was computed with pencil and paper
// from the scheme's text.
func TestAWholeSheetByHand(t *testing.T) {
	d := weld(t, 1)
	d.fill(1, sheet)
	w := d.board.Working(1)
	got := map[string]string{"total": w.Total, "exact": w.Exact}
	for _, c := range w.Components {
		got[c.ID] = c.Value
		got[c.ID+" shared"] = c.Shared
		for _, k := range c.Criteria {
			got[k.ID], got[k.ID+" exact"] = k.Value, k.Exact
			for _, a := range k.Aspects {
				got[a.ID] = a.Mark
			}
		}
	}
	for what, want := range map[string]string{
		"exam":     "88.5",
		"height":   "2",      // the greatest of three is 2.3: third row
		"undercut": "4",      // 0.4 deep, 12 long: second row
		"width":    "6",      // 0.1 beyond 18.5: one begun step of 2 marks
		"width-2":  "4",      // half a step beyond 2: only whole steps count
		"angle":    "2",      // second band
		"size":     "18",     //
		"shape":    "9.333",  // 12 × 7/9
		"clean":    "10.2",   // median 8.5 × 1.2
		"grade":    "5",      // without 5.5 and 4.9
		"quality":  "12.27",  // 24.533 × 0.5 = 12.2665
		"start":    "5",      //
		"gap":      "5",      //
		"root":     "0",      // 1.6 > 1.5
		"slips":    "3",      // 6 − 2 × 1.5
		"process":  "8.5",    // the best of 7, unfinished, 8.5
		"order":    "6.5",    // 10 − 2 − 1.5
		"speed":    "5",      // half way between 1800 and 3600
		"work":     "33",     //
		"safety":   "2",      //
		"theory":   "88.5",   //
		"exact":    "69.439", // 26.55 + 42.889
		"total":    "69.44",

		"quality exact":    "12.2665",
		"practical":        "61.27", // 18 + 12.27 + 33 − 2
		"practical shared": "42.889",
		"theory shared":    "26.55",
	} {
		if got[what] != want {
			t.Errorf("%s is %q, by hand %q", what, got[what], want)
		}
	}
	if !w.Complete || w.Rank != 1 || w.Done != w.Need || len(w.Components[1].Penalties) != 1 {
		t.Errorf("%+v", w)
	}
}

// TestTheSheetsBadDays: what a gate, a stop and an empty sheet do to it.
func TestTheSheetsBadDays(t *testing.T) {
	for _, c := range []struct{ from, to, total string }{
		{"crack 0", "crack 1", "60.85"},                 // quality is 0: (18 + 33 − 2) × 0.7 = 34.3
		{"glove=1", "stop=1", "0.00"},                   // the whole entry
		{"glove=1", "glove=9", "68.04"},                 // capped at 4: 59.27 × 0.7 = 41.489, and 26.55
		{"speed 2700", "speed 3600", "65.94"},           // no marks for time: 56.27 × 0.7 = 39.389
		{"speed 2700", "speed 900", "72.94"},            // all of them: 66.27 × 0.7 = 46.389
		{"process 7 - 8.5", "process - - -", "63.49"},   // 52.77 × 0.7 = 36.939
		{"height 1.6;2.3;0.9", "height -", "68.04"},     // not performed
		{"exam 88.5", "exam 0", "42.89"},                // 42.889 alone
		{"order tools=2;rest=1.5", "order -", "64.89"},  // not performed is 0, not the full 10
		{"shape 2 3 2", "shape 3 3 3", "70.37"},         // quality (12 + 10.2 + 5)/2 = 13.6
		{"grade 5.5 5 4.9", "grade 6 6 6", "69.79"},     // quality 12.77 from 12.7665
		{"undercut 0.4;12", "undercut 0.6;12", "66.64"}, // no row
	} {
		d := weld(t, 1)
		d.fill(1, strings.Replace(sheet, c.from, c.to, 1))
		if got := d.row(scoring.Chief, 1).Total; got != c.total {
			t.Errorf("%s: total %s, by hand %s", c.to, got, c.total)
		}
	}
}

// TestHalfASheetIsNotRanked, and says what is missing, in the scheme's order.
func TestHalfASheetIsNotRanked(t *testing.T) {
	d := weld(t, 2)
	d.fill(1, sheet)
	d.fill(2, "exam 100\nheight 0;0;0\nshape 3 3\nclean 10 10 10\nprocess 10")
	r := d.row(scoring.Public, 2)
	if r.Rank != 0 || r.Total != "" || r.Pos != 2 || r.Parts[0] != "100.00" || r.Parts[1] != "" || r.Points != "" {
		t.Fatalf("%+v", r)
	}
	var missing []string
	for _, m := range d.board.Missing(2) {
		text := m.Code + " " + m.Aspect
		if m.Aspect == "process" {
			text += string(rune('0' + m.Attempt))
		}
		if m.Chair > 0 {
			text += "/" + string(rune('0'+m.Chair))
		}
		missing = append(missing, text)
	}
	want := "B1.2 undercut, B1.3 width, B1.4 width-2, B1.5 angle, C1.2 shape/7, C1.4 grade/2, C1.4 grade/3, C1.4 grade/4, " +
		"D1.1 start, D1.2 gap, D1.3 root, D1.4 slips, D1.5 process2, D1.5 process3, D1.6 order, D1.7 speed"
	if got := strings.Join(missing, ", "); got != want {
		t.Fatalf("missing\n%s\nwant\n%s", got, want)
	}
	if r.Need-r.Done != len(missing) {
		t.Fatalf("%d of %d, %d missing", r.Done, r.Need, len(missing))
	}
}

// TestMarksInAnyOrderMakeTheSameSheet, line by line backwards.
func TestMarksInAnyOrderMakeTheSameSheet(t *testing.T) {
	a, b := weld(t, 1), weld(t, 1)
	a.fill(1, sheet)
	lines := strings.Split(sheet, "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		b.fill(1, lines[i])
	}
	if asText(t, a.board.View(scoring.Public).Rows) != asText(t, b.board.View(scoring.Public).Rows) {
		t.Fatal("the order of marks matters")
	}
}
