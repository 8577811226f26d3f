package reading_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiangtai/scoring/record"
	"jiangtai/scoring/report"
	"jiangtai/scoring/tally/tallytest"
)

// missing writes what is missing: aspect, attempt, round, chair.
func missing(list []report.MissingMark) string {
	var words []string
	for _, m := range list {
		word := fmt.Sprintf("%s %d/%d", m.Aspect, m.Attempt, m.Round)
		if m.Chair != 0 {
			word += fmt.Sprintf(" chair %d", m.Chair)
		}
		if m.Short {
			word += " short"
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

const (
	grade = `"panel": "judges", "max": "10", "spread": "2"`
	free  = `"panel": "judges", "max": "10"`
)

// TestMissing: what is wanted and not in, in the scheme's order; of a round that
// was too wide the next one is; what need not be is not missing.
func TestMissing(t *testing.T) {
	d := newDesk(t, tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", grade), tallytest.Aspect("lift", "points", `"panel": "floor", "max": "10", "attempts": {"count": 2, "take": "best"}`),
		tallytest.Aspect("extra", "points", `"panel": "floor", "max": "5", "required": false`), tallytest.Aspect("safe", "gate", `"panel": "floor", "voids": "entry"`)))
	for _, c := range []struct {
		aspect  string
		attempt int
		words   []string
		want    string
	}{
		{"extra", 1, []string{"3"}, "grade 1/1 chair 2, grade 1/1 chair 3, grade 1/1 chair 4, lift 1/1, lift 2/1"},
		{"lift", 2, []string{"3"}, "grade 1/1 chair 2, grade 1/1 chair 3, grade 1/1 chair 4, lift 1/1"},
		{"grade", 1, []string{"4", ".", "9"}, "grade 1/1 chair 3, lift 1/1"},
		{"grade", 1, []string{".", "6", "."}, "grade 1/2 chair 2, grade 1/2 chair 3, grade 1/2 chair 4, lift 1/1"},
		{"grade", 1, []string{"6", ".", "."}, "grade 1/2 chair 3, grade 1/2 chair 4, lift 1/1"},
		{"grade", 1, []string{".", "7", "8"}, "lift 1/1"},
		{"lift", 1, []string{"-"}, ""},
	} {
		d.Say(c.aspect, c.attempt, c.words...)
		if got := missing(d.reads().Missing()); got != c.want {
			t.Errorf("after %s %v: %s, want %s", c.aspect, c.words, got, c.want)
		}
	}
	v := newDesk(t, d.Rules)
	if v.Say("safe", 1, "1"); len(v.reads().Missing()) != 0 {
		t.Errorf("of who is voided: %s", missing(v.reads().Missing()))
	}
}

// TestMissingOfAPanel: nobody waits for a recused chair, and where all are in but
// too few say something, that is told.
func TestMissingOfAPanel(t *testing.T) {
	r := tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", free+`, "policy": {"kind": "mean", "least": 2}`))
	d := newDesk(t, r)
	d.Say("grade", 1, "8", ".", ".")
	d.recuse("grade", 3)
	if got := missing(d.reads(3).Missing()); got != "grade 1/1 chair 4" {
		t.Errorf("chair 3 is recused: %s", got)
	}
	d.Say("grade", 1, ".", ".", "x")
	if got := missing(d.reads(3).Missing()); got != "grade 1/1 short" {
		t.Errorf("chair 4 is absent, too: %s", got)
	}
	empty := newDesk(t, r)
	empty.Seats[empty.Rules.PanelAt["judges"]] = nil
	if got := missing(empty.reads().Missing()); got != "grade 1/1" {
		t.Errorf("nobody sits there: %s", got)
	}
}

// TestOwed is one chair's part: as many marks as there are attempts, and nothing
// of an entry that it is recused from.
func TestOwed(t *testing.T) {
	d := newDesk(t, tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", `"panel": "judges", "max": "10", "spread": "2", "attempts": {"count": 2, "take": "mean"}`),
		tallytest.Aspect("arc", "yes_no", `"panel": "judges", "max": "1"`)))
	d.Say("grade", 1, "8", "x", ".")
	d.Say("arc", 1, "1")
	for _, c := range []struct {
		chair      record.ChairID
		aspect     int
		recused    []record.ChairID
		done, need int
	}{
		{2, 0, nil, 1, 2},
		{3, 0, nil, 1, 2},
		{4, 0, nil, 0, 2},
		{4, 0, []record.ChairID{4}, 0, 0},
		{4, 0, []record.ChairID{2}, 0, 2},
		{4, 1, nil, 1, 1}, // one mark of any of them is everybody's
	} {
		if done, need := d.reads(c.recused...).Owed(c.chair, c.aspect); done != c.done || need != c.need {
			t.Errorf("chair %d of aspect %d without %v: %d of %d, want %d of %d", c.chair, c.aspect, c.recused, done, need, c.done, c.need)
		}
	}
	d.Say("grade", 1, ".", "3", "8") // too wide: all of them owe the attempt again
	if done, need := d.reads().Owed(2, 0); done != 0 || need != 2 {
		t.Errorf("after a round that was too wide: %d of %d", done, need)
	}
}

// TestCells: the mark in a cell, as it was put in, and none where there is none.
func TestCells(t *testing.T) {
	d := newDesk(t, tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", grade), tallytest.Aspect("arc", "yes_no", `"panel": "judges", "max": "1"`)))
	d.Say("grade", 1, "4", "-", ".")
	d.Say("arc", 1, "1")
	s := d.reads()
	own := report.CellMark{
		Entry: 7, Aspect: "grade", Attempt: 1, Round: 1, Chair: 2, MarkID: record.ID{1}, Value: "4", Kind: record.Mark, Seq: 1,
	}
	if got, ok := s.Cell(0, 1, 1, 2); !ok || got != own {
		t.Errorf("%+v %v", got, ok)
	}
	if got, ok := s.Cell(0, 1, 1, 3); !ok || got.Kind != record.NotPerformed || got.Value != "" || got.Chair != 3 || got.Seq != 2 {
		t.Errorf("%+v %v", got, ok)
	}
	if got, ok := s.Cell(1, 1, 1, 4); !ok || got.Chair != 2 || got.Value != "1" {
		t.Errorf("a mark for the whole panel, asked by another of it: %+v %v", got, ok)
	}
	for name, at := range map[string]struct {
		attempt, round uint8
		chair          record.ChairID
	}{
		"nothing was said":        {1, 1, 4},
		"no such round":           {1, 2, 2},
		"no such attempt":         {2, 1, 2},
		"a chair of another room": {1, 1, 1},
	} {
		if got, ok := s.Cell(0, at.attempt, at.round, at.chair); ok {
			t.Errorf("%s: %+v", name, got)
		}
	}
	d.Say("grade", 1, ".", ".", "9") // too wide
	d.Say("grade", 1, "7", ".", ".")
	var mine []string
	for _, m := range s.Marks(2, []report.CellMark{{Aspect: "before"}}) {
		mine = append(mine, fmt.Sprintf("%s %d/%d %s", m.Aspect, m.Attempt, m.Round, m.Value))
	}
	if got := strings.Join(mine, ", "); got != "before 0/0 , grade 1/1 4, grade 1/2 7, arc 1/1 1" {
		t.Errorf("chair 2 sees %s", got)
	}
	if list := s.Marks(1, nil); len(list) != 0 {
		t.Errorf("a chair of another panel sees %+v", list)
	}
}

// panelView writes a panel's view of itself.
func panelView(v report.PanelView) string {
	text := fmt.Sprintf("round %d", v.Round)
	if v.Repeated {
		text += " again"
	}
	if v.Complete {
		text += " complete"
	}
	for _, c := range v.Chairs {
		text += fmt.Sprintf(" [%d %v %d %s]", c.Chair, c.In, c.Kind, c.Value)
	}
	return text + " " + v.Value
}

// TestPanelView: who is in is seen at once, what they said only when all are.
func TestPanelView(t *testing.T) {
	d := newDesk(t, tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", grade)))
	for _, c := range []struct {
		words []string
		want  string
	}{
		{nil, "round 1 [2 false 0 ] [3 false 0 ] [4 false 0 ] "},
		{[]string{"4", ".", "."}, "round 1 [2 true 0 ] [3 false 0 ] [4 false 0 ] "},
		{[]string{".", "-", "."}, "round 1 [2 true 0 ] [3 true 0 ] [4 false 0 ] "},
		{[]string{".", ".", "9"}, "round 2 again [2 false 0 ] [3 false 0 ] [4 false 0 ] "},
		{[]string{"6", "x", "."}, "round 2 again [2 true 0 ] [3 true 0 ] [4 false 0 ] "},
		{[]string{".", ".", "7"}, "round 2 again complete [2 true 1 6] [3 true 7 ] [4 true 1 7] 6.5"},
	} {
		d.Say("grade", 1, c.words...)
		if got := panelView(d.reads().Panel(0, 1)); got != c.want {
			t.Errorf("after %v: %s, want %s", c.words, got, c.want)
		}
	}
	b := newDesk(t, d.Rules)
	b.Say("grade", 1, "6", "7", ".")
	if b.recuse("grade", 4); panelView(b.reads(4).Panel(0, 1)) != "round 1 complete [2 true 1 6] [3 true 1 7] [4 false 0 ] 6.5" {
		t.Errorf("without chair 4: %s", panelView(b.reads(4).Panel(0, 1)))
	}
}

// TestSpread: a panel is warned as soon as its marks lie too far apart, and until
// the round that repeats them agrees.
func TestSpread(t *testing.T) {
	d := newDesk(t, tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", grade), tallytest.Aspect("free", "panel", free)))
	for _, c := range []struct {
		words []string
		want  string
	}{
		{[]string{"5", ".", "."}, ""},
		{[]string{".", "7", "."}, ""}, // two apart is allowed
		{[]string{".", "x", "7.5"}, "round 1: 5 to 7.5, again true"},
		{[]string{"6", ".", "."}, "round 1: 5 to 7.5, again true"},
		{[]string{".", "8.5", "."}, "round 2: 6 to 8.5, again false"},
		{[]string{".", "8", "."}, "round 1: 5 to 7.5, again true"},
		{[]string{".", ".", "7"}, ""},
	} {
		d.Say("grade", 1, c.words...)
		got := ""
		s, ok := d.reads().Spread(&d.Rules.Aspects[0], 0, &d.Aspects[0].Tries[0])
		if ok {
			got = fmt.Sprintf("round %d: %s to %s, again %v", s.Round, s.Low, s.High, s.Again)
			if s.Entry != 7 || s.Aspect != "grade" || s.Attempt != 1 || s.Allowed != "2" {
				t.Errorf("%+v", s)
			}
		}
		if got != c.want {
			t.Errorf("after %v: %q, want %q", c.words, got, c.want)
		}
	}
	d.Say("free", 1, "0", "10", ".")
	if s, ok := d.reads().Spread(&d.Rules.Aspects[1], 0, &d.Aspects[1].Tries[0]); ok {
		t.Errorf("where marks may lie as they like: %+v", s)
	}
}

// TestDoesWithout: a chair can be spared when its mark is not the panel's only one
// and the policy works with those who stay.
func TestDoesWithout(t *testing.T) {
	for _, c := range []struct {
		name, rules string
		words       []string
		recused     []record.ChairID
		want        []record.ChairID // of 2, 3, 4
	}{
		{"a mean of two is one", free, nil, nil, []record.ChairID{2, 3, 4}},
		{"two are gone: one stays", free, nil, []record.ChairID{2}, []record.ChairID{3, 4}},
		{"the last one stays", free, nil, []record.ChairID{2, 3}, nil},
		{"three are wanted", free + `, "policy": {"kind": "mean", "least": 3}`, nil, nil, nil},
		{"two are wanted and one is absent", free + `, "policy": {"kind": "mean", "least": 2}`, []string{".", "x", "."}, nil, []record.ChairID{3}},
		{"the first chair's mark is the panel's", free + `, "policy": {"kind": "chief"}`, nil, nil, []record.ChairID{3, 4}},
		{"highest and lowest do not count", free + `, "policy": {"kind": "trimmed", "high": 1, "low": 1}`, nil, nil, nil},
	} {
		d := newDesk(t, tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", c.rules)))
		d.Say("grade", 1, c.words...)
		var got []record.ChairID
		for _, chair := range []record.ChairID{2, 3, 4} {
			if !slices.Contains(c.recused, chair) && d.reads(c.recused...).DoesWithout(0, chair) {
				got = append(got, chair)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: spares %v, want %v", c.name, got, c.want)
		}
	}
}

// TestDoesWithoutWhoMarkedForAll: the mark that stands for a panel keeps its chair.
func TestDoesWithoutWhoMarkedForAll(t *testing.T) {
	d := newDesk(t, tallytest.Scale(t, "", tallytest.Aspect("arc", "yes_no", `"panel": "judges", "max": "1"`)))
	if !d.reads().DoesWithout(0, 2) {
		t.Error("nobody has marked, and two others may")
	}
	if d.reads(3, 4).DoesWithout(0, 2) {
		t.Error("nobody else may mark")
	}
	d.Say("arc", 1, "1") // by chair 2
	if d.reads().DoesWithout(0, 2) || !d.reads().DoesWithout(0, 3) {
		t.Error("the one who marked is spared, or one who did not is not")
	}
	d.Aspects[0].Tries[0].Rounds[0][0].Empty()
	if !d.reads().DoesWithout(0, 2) {
		t.Error("the mark was taken back")
	}
}
