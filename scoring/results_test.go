package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/award"
	"jiangtai/scoring/scheme"
)

// passes is one scheme with pass marks everywhere: 60 of 100 in theory, in
// practice and in all.
const passes = `{"format":"jiangtai.scheme/1","name":{"zh":"合格线"},"panels":[{"id":"floor","name":{"zh":"现场"}}],
 "pass":"60","ranking":{"keys":[{"by":"component","id":"practical"},{"by":"time","id":"clock"}]},
 "prizes":{"list":[{"id":"gold","name":{"zh":"一等奖"},"number":1},{"id":"silver","name":{"zh":"二等奖"},"number":1}]},
 "advance":{"first":2},
 "components":[
  {"id":"theory","name":{"zh":"理论"},"weight":"0.3","pass":"60","criteria":[
   {"id":"t","name":{"zh":"笔试"},"subs":[{"id":"t","name":{"zh":"笔试"},"aspects":[
    {"id":"paper","name":{"zh":"笔试"},"kind":"points","panel":"floor","max":"100"}]}]}]},
  {"id":"practical","name":{"zh":"实操"},"weight":"0.7","pass":"60","criteria":[
   {"id":"p","name":{"zh":"实操"},"subs":[{"id":"p","name":{"zh":"实操"},"aspects":[
    {"id":"piece","name":{"zh":"工件"},"kind":"points","panel":"floor","max":"100"},
    {"id":"clock","name":{"zh":"用时"},"kind":"time","mode":"tiebreak","panel":"floor"}]}]}]}]}`

// TestFromMarksToPrizes: who is best fails in theory; the next two win, and a
// tie in total and practical is broken by time.
func TestFromMarksToPrizes(t *testing.T) {
	d := newDesk(t, compile(t, passes), seating{{"floor", 1}}, 6)
	d.act(scoring.Open, "")
	for e, sheet := range []string{"59.5 100 90", "80 80 95", "80 80 92", "60 60 -", "100 59 80"} {
		for i, v := range strings.Fields(sheet) {
			c := mark(e+1, []string{"paper", "piece", "clock"}[i], 1, v)
			if v == "-" {
				c.Kind, c.Value = scoring.NotPerformed, ""
			}
			d.must(c)
		}
	}
	d.must(scoring.Command{Kind: scoring.SetState, Entry: 6, Value: string(scoring.DidNotStart)})
	var got []string
	results := d.board.Results()
	for _, r := range results {
		clock := "-"
		if r.Seconds != nil {
			clock = r.Seconds.String()
		}
		got = append(got, fmt.Sprintf("%d:%d %s %v %s %s", r.ID, r.Rank, r.Total, r.Passed, r.Parts[1].Value, clock))
	}
	want := "1:1 87.85 false 100 90, 2:3 80 true 80 95, 3:2 80 true 80 92, 4:5 60 true 60 -, 5:4 71.3 false 59 80, 6:0 0 false 0 -"
	if text := strings.Join(got, ", "); text != want {
		t.Fatalf("%s\nwant\n%s", text, want)
	}
	s := d.board.Rules().Scheme()
	if w := award.Give(s.Prizes, results).Winners; fmt.Sprint(w) != "[{3 gold 0} {2 silver 0}]" {
		t.Errorf("prizes %v", w)
	}
	if a := award.Advance(s.Advance, results, d.board.Rules().Ascending); fmt.Sprint(a.Entries) != "[1 3]" {
		t.Errorf("advancing %v", a.Entries)
	}
}

// TestPassMarksOfTimes: where less is better the pass mark is the most that
// passes, and who has no time has not passed.
func TestPassMarksOfTimes(t *testing.T) {
	r := single(t, "", `"kind":"time","mode":"seconds","panel":"floor"`)
	r.Ascending, r.Scheme().Pass = true, dec("60")
	d := openDesk(t, r, 1, 4)
	d.field("59 60 60.01 -")
	for i, want := range []bool{true, true, false, false} {
		if got := d.board.Results()[i]; got.Passed != want {
			t.Errorf("%+v", got)
		}
	}
}

// TestPrizeRulesOfSchemes: what cannot be is refused with its place.
func TestPrizeRulesOfSchemes(t *testing.T) {
	for _, c := range []struct{ from, to, fault string }{
		{`"number":1},{`, `"share":"0.6"},{"id":"x","name":{"zh":"x"},"share":"0.5"},{`, "/prizes/list: scheme.shares_over_one (1.1)"},
		{`"number":1},{`, `"share":"0.6"},{"id":"x","name":{"zh":"x"},"share":"0.4"},{`, ""},
		{`"number":1},{`, `"number":1,"share":"0.1"},{`, "/prizes/list/0/number: scheme.field_not_used (share)"},
		{`"number":1},{`, `"share":"0"},{`, "/prizes/list/0/share: scheme.not_positive (0)"},
		{`,"number":1},{`, `},{`, "/prizes/list/0/share: scheme.missing"},
		{`"silver"`, `"gold"`, "/prizes/list/1/id: scheme.duplicate_id (gold)"},
		{`"prizes":{`, `"prizes":{"ties":"split",`, "/prizes/ties: scheme.unknown_word (split)"},
		{`"prizes":{`, `"prizes":{"mode":"up",`, "/prizes/mode: scheme.unknown_word (up)"},
		{`"prizes":{`, `"prizes":{"of":"all",`, "/prizes/of: scheme.unknown_word (all)"},
		{`"advance":{"first":2}`, `"advance":{}`, "/advance/first: scheme.missing"},
		{`"advance":{"first":2}`, `"advance":{"line":"-1"}`, "/advance/line: scheme.not_positive (-1)"},
		{`"advance":{"first":2}`, `"advance":{"line":"60","ties":"maybe"}`, "/advance/ties: scheme.unknown_word (maybe)"},
	} {
		_, err := scheme.Parse([]byte(strings.Replace(passes, c.from, c.to, 1)))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != c.fault {
			t.Errorf("%s: %q, want %q", c.to, got, c.fault)
		}
	}
	empty := strings.Replace(passes, passes[strings.Index(passes, `"list":[`):strings.Index(passes, `"advance"`)], `"list":[]},`, 1)
	if _, err := scheme.Parse([]byte(empty)); err == nil || err.Error() != "/prizes/list: scheme.missing" {
		t.Errorf("%v", err)
	}
}
