package tally_test

import (
	"testing"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
	"jiangtai/scoring/tally"
	"jiangtai/scoring/tally/tallytest"
)

// TestAPanel: what the marks of three chairs come to, by policy; "" while they
// make no value.
func TestAPanel(t *testing.T) {
	for _, c := range []struct {
		name, rules string
		words       []string
		want        string
		done        int
	}{
		{"mean", ``, []string{"7", "8", "9.5"}, "49/6", 3},
		{"one is missing", ``, []string{"7", ".", "9"}, "", 2},
		{"an absent chair is no zero", ``, []string{"7", "x", "9"}, "8", 3},
		{"not performed is a zero", ``, []string{"7", "-", "8"}, "5", 3},
		{"nobody is there", ``, []string{"x", "x", "x"}, "", 3},
		{"median", `"policy": {"kind": "median"},`, []string{"1", "8", "9"}, "8", 3},
		{"sum", `"policy": {"kind": "sum"},`, []string{"1", "8", "9"}, "18", 3},
		{"a sum wants every chair", `"policy": {"kind": "sum"},`, []string{"1", "x", "9"}, "", 3},
		{"unless fewer are enough", `"policy": {"kind": "sum", "least": 2},`, []string{"1", "x", "9"}, "10", 3},
		{"without the highest", `"policy": {"kind": "trimmed", "high": 1},`, []string{"4", "8", "9"}, "6", 3},
		{"the first chair", `"policy": {"kind": "chief"},`, []string{"4", "8", "9"}, "4", 3},
		{"the first chair is not there", `"policy": {"kind": "chief"},`, []string{"x", "8", "9"}, "", 3},
		{"longer than hundredths", `"step": "0.001",`, []string{"7.125", "8", "9.125"}, "97/12", 3},
		{"times a factor", `"factor": "1.2",`, []string{"7", "8", "9"}, "9.6", 3},
	} {
		d := tallytest.New(t, tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", c.rules+`"panel": "judges", "max": "10"`)))
		d.Say("grade", 1, c.words...)
		s := d.Of("grade")
		if s.Settled != (c.want != "") || s.Settled && s.Mark.String() != c.want || s.Done != c.done || s.Need != 3 {
			t.Errorf("%s: %s settled %v, %d of %d; want %q", c.name, s.Mark, s.Settled, s.Done, s.Need, c.want)
		}
	}
}

// TestRoundingOfAPanel is before the factor, that of an aspect behind it.
func TestRoundingOfAPanel(t *testing.T) {
	grade := tallytest.Aspect("grade", "panel", `"panel": "judges", "max": "10", "factor": "3"`)
	for rounding, want := range map[string]string{
		``:                        "24.5",
		`"panel": {"places": 1}`:  "24.6",
		`"aspect": {"places": 0}`: "25",
		`"aspect": {"places": 0, "mode": "floor"}`:  "24",
		`"panel": {"places": 0, "mode": "ceiling"}`: "27",
	} {
		d := tallytest.New(t, tallytest.Scale(t, `"rounding": {`+rounding+`},`, grade))
		d.Say("grade", 1, "7", "8", "9.5")
		if got := d.Of("grade").Mark.String(); got != want {
			t.Errorf("%s: %s, want %s", rounding, got, want)
		}
	}
}

// TestTooWide: marks that lie too far apart open the next round once all are in;
// the round that agrees counts.
func TestTooWide(t *testing.T) {
	d := tallytest.New(t, tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", `"panel": "judges", "max": "10", "spread": "2"`)))
	s := d.Of("grade")
	try := func() *tally.Try { return &s.Tries[0] }
	for _, step := range []struct {
		words       []string
		open, done  int
		settled     bool
		mark        string
		what        string
		roundsBegun int
	}{
		{[]string{"5", "9", "."}, 0, 2, false, "0", "too wide already, but one is missing", 1},
		{[]string{".", ".", "6"}, 1, 0, false, "0", "all are in: the next round is open", 1},
		{[]string{"6", ".", "."}, 1, 1, false, "0", "the next round has begun", 2},
		{[]string{".", "8", "7"}, 1, 3, true, "7", "two apart is allowed", 2},
	} {
		d.Say("grade", 1, step.words...)
		if tr := try(); tr.Open != step.open || tr.Done != step.done || tr.Settled != step.settled || len(tr.Rounds) != step.roundsBegun || s.Mark.String() != step.mark {
			t.Errorf("%s: round %d of %d, %d in, settled %v, %s", step.what, tr.Open, len(tr.Rounds), tr.Done, tr.Settled, s.Mark)
		}
	}
}

// TestRecusedChairs have no part in a value and are not waited for; but which
// round counts is asked of all that was said.
func TestRecusedChairs(t *testing.T) {
	d := tallytest.New(t, tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", `"panel": "judges", "max": "10", "spread": "3"`)))
	s, a := d.Of("grade"), &d.Rules.Aspects[0]
	d.Say("grade", 1, "9", "7", ".")
	cells := s.Tries[0].Rounds[0]
	cells[2].Out = true
	d.SettleTry(a, &s.Tries[0])
	d.Refresh(&d.Sheet, 0)
	if !s.Settled || s.Mark.String() != "8" || s.Done != 2 || s.Need != 2 || d.Need != 2 || d.Open != 0 {
		t.Errorf("without the third chair: %s of %d, open %d", s.Mark, s.Need, d.Open)
	}
	cells[0].Out, cells[2].Out = true, false
	d.Say("grade", 1, ".", ".", "8")
	if s.Mark.String() != "7.5" || s.Done != 2 || s.Need != 2 {
		t.Errorf("without the first chair: %s, %d of %d", s.Mark, s.Done, s.Need)
	}
	d.Say("grade", 1, "2", ".", ".") // too far from the others, though it does not count
	if s.Settled || s.Tries[0].Open != 1 {
		t.Errorf("round %d, settled %v", s.Tries[0].Open, s.Settled)
	}
	if votes := tally.Votes(cells, nil); votes[0].In || !votes[0].Out || !votes[1].In || votes[1].Out || tally.Filled(cells) != 3 {
		t.Errorf("%+v, %d filled", votes, tally.Filled(cells))
	}
}

// TestAttempts: several attempts become one mark when all are in.
func TestAttempts(t *testing.T) {
	for _, c := range []struct {
		take       string
		words      [3]string
		mark, best string
	}{
		{"best", [3]string{"4", "9", "5"}, "9", "9"},
		{"mean", [3]string{"4", "9", "5"}, "6", "9"},
		{"middle", [3]string{"4", "9", "5"}, "5", "9"},
		{"best", [3]string{"-", "3", "-"}, "3", "3"},
		{"mean", [3]string{"-", "3", "6"}, "3", "6"},
		{"best", [3]string{"4", ".", "5"}, "", ""},
	} {
		d := tallytest.New(t, tallytest.Scale(t, "", tallytest.Aspect("lift", "points", `"panel": "floor", "max": "10", "attempts": {"count": 3, "take": "`+c.take+`"}`)))
		for i, word := range c.words {
			d.Say("lift", i+1, word)
		}
		s := d.Of("lift")
		if s.Settled != (c.mark != "") || s.Settled && (s.Mark.String() != c.mark || s.Best.String() != c.best) || s.Need != 3 {
			t.Errorf("%s of %v: %s, best %s, settled %v", c.take, c.words, s.Mark, s.Best, s.Settled)
		}
	}
}

// TestTimes: what was measured stands beside the mark; where seconds are the mark,
// no time is no result rather than a time of 0.
func TestTimes(t *testing.T) {
	clock := tallytest.Aspect("clock", "time", `"panel": "floor", "mode": "linear", "max": "10", "limit": "200", "best": "100"`)
	run := tallytest.Aspect("run", "time", `"panel": "floor", "mode": "seconds", "attempts": {"count": 2, "take": "best"}`)
	d := tallytest.New(t, tallytest.Scale(t, "", clock, run))
	d.Say("clock", 1, "150")
	if s := d.Of("clock"); s.Mark.String() != "5" || s.Raw.String() != "150" || s.Best.String() != "150" || s.Blank {
		t.Errorf("%+v", s)
	}
	d.Say("run", 1, "62.5")
	d.Say("run", 2, "-")
	if s := d.Of("run"); s.Mark.String() != "62.5" || s.Raw.String() != "62.5" || s.Void || !d.Complete() || d.Total.String() != "67.5" {
		t.Errorf("%+v, total %s", s, d.Total)
	}
	d.Say("run", 1, "-")
	if s := d.Of("run"); !s.Void || !s.Blank || !d.Blank || d.Complete() || d.Criteria[0].Settled || d.Open != 0 {
		t.Errorf("without a time: %+v, blank %v", s, d.Blank)
	}
	d.Say("clock", 1, "-")
	if s := d.Of("clock"); !s.Blank || !s.Mark.IsZero() || !s.Settled {
		t.Errorf("without a clock: %+v", s)
	}
}

// TestSecondsOfAPanel: of a panel's times the mean is the raw one; who is absent or
// recused gives none.
func TestSecondsOfAPanel(t *testing.T) {
	d := tallytest.New(t, tallytest.Scale(t, "", tallytest.Aspect("run", "time", `"panel": "judges", "by": "each", "mode": "seconds"`)))
	s := d.Of("run")
	d.Say("run", 1, "60", "x", "63")
	if s.Raw.String() != "61.5" || s.Mark.String() != "61.5" {
		t.Errorf("%s, raw %s", s.Mark, s.Raw)
	}
	s.Tries[0].Rounds[0][0].Out = true
	d.Say("run", 1, ".", "62", ".")
	if s.Raw.String() != "62.5" || s.Mark.String() != "62.5" {
		t.Errorf("without the first: %s, raw %s", s.Mark, s.Raw)
	}
	d.Say("run", 1, ".", "-", ".")
	if !s.Void || !d.Blank {
		t.Errorf("a time that one says was not run: %+v", s)
	}
}

// TestRelative: the best of the field has all marks, others their proportion, and
// until the field is known there is none.
func TestRelative(t *testing.T) {
	for _, c := range []struct {
		name, better, word string
		field              tally.Field
		want               string
	}{
		{"the field is not known", "higher", "30", tally.Field{}, ""},
		{"half of the best", "higher", "30", known("60"), "5"},
		{"the best", "higher", "60", known("60"), "10"},
		{"better than the field's best", "higher", "90", known("60"), "10"},
		{"nothing of nothing", "higher", "0", known("0"), "0"},
		{"not performed", "higher", "-", known("60"), "0"},
		{"nobody has a value", "higher", "30", tally.Field{Known: true}, "0"},
		{"twice the least", "lower", "60", known("30"), "5"},
		{"the least", "lower", "30", known("30"), "10"},
		{"none where the best has none", "lower", "0", known("0"), "10"},
		{"something where the best has none", "lower", "3", known("0"), "0"},
		{"less is better, not performed", "lower", "-", known("30"), "0"},
	} {
		d := tallytest.New(t, tallytest.Scale(t, "", tallytest.Aspect("yield", "relative", `"panel": "floor", "max": "10", "better": "`+c.better+`"`)))
		d.Fields[0] = c.field
		d.Say("yield", 1, c.word)
		s := d.Of("yield")
		if !s.Ready || s.Settled != (c.want != "") || s.Settled && s.Mark.String() != c.want {
			t.Errorf("%s: %s, settled %v, want %q", c.name, s.Mark, s.Settled, c.want)
		}
	}
	d := tallytest.New(t, tallytest.Scale(t, `"rounding": {"aspect": {"places": 1}},`, tallytest.Aspect("yield", "relative", `"panel": "floor", "max": "10", "factor": "2"`)))
	d.Fields[0] = known("3")
	if d.Say("yield", 1, "1"); d.Of("yield").Mark.String() != "6.7" || d.Total.String() != "6.7" {
		t.Errorf("a third of 10, twice: %s", d.Of("yield").Mark)
	}
	d.Fields[0] = known("2")
	d.Relate(&d.Rules.Aspects[0], d.Of("yield"))
	if d.AddUp(&d.Sheet, 0); d.Total.String() != "10" {
		t.Errorf("after the field changed: %s", d.Total)
	}
	if known("3").Equal(known("2")) || !known("2.0").Equal(known("2")) || known("0").Equal(tally.Field{Known: true}) {
		t.Error("fields are equal when they make the same marks")
	}
}

func known(best string) tally.Field {
	return tally.Field{Known: true, Any: true, Best: exact.Must(best)}
}

// TestSlots: a chair has a place of its own where each marks, the first one where
// one marks for all, and none in another panel's.
func TestSlots(t *testing.T) {
	d := tallytest.New(t, tallytest.Scale(t, "", tallytest.Aspect("grade", "panel", `"panel": "judges", "max": "10"`), tallytest.Aspect("arc", "yes_no", `"panel": "judges", "max": "1"`),
		tallytest.Aspect("exam", "external", `"max": "100"`)))
	for _, c := range []struct {
		aspect string
		chair  record.ChairID
		slot   int
		ok     bool
	}{
		{"grade", 2, 0, true},
		{"grade", 4, 2, true},
		{"grade", 1, 0, false},
		{"grade", 5, 0, false},
		{"arc", 2, 0, true},
		{"arc", 4, 0, true},
		{"arc", 1, 0, false},
		{"exam", 0, 0, true},
		{"exam", 2, 0, false},
	} {
		if slot, ok := d.Slot(&d.Rules.Aspects[d.Rules.AspectAt[c.aspect]], c.chair); ok != c.ok || ok && slot != c.slot {
			t.Errorf("chair %d of %s: %d %v", c.chair, c.aspect, slot, ok)
		}
	}
	d.Seats[d.Rules.PanelAt["judges"]] = nil
	if w := d.Width(&d.Rules.Aspects[0]); w != 1 {
		t.Errorf("a panel that nobody sits in wants %d marks", w)
	}
}

// TestCells: what a cell holds, also a number that is no hundredth or too great to
// add up with others, and that nothing of an earlier mark is left in it.
func TestCells(t *testing.T) {
	var c tally.Cell
	if !c.Bare() || c.Mark() != (record.ID{}) || c.Seq() != 0 || c.Value() != "" || c.Said() || !c.Num().IsZero() {
		t.Errorf("an empty cell: %+v", c)
	}
	for _, n := range []string{"7.25", "0", "-3.5", "1/3", "0.001", "999999999.999999", "92233720368547758", "-92233720368547758"} {
		num, err := exact.ParseText(n)
		if err != nil {
			t.Fatal(err)
		}
		c.Put(record.Mark, 3, record.ID{7}, 11, new(tally.Source))
		c.Give(&tally.Said{Value: n, Num: num.Cents()})
		if !c.Num().Equal(num) || c.Value() != n || c.Mark() != (record.ID{7}) || c.Seq() != 11 || c.Chair != 3 || !c.Said() || c.Bare() {
			t.Errorf("%s is held as %s: %+v", n, c.Num(), c)
		}
	}
	c.Put(record.NotPerformed, 4, record.ID{8}, 12, nil)
	if c.Value() != "" || !c.Num().IsZero() || c.Seq() != 12 || !c.Said() {
		t.Errorf("not performed: %+v", c)
	}
	c.Out = true
	if c.Empty(); c.Said() || c.Seq() != 0 || c.Mark() != (record.ID{}) || !c.Out || c.Bare() {
		t.Errorf("taken back: %+v", c)
	}
}
