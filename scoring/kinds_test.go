package scoring_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
)

// single is a scheme of one criterion with the given aspects; panel floor has
// one chair (1), judges have as many as a test seats (2, 3, …).
func single(t testing.TB, extra string, aspects ...string) *scoring.Rules {
	t.Helper()
	for i, a := range aspects {
		if !strings.HasPrefix(a, "{") {
			aspects[i] = fmt.Sprintf(`{"id":"a%d","name":{"zh":"点"},%s}`, i, a)
		}
	}
	return compile(t, `{"format":"jiangtai.scheme/1","name":{"zh":"单"},
	 "panels":[{"id":"floor","name":{"zh":"现场"}},{"id":"judges","name":{"zh":"评分"}}],
	 "components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"模块"},"subs":[{"id":"s","name":{"zh":"项"},
	 "aspects":[`+strings.Join(aspects, ",")+`]}]`+extra+`}]}]}`)
}

func openDesk(t testing.TB, r *scoring.Rules, judges, entries int) *desk {
	d := newDesk(t, r, seating{{"floor", 1}, {"judges", judges}}, entries)
	d.act(scoring.Open, "")
	return d
}

const judged = `"kind":"judgement","panel":"judges","levels":[{"zh":"差"},{"zh":"可"},{"zh":"良"},{"zh":"优"}],"max":`

// TestJudgement: max × sum / 9 of three judges; a spread over one level opens
// a new round and the rejected one stays on record.
func TestJudgement(t *testing.T) {
	for _, c := range []struct{ max, scores, exact, shown string }{
		{"2.00", "2 3 2", "14/9", "1.56"},
		{"2.00", "3 3 3", "2", "2.00"},
		{"1.00", "1 2 2", "5/9", "0.56"},
		{"0.75", "1 1 1", "0.25", "0.25"},
		{"0.25", "0 0 1", "1/36", "0.03"},
		{"1.50", "2 2 3", "7/6", "1.17"},
		{"2.00", "1 3 2", "", ""},
		{"1.00", "0 1 2", "", ""},
	} {
		d := openDesk(t, single(t, "", judged+`"`+c.max+`"`), 3, 1)
		for i, s := range strings.Fields(c.scores) {
			d.mark(1, "a0", i+2, s)
		}
		d.total(1, c.shown)
		view, _ := d.board.Panel(1, "a0", 1)
		if view.Value != c.exact {
			t.Errorf("%s of %s: %q, want %q", c.scores, c.max, view.Value, c.exact)
		}
		if again := c.exact == ""; view.Repeated != again || again != (view.Round == 2) || again == view.Complete {
			t.Errorf("%s: %+v", c.scores, view)
		}
	}
}

func TestASecondRoundCountsAndTheFirstStaysOnRecord(t *testing.T) {
	d := openDesk(t, single(t, "", judged+`"2"`), 3, 1)
	for i, s := range []string{"1", "3", "2"} {
		d.mark(1, "a0", i+2, s)
	}
	if r := d.row(scoring.Chief, 1); r.Done != 0 || r.Need != 3 {
		t.Fatalf("%+v", r)
	}
	again := mark(1, "a0", 2, "2")
	d.refused(again, scoring.Rule, "judging.round_closed")
	for i, s := range []string{"2", "3", "2"} {
		c := mark(1, "a0", i+2, s)
		c.Round = 2
		d.must(c)
	}
	d.total(1, "1.56")
	old, _ := d.board.Cell(1, "a0", 1, 1, 2)
	fix := mark(1, "a0", 2, "2")
	fix.Supersedes = old.MarkID
	d.refused(fix, scoring.Rule, "judging.round_closed")
	rounds := d.board.Working(1).Components[0].Criteria[0].Aspects[0].Attempts[0].Rounds
	if len(rounds) != 2 || !rounds[0].Rejected || rounds[0].Marks[1].Value != "3" || rounds[1].Exact != "14/9" || rounds[1].Used != 3 {
		t.Fatalf("%+v", rounds)
	}
}

