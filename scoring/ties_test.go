package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
)

// lists are the tie-break lists of technical documents, over one scheme:
// theory 30, practical 70 (assembly and check), a clock that only breaks ties.
var lists = map[string]string{
	"total only":          ``,
	"city employees":      `{"by":"component","id":"practical"}`,
	"electrical trades":   `{"by":"component","id":"practical"},{"by":"time","id":"clock"}`,
	"lighting assembly":   `{"by":"time","id":"clock"},{"by":"component","id":"practical"},{"by":"component","id":"theory"}`,
	"modules in turn":     `{"by":"criterion","id":"assembly"},{"by":"criterion","id":"check"}`,
	"one aspect":          `{"by":"aspect","id":"finish"}`,
	"one aspect, least":   `{"by":"aspect","id":"finish","order":"ascending"}`,
	"best attempt":        `{"by":"best","id":"tries"}`,
	"slowest":             `{"by":"time","id":"clock","order":"descending"}`,
	"theory, then clock":  `{"by":"component","id":"theory"},{"by":"time","id":"clock"}`,
	"firsts":              `{"by":"firsts"}`,
	"firsts of practical": `{"by":"firsts","id":"practical"},{"by":"aspect","id":"finish"}`,
}

func tieDesk(t *testing.T, keys, ties string, entries int) *desk {
	t.Helper()
	text := `{"format":"jiangtai.scheme/1","name":{"zh":"并列"},"panels":[{"id":"floor","name":{"zh":"现场"}}],
	 "ranking":{"ties":"` + ties + `","keys":[` + keys + `]},"components":[
	 {"id":"theory","name":{"zh":"理论"},"weight":"0.3","criteria":[` + module("paper", `"kind":"points","panel":"floor","max":"100"}`) + `]},
	 {"id":"practical","name":{"zh":"实操"},"weight":"0.7","criteria":[
	  {"id":"assembly","name":{"zh":"装配"},"subs":[{"id":"s1","name":{"zh":"装配"},"aspects":[
	   {"id":"finish","name":{"zh":"工艺"},"kind":"points","panel":"floor","max":"50"},
	   {"id":"tries","name":{"zh":"调试"},"kind":"points","panel":"floor","max":"20","attempts":{"count":2,"take":"mean"}},
	   {"id":"clock","name":{"zh":"用时"},"kind":"time","mode":"tiebreak","panel":"floor"}]}]},
	  {"id":"check","name":{"zh":"检验"},"subs":[{"id":"s2","name":{"zh":"检验"},"aspects":[
	   {"id":"found","name":{"zh":"检验"},"kind":"points","panel":"floor","max":"30"}]}]}]}]}`
	d := newDesk(t, compile(t, text), seating{{"floor", 1}}, entries)
	d.act(scoring.Open, "")
	return d
}

// tieSheet marks paper, finish, both tries, found and the clock.
func (d *desk) tieSheet(entry int, sheet string) {
	d.t.Helper()
	for i, v := range strings.Fields(sheet) {
		c := mark(entry, []string{"paper0", "finish", "tries", "tries", "found", "clock"}[i], 1, v)
		if i == 3 {
			c.Attempt = 2
		}
		if v == "-" {
			c.Kind, c.Value = scoring.NotPerformed, ""
		}
		d.must(c)
	}
}

func (d *desk) ranks() string {
	var list []string
	for e := range d.board.Entries() {
		list = append(list, fmt.Sprint(d.row(scoring.Public, e+1).Rank))
	}
	return strings.Join(list, " ")
}

// tied are six entries of total 88.50 (but the last, 88.49). In practical A and B
// have 90, C to E 87, in theory 85 and 92.
const tied = `85 44 20 16 28 5700
85 45 18 18 27 5520
92 42 15 15 30 5400
92 42 20 10 30 5400
92 45 16 16 26 -
91.97 42 15 15 30 60`

