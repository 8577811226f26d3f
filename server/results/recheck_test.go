package results_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	engine "jiangtai/scoring/recheck"

	"jiangtai/scoring"
	"jiangtai/scoring/exact"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/results"
	"jiangtai/server/results/resultstest"
)

func newRig(t *testing.T, o resultstest.Options) *resultstest.Rig {
	t.Helper()
	m := resultstest.NewMemory()
	return resultstest.New(t, m, m, o)
}

// locked is a rig whose marks are all in and locked.
func locked(t *testing.T, o resultstest.Options) *resultstest.Rig {
	t.Helper()
	r := newRig(t, o)
	r.Open()
	r.MarkAll()
	r.Do(scoring.Lock)
	return r
}

func draw(t *testing.T, r *resultstest.Rig) results.RecheckView {
	t.Helper()
	v, err := r.Draw(t.Context(), resultstest.Chief, resultstest.Event, results.Rule{}, "")
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// find notes a finding on a work, with the marks that the view shows.
func find(t *testing.T, r *resultstest.Rig, work string, right bool, reason string) results.RecheckView {
	t.Helper()
	v, err := r.Recheck(t.Context(), resultstest.Supervisor, resultstest.Event)
	if err != nil {
		t.Fatal(err)
	}
	v, err = r.Find(t.Context(), resultstest.Supervisor, resultstest.Event, work, look(t, v, work).Sheet, right, reason)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func look(t *testing.T, v results.RecheckView, work string) results.LookView {
	t.Helper()
	i := slices.IndexFunc(v.Drawn.Works, func(l results.LookView) bool { return l.Work == work })
	if i < 0 {
		t.Fatalf("%s is not to be checked: %+v", work, v.Drawn.Works)
	}
	return v.Drawn.Works[i]
}

func works(v results.RecheckView, why results.Why) (out []string) {
	for _, l := range v.Drawn.Works {
		if l.Why == why {
			out = append(out, l.Work)
		}
	}
	return out
}

func wantCode(t *testing.T, err error, kind fault.Kind, code string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != kind || f.Code != code {
		t.Errorf("got %v, want %s", err, code)
	}
}

func TestTheSampleCanBeDrawnAgainFromTheRecord(t *testing.T) {
	r := locked(t, resultstest.Options{Entries: 41})
	v := draw(t, r)
	if top, rest := works(v, results.WhyTop), works(v, results.WhyDrawn); len(top) != 13 || len(rest) != 5 {
		t.Fatalf("of 41 are 13 and 5 checked, not %d and %d", len(top), len(rest))
	}
	if v.Drawn.Checked != 18 || v.Drawn.Left != 18 || v.Drawn.Tolerated != 0 || v.Drawn.By != "官员1" || v.Drawn.Seq != r.Board.Seq() {
		t.Errorf("%+v", v.Drawn)
	}
	var field []engine.Ranked
	for _, e := range v.Drawn.Field {
		field = append(field, engine.Ranked{Entry: scoring.EntryID(e.Lot), Rank: e.Rank})
	}
	seed := slices.Repeat([]byte{1}, results.SeedSize)
	again := engine.Usual().Draw(field, seed)
	var drawn []string
	for _, lot := range slices.Concat(again.Top, again.Rest) {
		drawn = append(drawn, v.Drawn.Field[lot-1].Work)
	}
	if got := slices.Concat(works(v, results.WhyTop), works(v, results.WhyDrawn)); !slices.Equal(got, drawn) {
		t.Errorf("drawn %v, again %v", got, drawn)
	}
	if v.Drawn.Seed != strings.Repeat("01", results.SeedSize) {
		t.Errorf("seed %s", v.Drawn.Seed)
	}
}

func TestADrawIsRefused(t *testing.T) {
	ctx := t.Context()
	open := newRig(t, resultstest.Options{})
	open.Open()
	_, err := open.Draw(ctx, resultstest.Chief, resultstest.Event, results.Rule{}, "")
	wantCode(t, err, fault.Refused, "results.not_locked")

	open.Do(scoring.Lock)
	_, err = open.Draw(ctx, resultstest.Chief, resultstest.Event, results.Rule{}, "")
	wantCode(t, err, fault.Refused, "results.nobody_ranked")

	r := locked(t, resultstest.Options{})
	for _, bad := range []struct {
		rule results.Rule
		path string
		code string
	}{
		{results.Rule{Top: "30%"}, "/rule/top", "results.share"},
		{results.Rule{Top: "1.5"}, "/rule/top", "results.share"},
		{results.Rule{Rest: "-0.1"}, "/rule/rest", "results.share"},
		{results.Rule{Top: "0.3", First: 10}, "/rule/first", "results.rule_one_top"},
		{results.Rule{Top: "0"}, "/rule/first", "results.rule_one_top"},
		{results.Rule{First: -1}, "/rule/first", "results.share"},
		{results.Rule{Top: "0.29"}, "/rule/top", "results.rule_weak"},
		{results.Rule{First: 9}, "/rule/first", "results.rule_weak"},
		{results.Rule{Rest: "0.1"}, "/rule/rest", "results.rule_weak"},
		{results.Rule{Errors: "0.06"}, "/rule/errors", "results.rule_weak"},
	} {
		_, err := r.Draw(ctx, resultstest.Chief, resultstest.Event, bad.rule, "")
		wantCode(t, err, fault.Refused, "results.rule")
		if f := fault.Of(err).Fields; len(f) != 1 || f[0].Path != bad.path || f[0].Code != bad.code {
			t.Errorf("%+v: %+v", bad.rule, f)
		}
	}
	light := locked(t, resultstest.Options{Chain: contest.LightChain})
	if _, err := light.Draw(ctx, resultstest.Chief, resultstest.Event, results.Rule{First: 1, Rest: "0"}, ""); err != nil {
		t.Errorf("a light chain may check less: %v", err)
	}
}

func TestNoDrawIsRepeatedUntilItSuits(t *testing.T) {
	ctx := t.Context()
	r := locked(t, resultstest.Options{})
	draw(t, r)
	again := func(reason string) error {
		_, err := r.Draw(ctx, resultstest.Chief, resultstest.Event, results.Rule{}, reason)
		return err
	}
	wantCode(t, again(""), fault.Refused, "results.recheck_drawn")
	wantCode(t, again("不满意"), fault.Refused, "results.recheck_same")
	r.Do(scoring.Reopen)
	r.Do(scoring.Lock)
	if err := again("重新锁定后重抽"); err != nil {
		t.Fatal(err)
	}
	v, err := r.Recheck(ctx, resultstest.Chief, resultstest.Event)
	if err != nil || v.Drawn.Number != 2 || v.Drawn.Reason != "重新锁定后重抽" || v.Drawn.Seed == strings.Repeat("01", 32) {
		t.Errorf("%+v %v", v.Drawn, err)
	}
	find(t, r, "001", false, "外观抄错")
	r.Do(scoring.Reopen)
	r.Do(scoring.Lock)
	wantCode(t, again("再抽"), fault.Refused, "results.recheck_full")
}

// The day after the rule's vectors: 2 of 41 wrong sheets are tolerated, 3 are not.
func TestTooManyWrongSheetsMakeEverythingBeChecked(t *testing.T) {
	r := locked(t, resultstest.Options{Entries: 40, Chain: contest.LightChain})
	v, err := r.Draw(t.Context(), resultstest.Chief, resultstest.Event, results.Rule{Rest: "0.5"}, "")
	if err != nil {
		t.Fatal(err)
	}
	if v.Drawn.Checked != 26 || v.Drawn.Tolerated != 1 { // 12 and 14; 5 % of 26 is 1.3
		t.Fatalf("%+v", v.Drawn)
	}
	top := works(v, results.WhyTop)
	if v = find(t, r, top[0], false, "合计抄错"); v.Drawn.Full || v.Drawn.Wrong != 1 || v.Drawn.Left != 26 {
		t.Errorf("one wrong sheet is tolerated: %+v", v.Drawn)
	}
	if v = find(t, r, top[1], false, "漏一项"); !v.Drawn.Full || v.Drawn.Left != 40 || len(works(v, results.WhyAll)) != 14 {
		t.Errorf("two are not: %+v", v.Drawn)
	}
	for _, w := range v.Drawn.Works {
		if w.State == "open" {
			v = find(t, r, w.Work, true, "")
		}
	}
	if v.Drawn.Checked != 40 || v.Drawn.Tolerated != 2 || !v.Drawn.Full || v.Drawn.Left != 2 {
		t.Errorf("what was decided stays, also when two of 40 would be tolerated: %+v", v.Drawn)
	}
}

func TestAFindingHoldsForTheMarksThatItSaw(t *testing.T) {
	ctx := t.Context()
	r := locked(t, resultstest.Options{Entries: 41})
	v := draw(t, r)
	first := look(t, v, "001")
	find(t, r, "001", true, "")
	find(t, r, "002", false, "尺寸应为 40")

	r.Do(scoring.Reopen)
	r.Mark(resultstest.Floor, 2, "size", "40")
	r.Mark(resultstest.Floor, 1, "size", "47")
	r.Mark(resultstest.Floor, 41, "size", "50")
	if _, err := r.Find(ctx, resultstest.Chief, resultstest.Event, "002", first.Sheet, true, ""); fault.Code(err) != "results.not_locked" {
		t.Errorf("while it is marked nothing is found: %v", err)
	}
	r.Do(scoring.Lock)

	v, err := r.Recheck(ctx, resultstest.Chief, resultstest.Event)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := look(t, v, "001"), look(t, v, "002"); a.State != "stale" || b.State != "stale" || b.Finding.Reason != "尺寸应为 40" {
		t.Errorf("%+v %+v", a, b)
	}
	if l := look(t, v, "041"); l.Why != results.WhyChanged && l.Why != results.WhyDrawn {
		t.Errorf("a sheet that changed is checked: %+v", l)
	}
	_, err = r.Find(ctx, resultstest.Chief, resultstest.Event, "001", first.Sheet, true, "")
	wantCode(t, err, fault.Stale, "results.sheet_changed")
	if v = find(t, r, "002", true, ""); look(t, v, "002").State != "right" || v.Drawn.Wrong != 1 {
		t.Errorf("corrected is right, and was wrong once: %+v", v.Drawn)
	}
}

// Before a correction is confirmed it is told which looks it undoes: those of the sheet
// that it changes, and of whom it moves up.
func TestWhatAnotherBoardReopens(t *testing.T) {
	options := resultstest.Options{Entries: 10, Chain: contest.LightChain}
	r, other := locked(t, options), locked(t, options)
	other.Do(scoring.Reopen)
	other.Mark(resultstest.Floor, 1, "size", "1")
	other.Do(scoring.Lock)
	reopened := func() (out []string) {
		t.Helper()
		list, err := r.Reopened(t.Context(), resultstest.Event, other.Board)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range list {
			out = append(out, fmt.Sprint(l.Entry, " ", l.Why, " ", l.Stale))
		}
		return out
	}
	if got := reopened(); got != nil {
		t.Errorf("nothing is drawn: %v", got)
	}
	if _, err := r.Draw(t.Context(), resultstest.Chief, resultstest.Event, results.Rule{First: 2, Rest: "0"}, ""); err != nil {
		t.Fatal(err)
	}
	if got := reopened(); !slices.Equal(got, []string{"3 risen false"}) {
		t.Errorf("001 is open in any case: %v", got)
	}
	find(t, r, "001", true, "")
	find(t, r, "002", true, "")
	if got := reopened(); !slices.Equal(got, []string{"1 top true", "3 risen false"}) {
		t.Errorf("%v", got)
	}
	r.Do(scoring.Reopen)
	if got := reopened(); got != nil {
		t.Errorf("while it is marked nothing is rechecked: %v", got)
	}
}

func TestWhoMovesUpIsChecked(t *testing.T) {
	r := locked(t, resultstest.Options{Entries: 10, Chain: contest.LightChain})
	v, err := r.Draw(t.Context(), resultstest.Chief, resultstest.Event, results.Rule{First: 2, Rest: "0"}, "")
	if err != nil {
		t.Fatal(err)
	}
	if got := works(v, results.WhyTop); !slices.Equal(got, []string{"001", "002"}) {
		t.Fatalf("%v", got)
	}
	r.Do(scoring.Reopen)
	r.Mark(resultstest.Floor, 1, "size", "1")
	r.Do(scoring.Lock)
	if v, err = r.Recheck(t.Context(), resultstest.Chief, resultstest.Event); err != nil {
		t.Fatal(err)
	}
	if got := works(v, results.WhyRisen); !slices.Equal(got, []string{"003"}) {
		t.Errorf("003 is second now: %v", got)
	}
}

func TestAWrongSheetStaysOpenUntilItsMarksChange(t *testing.T) {
	ctx := t.Context()
	r := locked(t, resultstest.Options{})
	v := draw(t, r)
	sheet := look(t, v, "001").Sheet
	_, err := r.Find(ctx, resultstest.Supervisor, resultstest.Event, "001", sheet, false, " ")
	wantCode(t, err, fault.Refused, "results.reason")
	find(t, r, "001", false, "抄错")
	_, err = r.Find(ctx, resultstest.Supervisor, resultstest.Event, "001", sheet, true, "")
	wantCode(t, err, fault.Refused, "results.reason")
	if v = find(t, r, "001", true, "再核对后无误"); look(t, v, "001").State != "right" || v.Drawn.Wrong != 1 {
		t.Errorf("%+v", v.Drawn)
	}
	acts := len(r.Acts)
	find(t, r, "001", true, "再核对后无误")
	if len(r.Acts) != acts {
		t.Error("the same said again is noted once")
	}
	_, err = r.Find(ctx, resultstest.Supervisor, resultstest.Event, "001", sheet, false, strings.Repeat("长", results.MaxText+1))
	wantCode(t, err, fault.Refused, "results.text")
	_, err = r.Find(ctx, resultstest.Supervisor, resultstest.Event, "999", sheet, true, "")
	wantCode(t, err, fault.Missing, "results.no_such_work")
}

func TestAFindingNeedsADraw(t *testing.T) {
	r := locked(t, resultstest.Options{})
	v := draw(t, locked(t, resultstest.Options{}))
	_, err := r.Find(t.Context(), resultstest.Chief, resultstest.Event, "001", look(t, v, "001").Sheet, true, "")
	wantCode(t, err, fault.Refused, "results.recheck_none")
}

// Two events that differ only in who holds which code give the same bytes: the
// draw goes by labels and not by entries.
func TestWhoHoldsWhichCodeChangesNoRecheck(t *testing.T) {
	var want string
	for turn := range 7 {
		r := newRig(t, resultstest.Options{Entries: 20, Work: "coded", Result: "coded"})
		holder := map[string]scoring.EntryID{}
		for i := range r.Entries {
			r.Entries[i].WorkCode = resultstest.Code((i+3*turn)%20 + 1)
			holder[r.Entries[i].WorkCode] = r.Entries[i].Ordinal
		}
		r.Open()
		for i := 1; i <= 20; i++ {
			v := exact.Int(50 - i/2).String() // ties in pairs
			r.Mark(resultstest.Floor, holder[resultstest.Code(i)], "size", v)
			r.Mark(resultstest.JudgeA, holder[resultstest.Code(i)], "look", v)
			r.Mark(resultstest.JudgeB, holder[resultstest.Code(i)], "look", v)
		}
		r.Do(scoring.Lock)
		raw, err := json.Marshal(draw(t, r))
		if err != nil {
			t.Fatal(err)
		}
		out, err := r.Outstanding(t.Context(), resultstest.Chief, resultstest.Event)
		if err != nil {
			t.Fatal(err)
		}
		awards, err := r.Awards(t.Context(), resultstest.Chief, resultstest.Event)
		if err != nil {
			t.Fatal(err)
		}
		rest, err := json.Marshal([]any{out, awards})
		if err != nil {
			t.Fatal(err)
		}
		if got := string(raw) + string(rest); want == "" {
			want = got
		} else if got != want {
			t.Fatalf("turn %d differs:\n%s\n%s", turn, got, want)
		}
		if strings.Contains(want, "选手") || strings.Contains(want, `"001"`) {
			t.Fatal("a sealed event names its entries")
		}
	}
}