// TestAWrongTapIsCorrectedBeforeTheNextRound: the spread came from a typing
// error; correcting it settles the round that it opened nothing for.
func TestAWrongTapIsCorrectedBeforeTheNextRound(t *testing.T) {
	d := openDesk(t, single(t, "", judged+`"2"`), 3, 1)
	wrong := d.mark(1, "a0", 2, "0")
	d.mark(1, "a0", 3, "3")
	d.mark(1, "a0", 4, "3")
	d.total(1, "")
	fix := mark(1, "a0", 2, "3")
	fix.Supersedes = wrong
	d.must(fix)
	d.total(1, "2.00")
}

// TestAModuleWithAFactorAndAGate: 12+8+6+14+10+6+10+6 = 72, × 12.5 % = 9.00;
// with one crack the module is 0.
func TestAModuleWithAFactorAndAGate(t *testing.T) {
	var aspects []string
	for range 8 {
		aspects = append(aspects, `"kind":"points","panel":"floor","max":"20"`)
	}
	aspects = append(aspects, `"kind":"gate","panel":"floor","voids":"criterion"`)
	d := openDesk(t, single(t, `,"factor":"0.125","max":"20"`, aspects...), 1, 2)
	for i, v := range []string{"12", "8", "6", "14", "10", "6", "10", "6"} {
		d.mark(1, fmt.Sprintf("a%d", i), 1, v)
	}
	d.total(1, "9.00")
	clean := d.mark(1, "a8", 1, "0")
	d.total(1, "9.00")
	crack := mark(1, "a8", 1, "1")
	crack.Supersedes = clean
	d.must(crack)
	d.total(1, "0.00")
	w := d.board.Working(1)
	if c := w.Components[0].Criteria[0]; !c.Void || c.Value != "0" {
		t.Fatalf("%+v", c)
	}
	// A voided module needs no further marks.
	d.mark(2, "a8", 1, "1")
	if r := d.row(scoring.Chief, 2); r.Total != "0.00" || r.Need != 0 || r.Rank == 0 || len(d.board.Missing(2)) != 0 {
		t.Fatalf("%+v", r)
	}
}

func TestAGateVoidsOneAspectOrAll(t *testing.T) {
	d := openDesk(t, single(
		t, "", `"kind":"points","panel":"floor","max":"10"`, `"kind":"points","panel":"floor","max":"10"`,
		`"kind":"gate","panel":"floor","voids":"aspect","target":"a0"`, `"kind":"gate","panel":"floor","voids":"entry"`,
		`"kind":"gate","panel":"floor","voids":"component","target":"c"`,
	), 1, 1)
	d.mark(1, "a0", 1, "7")
	d.mark(1, "a1", 1, "8")
	d.total(1, "15.00")
	one := d.mark(1, "a2", 1, "1")
	d.total(1, "8.00")
	d.must(scoring.Command{Kind: scoring.Withdraw, Entry: 1, Aspect: "a2", Chair: 1, Supersedes: one})
	d.total(1, "15.00")
	all := d.mark(1, "a3", 1, "1")
	d.total(1, "0.00")
	if !d.board.Working(1).Void {
		t.Fatal("the entry is not void")
	}
	d.must(scoring.Command{Kind: scoring.Withdraw, Entry: 1, Aspect: "a3", Chair: 1, Supersedes: all})
	d.mark(1, "a4", 1, "1")
	d.total(1, "0.00")
	if !d.board.Working(1).Components[0].Void {
		t.Fatal("the component is not void")
	}
}

const violations = `"kind":"penalty","panel":"floor","items":[{"id":"glove","name":{"zh":"手套"},"amount":"2","cap":"5"},
 {"id":"stop","name":{"zh":"危险"},"voids":"entry"}],"level":`

