package scoring_test

import (
	"os"
	"strings"
	"testing"

	"jiangtai/scoring"
)

const relative = `"kind":"relative","panel":"floor","max":"10","better":`

// field marks aspect a0 of entries 1, 2, …; "-" is not performed, "?" nothing.
func (d *desk) field(values string) {
	d.t.Helper()
	for i, v := range strings.Fields(values) {
		c := mark(i+1, "a0", 1, v)
		switch v {
		case "?":
			continue
		case "-":
			c.Kind, c.Value = scoring.NotPerformed, ""
		}
		d.must(c)
	}
}

func (d *desk) totals() string {
	list := make([]string, len(d.board.Entries()))
	for _, r := range d.board.View(scoring.Chief).Rows {
		if list[r.Entry-1] = r.Total; r.Total == "" {
			list[r.Entry-1] = "?"
		}
	}
	return strings.Join(list, " ")
}

// TestRelative: of 10, the best 40 min: 50 gives 8.00, 64 gives 6.25.
func TestRelative(t *testing.T) {
	for _, c := range []struct{ better, values, totals string }{
		{"lower", "40 50 64", "10.00 8.00 6.25"},
		{"lower", "50 40 64", "8.00 10.00 6.25"},
		{"lower", "40 ? 64", "? ? ?"},           // one is waited for
		{"lower", "40 - 64", "10.00 0.00 6.25"}, // not performed is no time of 0
		{"lower", "- - -", "0.00 0.00 0.00"},
		{"lower", "0 0 64", "10.00 10.00 0.00"}, // no fault at all is the best
		{"lower", "7", "10.00"},
		{"higher", "12 15 3", "8.00 10.00 2.00"},
		{"higher", "12 - 3", "10.00 0.00 2.50"},
		{"higher", "0 0 0", "0.00 0.00 0.00"}, // nobody achieved anything
		{"higher", "1 3 3", "3.33 10.00 10.00"},
		{"higher", "- ? 3", "? ? ?"},
	} {
		d := openDesk(t, single(t, "", relative+`"`+c.better+`"`), 1, len(strings.Fields(c.values)))
		d.field(c.values)
		if got := d.totals(); got != c.totals {
			t.Errorf("%s of %s: %s, want %s", c.better, c.values, got, c.totals)
		}
	}
}

// TestOneMarkMovesOthers: a correction that makes a new best lowers the others,
// and the change carries them all.
func TestOneMarkMovesOthers(t *testing.T) {
	d := openDesk(t, single(t, "", relative+`"lower"`, `"kind":"points","panel":"floor","max":"20"`), 1, 3)
	for e, v := range []string{"5", "7", "20"} {
		d.mark(e+1, "a1", 1, v)
	}
	d.field("40 50 64")
	if got := d.totals(); got != "15.00 15.00 26.25" {
		t.Fatal(got)
	}
	old, _ := d.board.Cell(3, "a0", 1, 1, 1)
	fix := mark(3, "a0", 1, "32")
	fix.Supersedes = old.MarkID
	d.must(fix)
	if got := d.totals(); got != "13.00 13.40 30.00" {
		t.Fatal(got)
	}
	rows := d.change.Rows[scoring.Public]
	if len(rows) != 3 || d.row(scoring.Public, 2).Rank != 2 || d.row(scoring.Public, 1).Rank != 3 {
		t.Fatalf("%+v", rows)
	}
	n := d.board.View(scoring.Public).N
	old, _ = d.board.Cell(1, "a1", 1, 1, 1)
	fix = mark(1, "a1", 1, "6")
	fix.Supersedes = old.MarkID
	d.must(fix)
	if rows := d.change.Rows[scoring.Public]; len(rows) != 2 || d.board.View(scoring.Public).N != n+1 {
		t.Fatalf("%+v: entries 1 and 2 changed places, nothing else", rows)
	}
}

// TestWhoIsTheField: guests and those with another status set no best and keep
// nobody waiting; a voided aspect neither.
func TestWhoIsTheField(t *testing.T) {
	gate := `"kind":"gate","panel":"floor","voids":"criterion"`
	d := openDesk(t, single(t, "", relative+`"higher"`, gate), 1, 4)
	d.field("8 10 ? 16")
	if got := d.totals(); got != "? ? ? ?" {
		t.Fatal(got)
	}
	d.must(scoring.Command{Kind: scoring.SetState, Entry: 3, Value: string(scoring.DidNotStart)})
	if got := d.totals(); got != "5.00 6.25 ? 10.00" {
		t.Fatal(got)
	}
	d.must(scoring.Command{Kind: scoring.Admit, Entry: 4, Value: "none"})
	if got := d.totals(); got != "8.00 10.00 ? 10.00" {
		t.Fatalf("a guest beats the best and takes no more than max: %s", got)
	}
	d.mark(2, "a1", 1, "1")
	if got := d.totals(); got != "10.00 0.00 ? 10.00" {
		t.Fatal(got)
	}
	d.must(scoring.Command{Kind: scoring.Admit, Entry: 5})
	if got := d.totals(); got != "? 0.00 ? ? ?" {
		t.Fatalf("a late entry is waited for: %s", got)
	}
	d.mark(5, "a1", 1, "1")
	if got := d.totals(); got != "10.00 0.00 ? 10.00 0.00" {
		t.Fatal(got)
	}
}