func TestTieBreakLists(t *testing.T) {
	for name, want := range map[string]string{
		"total only":          "1 1 1 1 1 6",
		"city employees":      "1 1 3 3 3 6",
		"electrical trades":   "2 1 3 3 5 6", // A 95 min, B 92, then C and D 90 min, who has no time last
		"lighting assembly":   "4 3 1 1 5 6",
		"modules in turn":     "2 1 4 4 3 6", // assembly 62 63 57 57 61
		"one aspect":          "3 1 4 4 1 6",
		"one aspect, least":   "3 4 1 1 4 6",
		"best attempt":        "1 3 5 1 4 6", // 20 18 15 20 16
		"slowest":             "1 2 3 3 5 6",
		"theory, then clock":  "5 4 1 1 3 6",
		"firsts":              "5 3 1 1 3 6", // theory: C D E; assembly: B; check: C D (and the last)
		"firsts of practical": "5 1 2 2 4 6",
	} {
		keys, known := lists[name]
		if !known {
			t.Fatal(name)
		}
		d := tieDesk(t, keys, "shared", 6)
		for i, sheet := range strings.Split(tied, "\n") {
			d.tieSheet(i+1, sheet)
		}
		for e, total := range []string{"88.50", "88.50", "88.50", "88.50", "88.50", "88.49"} {
			d.total(e+1, total)
		}
		if got := d.ranks(); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if len(lists) != 12 {
		t.Error("a list is not tested")
	}
}

// TestTheHandbooksVector: A 88.50/90/95 min, B 88.50/90/92 min, C 88.50/87,
// D 89.00: D 1, B 2, A 3, C 4.
func TestTheHandbooksVector(t *testing.T) {
	d := tieDesk(t, lists["electrical trades"], "shared", 4)
	for i, sheet := range []string{"85 45 18 18 27 5700", "85 45 18 18 27 5520", "92 42 15 15 30 60", "86.666667 45 18 18 27 9999"} {
		d.tieSheet(i+1, sheet)
	}
	if got := d.ranks(); got != "3 2 4 1" {
		t.Fatal(got)
	}
}

// TestDecisionsComeLast: a decided place counts among those whom no key parts,
// and moves nobody past a better total or key.
func TestDecisionsComeLast(t *testing.T) {
	d := tieDesk(t, lists["electrical trades"], "decision", 6)
	for i, sheet := range strings.Split(tied, "\n") {
		d.tieSheet(i+1, sheet)
	}
	for _, c := range []struct{ entry, place, ranks string }{
		{"6", "1", "2 1 3 3 5 6"},
		{"1", "1", "2 1 3 3 5 6"},
		{"4", "1", "2 1 4 3 5 6"},
		{"3", "1", "2 1 3 3 5 6"}, // both first: they share again
		{"4", "2", "2 1 3 4 5 6"},
	} {
		var entry int
		if _, err := fmt.Sscan(c.entry, &entry); err != nil {
			t.Fatal(err)
		}
		d.must(scoring.Command{Kind: scoring.Decide, Entry: scoring.EntryID(entry), Value: c.place})
		if got := d.ranks(); got != c.ranks {
			t.Errorf("entry %s decided %s: %s, want %s", c.entry, c.place, got, c.ranks)
		}
	}
}

// TestTimesWithoutResult: two of three tries unfinished leave no time, and no
// time stands behind every time, though its sum is 0.
func TestTimesWithoutResult(t *testing.T) {
	text := `{"format":"jiangtai.scheme/1","name":{"zh":"计时"},"panels":[{"id":"floor","name":{"zh":"现场"}}],
	 "ranking":{"keys":[{"by":"time","id":"lap"}]},"components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"块"},"subs":[
	 {"id":"s","name":{"zh":"项"},"aspects":[
	  {"id":"lap","name":{"zh":"圈"},"kind":"time","mode":"linear","max":"10","limit":"100","best":"100.000001","panel":"floor","attempts":{"count":3,"take":"TAKE"}}]}]}]}]}`
	text = strings.Replace(text, `"limit":"100","best":"100.000001"`, `"limit":"100","best":"50"`, 1)
	for take, want := range map[string]string{"mean": "2 1 3", "middle": "2 1 3", "best": "1 2 3"} {
		d := newDesk(t, compile(t, strings.Replace(text, "TAKE", take, 1)), seating{{"floor", 1}}, 3)
		d.act(scoring.Open, "")
		for e, laps := range []string{"120 110 100", "104 103 101", "- - -"} {
			for i, v := range strings.Fields(laps) {
				c := mark(e+1, "lap", 1, v)
				if c.Attempt = uint8(i + 1); v == "-" {
					c.Kind, c.Value = scoring.NotPerformed, ""
				}
				d.must(c)
			}
		}
		if got := d.ranks(); got != want {
			t.Errorf("%s: %s, want %s\n%+v", take, got, want, d.board.View(scoring.Chief).Rows)
		}
	}
	d := newDesk(t, compile(t, strings.Replace(text, "TAKE", "mean", 1)), seating{{"floor", 1}}, 2)
	d.act(scoring.Open, "")
	for e, laps := range []string{"110 - 120", "130 140 150"} {
		for i, v := range strings.Fields(laps) {
			c := mark(e+1, "lap", 1, v)
			if c.Attempt = uint8(i + 1); v == "-" {
				c.Kind, c.Value = scoring.NotPerformed, ""
			}
			d.must(c)
		}
	}
	if got := d.ranks(); got != "2 1" {
		t.Errorf("a missed try is no time of 0: %s", got)
	}
}