// TestPenaltiesAreSubtractedWhereTheSchemeSays: before or behind the factor,
// and never below zero.
func TestPenaltiesAreSubtractedWhereTheSchemeSays(t *testing.T) {
	for _, level := range []string{"criterion", "component", "total"} {
		d := openDesk(t, single(
			t, `,"factor":"0.5"`, `"kind":"points","panel":"floor","max":"20"`, violations+`"`+level+`"`,
		), 1, 3)
		for e := 1; e <= 3; e++ {
			d.mark(e, "a0", 1, []string{"", "20", "2", "20"}[e])
		}
		d.mark(1, "a1", 1, "glove=2")
		d.mark(2, "a1", 1, "glove=9")
		d.mark(3, "a1", 1, "stop=1;glove=1")
		d.total(1, "6.00")
		d.total(2, "0.00")
		d.total(3, "0.00")
		if w := d.board.Working(3); !w.Void {
			t.Fatalf("%s: %+v", level, w)
		}
		w := d.board.Working(1)
		n := len(w.Penalties) + len(w.Components[0].Penalties) + len(w.Components[0].Criteria[0].Penalties)
		if n != 1 {
			t.Fatalf("%s: %d penalties are shown", level, n)
		}
	}
}

func TestAttemptsAndUnfinishedOnes(t *testing.T) {
	d := openDesk(t, single(t, "", `"kind":"points","panel":"floor","max":"100","attempts":{"count":3,"take":"middle"}`), 1, 3)
	try := func(entry, attempt int, value string) {
		t.Helper()
		c := mark(entry, "a0", 1, value)
		c.Attempt = uint8(attempt)
		if value == "" {
			c.Kind = scoring.NotPerformed
		}
		d.must(c)
	}
	try(1, 3, "70")
	try(1, 1, "90")
	if r := d.row(scoring.Chief, 1); r.Done != 2 || r.Need != 3 || r.Total != "" {
		t.Fatalf("%+v", r)
	}
	try(1, 2, "80")
	d.total(1, "80.00")
	try(2, 1, "90")
	try(2, 2, "")
	try(2, 3, "60")
	d.total(2, "60.00")
	try(3, 1, "90")
	try(3, 2, "")
	try(3, 3, "")
	d.total(3, "0.00")
}

// TestTimesAreTheMark: less is better, a void result is no result: it stands
// unranked below, and not first with 0.
func TestTimesAreTheMark(t *testing.T) {
	r := compile(t, `{"format":"jiangtai.scheme/1","name":{"zh":"计时"},"panels":[{"id":"floor","name":{"zh":"现场"}}],
	 "ranking":{"order":"ascending","keys":[{"by":"best","id":"run","order":"ascending"}]},
	 "components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"模块"},"subs":[{"id":"s","name":{"zh":"项"},"aspects":[
	 {"id":"run","name":{"zh":"用时"},"kind":"time","mode":"seconds","panel":"floor","attempts":{"count":5,"take":"middle"}}]}]}]}]}`)
	d := newDesk(t, r, seating{{"floor", 1}}, 4)
	d.act(scoring.Open, "")
	for entry, times := range []string{"10.4 9.9 12 11.1 10", "10.5 10.5 - 10.5 9.5", "- 8 8 8 -", "9 10.5 10.5 10.5 -"} {
		for i, v := range strings.Fields(times) {
			c := mark(entry+1, "run", 1, v)
			c.Attempt = uint8(i + 1)
			if v == "-" {
				c.Kind, c.Value = scoring.NotPerformed, ""
			}
			d.must(c)
		}
	}
	for entry, want := range []struct {
		rank  int
		total string
	}{{3, "10.50"}, {2, "10.50"}, {0, ""}, {1, "10.50"}} {
		if got := d.row(scoring.Public, entry+1); got.Rank != want.rank || got.Total != want.total {
			t.Errorf("entry %d: %+v, want %+v", entry+1, got, want)
		}
	}
}