// TestAFieldWithoutRankedEntries has nobody to be held against.
func TestAFieldWithoutRankedEntries(t *testing.T) {
	d := openDesk(t, single(t, "", relative+`"lower"`), 1, 2)
	for e := 1; e <= 2; e++ {
		d.must(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(e), Value: "none"})
	}
	d.field("40 50")
	if got := d.totals(); got != "0.00 0.00" {
		t.Fatal(got)
	}
}

// TestPointsWhileTheFieldIsWaitedFor: by points so far, a mark that is not known
// adds nothing.
func TestPointsWhileTheFieldIsWaitedFor(t *testing.T) {
	r := single(t, "", relative+`"lower"`, `"kind":"points","panel":"floor","max":"20"`)
	r.ByPoints = true
	d := openDesk(t, r, 1, 2)
	d.mark(1, "a1", 1, "5")
	d.mark(1, "a0", 1, "40")
	if row := d.row(scoring.Public, 1); row.Points != "5.00" || row.Total != "" || row.Done != row.Need {
		t.Fatalf("%+v", row)
	}
	if missing := d.board.Missing(1); len(missing) != 0 {
		t.Fatalf("nothing is missing of entry 1, the field is: %+v", missing)
	}
	d.mark(2, "a0", 1, "80")
	if row := d.row(scoring.Public, 1); row.Total != "15.00" {
		t.Fatalf("%+v", row)
	}
}

// relay is the sample of two relative modules and a tie-break by firsts.
func relay(t *testing.T, entries int) *desk {
	t.Helper()
	text, err := os.ReadFile("testdata/schemes/relay.json")
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, compile(t, string(text)), seating{{"floor", 1}, {"clocks", 3}}, entries)
	d.act(scoring.Open, "")
	return d
}

func (d *desk) runRelay(entry int, whole, first, second, pieces string) {
	d.t.Helper()
	d.mark(entry, "whole", 1, whole)
	for lap, times := range []string{first, second} {
		for i, v := range strings.Split(times, " ") {
			c := mark(entry, "lap", i+2, v)
			if c.Attempt = uint8(lap + 1); v == "-" {
				c.Kind, c.Value = scoring.NotPerformed, ""
			}
			d.must(c)
		}
	}
	d.mark(entry, "pieces", 1, pieces)
}

// TestARelayByHand: the medians of three clocks make laps, the better lap
// counts; one clock that saw no lap makes it unfinished, for 0 s would win.
func TestARelayByHand(t *testing.T) {
	d := relay(t, 3)
	d.runRelay(1, "40", "30 31 32", "29 30 35", "10;12") // laps 31, 30; 11 pieces
	d.runRelay(2, "50", "25 25 25", "24 - 24", "5;6")    // lap 25; 5.5 pieces
	d.runRelay(3, "64", "- - -", "50 50 50", "11;11")    // lap 50; 11 pieces
	want := []struct{ entry, total, speed, output, lap string }{
		{"1", "38.33", "18.33", "20.00", "30"}, // 10 + 2 × 5 × 25/30, 20
		{"2", "28.00", "18.00", "10.00", "25"}, // 8 + 10, half of 20
		{"3", "31.25", "11.25", "20.00", "50"}, // 6.25 + 2 × 2.5, 20
	}
	for i, c := range want {
		r, w := d.row(scoring.Chief, i+1), d.board.Working(scoring.EntryID(i+1))
		lap := w.Components[0].Criteria[0].Aspects[1]
		if r.Total != c.total || r.Parts[0] != c.speed || r.Parts[1] != c.output || lap.Measured != c.lap || lap.Best != "25" {
			t.Errorf("entry %d: %+v, lap %s of %s", i+1, r, lap.Measured, lap.Best)
		}
	}
}

