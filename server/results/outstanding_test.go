package results_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/results"
	"jiangtai/server/results/resultstest"
)

func outstanding(t *testing.T, r *resultstest.Rig) results.Outstanding {
	t.Helper()
	out, err := r.Outstanding(t.Context(), resultstest.Chief, resultstest.Event)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func kinds(out results.Outstanding) string {
	var list []string
	for _, l := range out.Lines {
		list = append(list, string(l.Kind))
	}
	return strings.Join(list, " ")
}

func line(t *testing.T, out results.Outstanding, kind results.LineKind) results.Line {
	t.Helper()
	i := slices.IndexFunc(out.Lines, func(l results.Line) bool { return l.Kind == kind })
	if i < 0 {
		t.Fatalf("no line %s in: %s", kind, kinds(out))
	}
	return out.Lines[i]
}

func TestTheDayLineByLine(t *testing.T) {
	r := newRig(t, resultstest.Options{})
	want := func(when, lines string) {
		t.Helper()
		if got := kinds(outstanding(t, r)); got != lines {
			t.Errorf("%s: %q, want %q", when, got, lines)
		}
	}
	want("before", "not_open")
	r.Open()
	want("nothing is marked", strings.Repeat("marks ", 3)+"lock")
	r.MarkAll()
	want("all is in", "lock")
	r.Do(scoring.Lock)
	want("locked, nothing to sign", "recheck_draw result_list publish")
	r.Sign()
	r.Sheets[1].State, r.Sheets[3].State, r.Sheets[3].Reason = results.PaperPrinted, results.PaperVoid, "marks"
	want("two papers are not signed", "mark_sheet panel_summary recheck_draw result_list publish")
	r.Sign()
	draw(t, r)
	want("drawn", "recheck_left result_list publish")
	find(t, r, "001", false, "抄错")
	want("one is wrong: everything is checked", "recheck_wrong recheck_left result_list publish")
	find(t, r, "001", true, "复核人看错")
	v, err := r.Recheck(t.Context(), resultstest.Chief, resultstest.Event)
	if err != nil || !v.Drawn.Full {
		t.Fatal("1 of 5 is more than 5 %")
	}
	for _, w := range v.Drawn.Works {
		find(t, r, w.Work, true, "复核人看错")
	}
	want("rechecked", "result_list publish")
	r.Sheets[4].State = results.PaperSigned
	want("the list is in", "publish")
	r.Do(scoring.Publish)
	want("published", "notice")
	announce(t, r, 5)
	want("on notice", "")
}

func TestLightChainsOweLess(t *testing.T) {
	r := locked(t, resultstest.Options{Chain: contest.LightChain})
	r.Sheets = []results.Paper{{Kind: results.MarkSheet, Chair: 1, State: results.PaperPrinted}}
	if got := kinds(outstanding(t, r)); got != "publish" {
		t.Errorf("%q", got)
	}
	draw(t, r)
	if l := line(t, outstanding(t, r), results.LineCheck); l.Stops != "" || l.Count != 5 {
		t.Errorf("a recheck that was begun is shown and stops nothing: %+v", l)
	}
}

func TestMissingMarksByJudgeAndWork(t *testing.T) {
	r := newRig(t, resultstest.Options{})
	r.Open()
	for i, e := range r.Entries {
		r.Mark(resultstest.Floor, e.Ordinal, "size", "30")
		r.Mark(resultstest.JudgeA, e.Ordinal, "look", "30")
		if i > 1 {
			r.Mark(resultstest.JudgeB, e.Ordinal, "look", "30")
		}
	}
	out := outstanding(t, r)
	l := line(t, out, results.LineMarks)
	want := results.CellView{Aspect: "look", Code: "A2.1", Name: "外观", Attempt: 1, Round: 1}
	if l.Judge != "丙" || l.Seat != 2 || l.Panel != "judges" || l.Count != 2 || len(l.Works) != 2 || out.Done != 28 || out.Need != 30 {
		t.Fatalf("%+v", l)
	}
	got := l.Works[0]
	want.Code = got.Cells[0].Code
	if got.Work != "001" || got.Label != "001" || got.Count != 1 || len(got.Cells) != 1 || got.Cells[0] != want || want.Code == "" {
		t.Errorf("%+v", got)
	}
	r.Write(scoring.Command{Kind: scoring.Absent, Chair: resultstest.JudgeB, Entry: 1, Aspect: "look"})
	if l := line(t, outstanding(t, r), results.LineMarks); l.Count != 1 || l.Works[0].Work != "002" {
		t.Errorf("an absent judge owes no mark: %+v", l)
	}
}

func TestManyMissingMarksAreOnlyCounted(t *testing.T) {
	r := newRig(t, resultstest.Options{Entries: 61})
	r.Open()
	l := line(t, outstanding(t, r), results.LineMarks)
	if l.Count != 61 || len(l.Works) != 61 || l.Works[0].Cells != nil {
		t.Errorf("%d %+v", l.Count, l.Works[0])
	}
}

func TestAWorkWithoutAnyMarkStandsOut(t *testing.T) {
	r := newRig(t, resultstest.Options{})
	r.Open()
	for _, e := range r.Entries[1:] {
		r.Mark(resultstest.Floor, e.Ordinal, "size", "30")
		r.Mark(resultstest.JudgeA, e.Ordinal, "look", "30")
	}
	l := line(t, outstanding(t, r), results.LineNoMarks)
	if l.Opens != results.OpensStatus || l.Count != 1 || l.Works[0].Work != "001" || l.Works[0].Count != 3 {
		t.Errorf("%+v", l)
	}
	r.Write(scoring.Command{Kind: scoring.Withdraw, Chair: resultstest.Floor, Entry: 2, Aspect: "size", Supersedes: cell(t, r, resultstest.Floor, 2, "size")})
	r.Mark(resultstest.JudgeB, 2, "look", "1")
	if l := line(t, outstanding(t, r), results.LineNoMarks); l.Count != 1 || outstanding(t, r).Done != 16 {
		t.Errorf("a work whose panel marks again has marks, although none counts: %+v", l)
	}
	r.Away = []scoring.EntryID{1, 2}
	if l := line(t, outstanding(t, r), results.LineAbsent); l.Count != 2 || l.Opens != results.OpensBlind || len(l.Works) != 0 {
		t.Errorf("%+v", l)
	}
	r.Write(scoring.Command{Kind: scoring.SetState, Entry: 1, Value: string(scoring.DidNotStart)})
	out := outstanding(t, r)
	if l := line(t, out, results.LineAbsent); l.Count != 1 || strings.Contains(kinds(out), "no_marks") {
		t.Errorf("who did not start owes nothing: %s", kinds(out))
	}
}

func TestPanelsThatDoNotAgree(t *testing.T) {
	r := newRig(t, resultstest.Options{})
	r.Open()
	r.Mark(resultstest.JudgeA, 3, "look", "10")
	r.Mark(resultstest.JudgeB, 3, "look", "40")
	l := line(t, outstanding(t, r), results.LineSpread)
	if l.Works[0].Work != "003" || l.Spread.Low != "10" || l.Spread.High != "40" || l.Spread.Allowed != "20" || !l.Spread.Again {
		t.Errorf("%+v %+v", l, l.Spread)
	}
	out, err := r.Outstanding(t.Context(), resultstest.Host, resultstest.Event)
	if err != nil {
		t.Fatal(err)
	}
	if l := line(t, out, results.LineSpread); l.Spread.Low != "" || l.Spread.High != "" {
		t.Error("the host sees no mark")
	}
}

func TestTabletsThatHoldMarksBack(t *testing.T) {
	r := newRig(t, resultstest.Options{})
	r.Open()
	r.Devices = []results.Tablet{
		{Chair: resultstest.Floor, SeenAt: r.Now()},
		{Chair: resultstest.JudgeA, SeenAt: r.Now(), Unsent: 3},
		{Chair: resultstest.JudgeB, SeenAt: r.Now(), Replaced: true},
	}
	r.Wait(3 * time.Minute)
	out := outstanding(t, r)
	if l := line(t, out, results.LineUnsent); l.Count != 3 || l.Judge != "乙" || l.Stops != "publish" {
		t.Errorf("%+v", l)
	}
	if l := line(t, out, results.LineSilent); l.Chair != resultstest.Floor || l.Silent != 3 {
		t.Errorf("%+v", l)
	}
	r.MarkAll()
	r.Devices[1].Unsent = 0
	if got := kinds(outstanding(t, r)); got != "lock" {
		t.Errorf("silence of a tablet whose chair owes nothing is no matter: %s", got)
	}
	// A tablet broke with two marks inside. Who locks without them does it with a second person; afterwards nobody
	// waits for what cannot come.
	r.Devices[2].Unsent = 2
	if l := line(t, outstanding(t, r), results.LineUnsent); l.Count != 2 || l.Judge != "丙" || l.Stops != "" {
		t.Errorf("%+v", l)
	}
	r.Do(scoring.Lock)
	if got := kinds(outstanding(t, r)); strings.Contains(got, "unsent") {
		t.Error(got)
	}
}

func TestTiesAtACutWaitForAPerson(t *testing.T) {
	for _, ranks := range []string{"decision", "shared"} {
		r := newRig(t, resultstest.Options{Ties: ranks})
		r.Open()
		r.MarkAll()
		r.Mark(resultstest.Floor, 2, "size", "49")
		r.Mark(resultstest.JudgeA, 2, "look", "48")
		r.Mark(resultstest.JudgeB, 2, "look", "46")
		if got := kinds(outstanding(t, r)); got != "lock" {
			t.Errorf("ties are settled after the lock: %s", got)
		}
		r.Do(scoring.Lock)
		l := line(t, outstanding(t, r), results.LineTie)
		if l.Prize != "一等奖" || l.PrizeEn != "Gold" || l.Places != 1 || l.Count != 2 || l.Opens != results.OpensDecide || l.Works[0].Work != "001" || l.Works[1].Label != "002" {
			t.Errorf("%s: %+v", ranks, l)
		}
		if waits := slices.Contains(codesOf(r.BeforePublish(t.Context(), resultstest.Event)), "results.tie"); !waits {
			t.Errorf("%s: a publication waits for what a person can decide", ranks)
		}
		r.Write(scoring.Command{Kind: scoring.Decide, Entry: 2, Value: "1"})
		r.Write(scoring.Command{Kind: scoring.Decide, Entry: 1, Value: "2"})
		if got := kinds(outstanding(t, r)); strings.Contains(got, "tie") {
			t.Errorf("decided: %s", got)
		}
	}
}

// A seat number and a work code of one work never stand in one list: what a floor
// judge owes is counted, and what the scoring judges owe is named by code.
func TestOneListHoldsOneLabelOfAWork(t *testing.T) {
	r := newRig(t, resultstest.Options{Work: "seat", Result: "coded"})
	r.Open()
	r.Mark(resultstest.Floor, 1, "size", "30")
	r.Mark(resultstest.JudgeA, 2, "look", "30")
	out := outstanding(t, r)
	raw, err := json.Marshal(out)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 10 {
		if strings.Contains(string(raw), fmt.Sprintf(`"S%02d"`, i+1)) || strings.Contains(string(raw), fmt.Sprintf(`"%03d"`, i+1)) {
			t.Fatalf("%s", raw)
		}
	}
	floor := line(t, out, results.LineMarks)
	if floor.Chair != 0 || floor.Panel != "floor" || floor.Count != 9 || len(floor.Works) != 1 || floor.Works[0].Count != 9 {
		t.Errorf("%+v", floor)
	}
	if l := out.Lines[1]; l.Chair != resultstest.JudgeA || l.Count != 9 || len(l.Works) != 9 || !strings.HasSuffix(l.Works[0].Work, "K") {
		t.Errorf("%+v", l)
	}
	r.MarkAll()
	r.Do(scoring.Lock)
	r.Do(scoring.Unseal)
	r.Do(scoring.Reopen)
	r.Write(scoring.Command{Kind: scoring.Withdraw, Chair: resultstest.Floor, Entry: 4, Aspect: "size", Supersedes: cell(t, r, resultstest.Floor, 4, "size")})
	if l := line(t, outstanding(t, r), results.LineMarks); l.Works[0].Work != "004" || l.Works[0].Label != "S04" {
		t.Errorf("after unsealing the act still wants the module's label: %+v", l.Works)
	}
}

func cell(t *testing.T, r *resultstest.Rig, chair scoring.ChairID, entry scoring.EntryID, aspect string) scoring.ID {
	t.Helper()
	m, ok := r.Board.Cell(entry, aspect, 1, 1, chair)
	if !ok {
		t.Fatal("no such mark")
	}
	return m.MarkID
}

func TestWhoMaySeeAndDoWhat(t *testing.T) {
	ctx := t.Context()
	r := locked(t, resultstest.Options{})
	clerk, spectator := resultstest.Person(11, contest.Clerk), resultstest.Person(12, contest.Spectator)
	doors := map[string]func(contest.Actor) error{
		"status":      func(a contest.Actor) error { _, err := r.Status(ctx, a, resultstest.Event); return err },
		"outstanding": func(a contest.Actor) error { _, err := r.Outstanding(ctx, a, resultstest.Event); return err },
		"recheck":     func(a contest.Actor) error { _, err := r.Recheck(ctx, a, resultstest.Event); return err },
		"awards":      func(a contest.Actor) error { _, err := r.Awards(ctx, a, resultstest.Event); return err },
		"draw": func(a contest.Actor) error {
			_, err := r.Draw(ctx, a, resultstest.Event, results.Rule{Top: "x"}, "")
			return err
		},
		"find": func(a contest.Actor) error {
			_, err := r.Find(ctx, a, resultstest.Event, "999", results.Sum{}, true, "")
			return err
		},
		"announce": func(a contest.Actor) error {
			_, err := r.Announce(ctx, a, resultstest.Event, r.Now(), "官网")
			return err
		},
	}
	for _, c := range []struct {
		who   string
		actor contest.Actor
		may   string // the doors that open; the others are Forbidden
	}{
		{"organiser", resultstest.Organiser, "status outstanding recheck awards draw find announce"},
		{"chief", resultstest.Chief, "status outstanding recheck awards draw find"},
		{"supervisor", resultstest.Supervisor, "status outstanding recheck awards find"},
		{"host", resultstest.Host, "status outstanding"},
		{"clerk", clerk, "status outstanding"},
	} {
		for name, door := range doors {
			code := fault.Code(door(c.actor))
			if may := slices.Contains(strings.Fields(c.may), name); may == (code == "results.role") || code == "results.missing" {
				t.Errorf("%s at %s: %q", c.who, name, code)
			}
		}
	}
	for _, door := range doors {
		for _, a := range []contest.Actor{{}, spectator, resultstest.Stranger} {
			wantCode(t, door(a), fault.Missing, "results.missing")
		}
	}
	_, err := r.Status(ctx, resultstest.Chief, contest.ID{5})
	wantCode(t, err, fault.Missing, "results.missing")
}