// TestTeamsOfThree is the electrical trades' list: total, practical, then the
// practical's time; A and B tie in total, B was faster.
func TestTeamsOfThree(t *testing.T) {
	r := compile(t, `{"format":"jiangtai.scheme/1","name":{"zh":"电工"},"panels":[{"id":"floor","name":{"zh":"现场"}}],
	 "ranking":{"keys":[{"by":"component","id":"practical"},{"by":"time","id":"clock"}]},
	 "components":[
	 {"id":"theory","name":{"zh":"理论"},"weight":"0.3","criteria":[{"id":"t","name":{"zh":"理论"},"subs":[{"id":"t","name":{"zh":"理论"},"aspects":[
	  {"id":"exam","name":{"zh":"机考"},"kind":"external","max":"100"}]}]}]},
	 {"id":"practical","name":{"zh":"实操"},"weight":"0.7","criteria":[{"id":"p","name":{"zh":"实操"},"subs":[{"id":"p","name":{"zh":"实操"},"aspects":[
	  {"id":"work","name":{"zh":"作业"},"kind":"points","panel":"floor","max":"100"},
	  {"id":"clock","name":{"zh":"用时"},"kind":"time","mode":"tiebreak","panel":"floor","required":false}]}]}]}]}`)
	d := newDesk(t, r, seating{{"floor", 1}}, 5)
	d.act(scoring.Open, "")
	for i, e := range []struct{ theory, practical, minutes string }{
		{"85", "90", "5700"}, {"85", "90", "5520"}, {"92", "87", ""}, {"89", "89", ""}, {"85", "90", ""},
	} {
		d.mark(i+1, "exam", 0, e.theory)
		d.mark(i+1, "work", 1, e.practical)
		if e.minutes != "" {
			d.mark(i+1, "clock", 1, e.minutes)
		}
	}
	for i, want := range []int{3, 2, 5, 1, 4} { // whoever has no time stands behind those who have
		if got := d.row(scoring.Public, i+1); got.Rank != want {
			t.Errorf("%c: %+v, want rank %d", 'A'+i, got, want)
		}
	}
	tie := d.board.Working(1).TieBreak
	if len(tie) != 4 || tie[0].By != "component" || tie[1].By != "time" || tie[1].Mine != "5700" || tie[1].Ahead || !tie[3].Ahead {
		t.Fatalf("%+v", tie)
	}
}

// TestCompositions are the weights that are in use.
func TestCompositions(t *testing.T) {
	for _, c := range []struct{ weights, marks, want string }{
		{"0.3 0.7", "85 90", "88.50"},
		{"0.3 0.7", "92 87", "88.50"},
		{"0.2 0.8", "88 91.5", "90.80"},
		{"0.3 0.7", "73.5 86.25", "82.43"},
		{"0.3 0.7", "61 59.99", "60.29"},
		{"0.25 0.55 0.2", "88 92.5 80", "88.88"},
		{"1", "77.7", "77.70"},
	} {
		var parts []string
		for i, w := range strings.Fields(c.weights) {
			parts = append(parts, fmt.Sprintf(`{"id":"c%d","name":{"zh":"部"},"weight":"%s","max":"100","criteria":[{"id":"k%d","name":{"zh":"模块"},
			"subs":[{"id":"s%d","name":{"zh":"项"},"aspects":[{"id":"a%d","name":{"zh":"点"},"kind":"points","panel":"floor","max":"100"}]}]}]}`, i, w, i, i, i))
		}
		d := newDesk(t, compile(t, `{"format":"jiangtai.scheme/1","name":{"zh":"合成"},"total":"100",
		 "panels":[{"id":"floor","name":{"zh":"现场"}}],"components":[`+strings.Join(parts, ",")+`]}`), seating{{"floor", 1}}, 1)
		d.act(scoring.Open, "")
		for i, m := range strings.Fields(c.marks) {
			d.mark(1, fmt.Sprintf("a%d", i), 1, m)
		}
		d.total(1, c.want)
	}
}