// TestFirstsBreakTies: equal totals; the entry that is first in more modules
// stands before, and a shared first counts for both.
func TestFirstsBreakTies(t *testing.T) {
	points := `"kind":"points","panel":"floor","max":"20"}`
	text := `{"format":"jiangtai.scheme/1","name":{"zh":"单项"},"panels":[{"id":"floor","name":{"zh":"现场"}}],
	 "ranking":{"keys":[{"by":"firsts","id":"c"},{"by":"aspect","id":"b0"}]},"components":[{"id":"c","name":{"zh":"部"},"criteria":[` +
		strings.Join([]string{module("a", points), module("b", points), module("d", points)}, ",") + `]}]}`
	d := newDesk(t, compile(t, text), seating{{"floor", 1}}, 4)
	d.act(scoring.Open, "")
	for e, marks := range []string{"10 5 15", "10 12 8", "1 11 18", "10 11 2"} {
		for i, v := range strings.Fields(marks) {
			d.mark(e+1, []string{"a0", "b0", "d0"}[i], 1, v)
		}
	}
	ranks := func() (got [4]int) {
		for e := range got {
			got[e] = d.row(scoring.Public, e+1).Rank
		}
		return got
	}
	// Totals 30 30 30 23; firsts: a0 shared by 1, 2 and 4; b0 by 2; d0 by 3.
	if got := ranks(); got != [4]int{3, 1, 2, 4} {
		t.Fatal(got)
	}
	w := d.board.Working(2)
	if len(w.TieBreak) != 1 || w.TieBreak[0].By != "firsts" || w.TieBreak[0].Mine != "2" || w.TieBreak[0].Theirs != "1" || !w.TieBreak[0].Ahead {
		t.Fatalf("%+v", w.TieBreak)
	}
	// A status takes entry 2 out: entry 4 is now first in b0 with 3.
	d.must(scoring.Command{Kind: scoring.SetState, Entry: 2, Value: string(scoring.Disqualified)})
	if got := ranks(); got != [4]int{2, 0, 1, 3} {
		t.Fatal(got)
	}
}

func module(id, aspect string) string {
	return `{"id":"` + id + `","name":{"zh":"模块"},"subs":[{"id":"` + id + `","name":{"zh":"项"},"aspects":[{"id":"` + id + `0","name":{"zh":"点"},` + aspect + `]}]}`
}

// TestTheBestOfTimesIsTheLeast: without an order the key knows that of times the
// least is best.
func TestTheBestOfTimesIsTheLeast(t *testing.T) {
	text := strings.Replace(`{"format":"jiangtai.scheme/1","name":{"zh":"计时"},"panels":[{"id":"floor","name":{"zh":"现场"}}],
	 "ranking":{"order":"ascending","keys":[{"by":"best","id":"a0"}]},"components":[{"id":"c","name":{"zh":"部"},"criteria":[MODULE]}]}`,
		"MODULE", module("a", `"kind":"time","mode":"seconds","panel":"floor","attempts":{"count":2,"take":"mean"}}`), 1)
	d := newDesk(t, compile(t, text), seating{{"floor", 1}}, 2)
	d.act(scoring.Open, "")
	for e, tries := range []string{"10 20", "5 25"} {
		for i, v := range strings.Fields(tries) {
			c := mark(e+1, "a0", 1, v)
			c.Attempt = uint8(i + 1)
			d.must(c)
		}
	}
	if d.row(scoring.Public, 2).Rank != 1 || d.row(scoring.Public, 1).Rank != 2 {
		t.Fatalf("%+v", d.board.View(scoring.Public).Rows)
	}
}

// TestANewVersionKeepsMeasuredValues: the new version gives more for the same
// measurement; what was measured stays, the field is known again at once.
func TestANewVersionKeepsMeasuredValues(t *testing.T) {
	first := single(t, "", relative+`"lower"`, `"kind":"points","panel":"floor","max":"20"`)
	next := single(t, "", relative+`"lower"`, `"kind":"points","panel":"floor","max":"30"`)
	d := openDesk(t, first, 1, 2)
	d.set[2] = next
	d.field("40 50")
	d.mark(1, "a1", 1, "3")
	d.mark(2, "a1", 1, "4")
	if got := d.totals(); got != "13.00 12.00" {
		t.Fatal(got)
	}
	d.must(scoring.Command{Kind: scoring.Adopt, Version: 2, Actor: scoring.ID{1}, Second: second})
	if got := d.totals(); got != "? ?" {
		t.Fatal(got)
	}
	if got := d.board.Working(2).Components[0].Criteria[0].Aspects[0]; got.Mark != "8" || got.Measured != "50" || got.Best != "40" {
		t.Fatalf("%+v", got)
	}
}