// TestAnAbsentJudgeIsAMissingMark: eight of nine marks, one dropped at each
// end; below the policy's least the entry is not ranked, and says why.
func TestAnAbsentJudgeIsAMissingMark(t *testing.T) {
	r := single(t, "", `"kind":"panel","panel":"judges","max":"10","step":"0.25","policy":{"kind":"trimmed","high":1,"low":1}`)
	d := openDesk(t, r, 9, 1)
	for i, v := range strings.Fields("7.5 8 7.25 7.25 7.5 8.25 7 7.5") {
		d.mark(1, "a0", i+2, v)
	}
	d.total(1, "")
	away := scoring.Command{Kind: scoring.Absent, Entry: 1, Aspect: "a0", Chair: 10}
	id := d.must(away)
	d.total(1, "7.50")
	round := d.board.Working(1).Components[0].Criteria[0].Aspects[0].Attempts[0].Rounds[0]
	if round.Used != 6 || round.Marks[8].Kind != "absent" || !round.Marks[5].Dropped || !round.Marks[6].Dropped {
		t.Fatalf("%+v", round)
	}
	back := mark(1, "a0", 10, "10")
	back.Supersedes = id
	d.must(back)
	d.total(1, "7.61")

	short := openDesk(t, r, 3, 1)
	short.mark(1, "a0", 2, "8")
	short.mark(1, "a0", 3, "8.5")
	short.must(scoring.Command{Kind: scoring.Absent, Entry: 1, Aspect: "a0", Chair: 4})
	short.total(1, "")
	if m := short.board.Missing(1); len(m) != 1 || !m[0].Short {
		t.Fatalf("%+v", m)
	}
}

// TestMiddleOfSevenTimesDifficulty: drop two and two, add the middle three,
// times the factor, exactly.
func TestMiddleOfSevenTimesDifficulty(t *testing.T) {
	d := openDesk(t, single(
		t, "", `"kind":"panel","panel":"judges","max":"10","step":"0.5","factor":"3.4","policy":{"kind":"middle","high":2,"low":2}`,
	), 7, 1)
	for i, v := range strings.Fields("8 7.5 9 8.5 8 6.5 8.5") {
		d.mark(1, "a0", i+2, v)
	}
	d.total(1, "83.30") // (8 + 8 + 8.5) × 3.4
}

func TestNotPerformedIsAMarkOfItsOwn(t *testing.T) {
	d := openDesk(t, single(t, "", `"kind":"points","panel":"floor","max":"10","min":"2"`, `"kind":"yes_no","panel":"floor","max":"3"`), 1, 1)
	d.must(scoring.Command{Kind: scoring.NotPerformed, Entry: 1, Aspect: "a0", Chair: 1})
	d.mark(1, "a1", 1, "1")
	if r := d.row(scoring.Public, 1); r.Total != "3.00" || r.Rank != 1 || r.Done != 2 {
		t.Fatalf("%+v", r)
	}
}

// TestAPanelsValueCountsWhenThePanelIsComplete, under either provisional rule.
func TestAPanelsValueCountsWhenThePanelIsComplete(t *testing.T) {
	r := compile(t, strings.Replace(bench, `"total":"100"`, `"total":"100","provisional":"points"`, 1))
	d := newDesk(t, r, seating{{"floor", 1}, {"judges", 3}}, 3)
	d.act(scoring.Open, "")
	d.mark(2, "score", 1, "50")
	d.mark(3, "piece", 2, "100")
	d.mark(3, "piece", 3, "100")
	if v := d.row(scoring.Public, 2); v.Points != "15.00" || v.Total != "" || v.Rank != 1 {
		t.Fatalf("%+v", v)
	}
	if v := d.row(scoring.Public, 3); v.Points != "0.00" || v.Rank != 2 || v.Done != 2 {
		t.Fatalf("%+v", v)
	}
	d.mark(3, "piece", 4, "100")
	if v := d.row(scoring.Public, 3); v.Points != "70.00" || v.Rank != 1 || v.Parts[1] != "100.00" || v.Parts[0] != "" {
		t.Fatalf("%+v", v)
	}
	d.act(scoring.Lock, "")
	d.act(scoring.Publish, "")
	if v := d.row(scoring.Public, 3); v.Rank != 0 || v.Points != "" {
		t.Fatalf("a published result ranks the incomplete: %+v", v)
	}
}
