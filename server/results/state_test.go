package results_test

import (
	"slices"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/results"
	"jiangtai/server/results/resultstest"
)

func announce(t *testing.T, r *resultstest.Rig, days int) results.Status {
	t.Helper()
	s, err := r.Announce(t.Context(), resultstest.Organiser, resultstest.Event, day(r).AddDate(0, 0, days), "市总工会官网")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func day(r *resultstest.Rig) time.Time {
	at := r.Now().Add(8 * time.Hour)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
}

// checkAll finds everything right that is to be checked.
func checkAll(t *testing.T, r *resultstest.Rig) {
	t.Helper()
	v, err := r.Recheck(t.Context(), resultstest.Chief, resultstest.Event)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range v.Drawn.Works {
		find(t, r, w.Work, true, "")
	}
}

func fieldCodes(err error) (out []string) {
	for _, f := range fault.Of(err).Fields {
		out = append(out, f.Code)
	}
	return out
}

func TestTheWordOfTheStateAndTheGatesTellOneStory(t *testing.T) {
	ctx := t.Context()
	r := newRig(t, resultstest.Options{Work: "seat", Result: "coded"})
	want := func(when string, state results.State, unseal, publish []string) {
		t.Helper()
		if got, err := r.Word(ctx, resultstest.Event); err != nil || got != state {
			t.Errorf("%s: %s (%v), want %s", when, got, err, state)
		}
		if err := r.BeforeUnseal(ctx, resultstest.Event); !slices.Equal(codesOf(err), unseal) {
			t.Errorf("%s, unseal: %v, want %v", when, err, unseal)
		}
		if err := r.BeforePublish(ctx, resultstest.Event); !slices.Equal(codesOf(err), publish) {
			t.Errorf("%s, publish: %v, want %v", when, err, publish)
		}
	}
	early := []string{"results.not_locked"}
	want("before", results.Waiting, early, append(early, "results.list_unsigned"))
	r.Open()
	want("running", results.Running, early, append(early, "results.sealed", "results.list_unsigned"))
	r.MarkAll()
	r.Do(scoring.Lock)
	r.Sign()
	r.Sheets[0].State = results.PaperVoid
	unsigned := []string{"results.unsigned", "results.recheck_none"}
	want("locked and not signed", results.Running, unsigned, append(unsigned, "results.sealed", "results.list_unsigned"))
	r.Sign()
	want("signed", results.Provisional, unsigned[1:], []string{"results.recheck_none", "results.sealed", "results.list_unsigned"})
	draw(t, r)
	left := []string{"results.recheck_left"}
	want("drawn", results.Provisional, left, append(left, "results.sealed", "results.list_unsigned"))
	checkAll(t, r)
	want("rechecked", results.Rechecked, nil, []string{"results.sealed", "results.list_unsigned"})
	r.Do(scoring.Unseal)
	r.Devices = []results.Tablet{{Chair: 1, Unsent: 2}, {Chair: 2, Unsent: 7, Replaced: true}}
	r.Sheets[4].State = results.PaperPrinted
	want("unsealed", results.Rechecked, nil, []string{"results.list_unsigned", "results.unsent"})
	r.Sheets[4].State, r.Devices = results.PaperSigned, r.Devices[1:]
	want("the list is signed", results.Rechecked, nil, nil)
	r.Do(scoring.Publish)
	want("published", results.Published, nil, nil)
	if s := announce(t, r, 5); s.State != results.OnNotice || s.Notice.EndsOn != "2026-11-27" || s.Notice.Void || s.Recheck != "done" || s.Signed != 4 {
		t.Errorf("%+v %+v", s, s.Notice)
	}
	r.Wait(5 * 24 * time.Hour)
	want("on its last day", results.OnNotice, nil, nil)
	r.Wait(6 * time.Hour) // midnight in China
	want("over", results.Final, nil, nil)
}

func codesOf(err error) []string {
	if err == nil {
		return nil
	}
	return fieldCodes(err)
}

func TestALightChainIsHeldUpByNothing(t *testing.T) {
	ctx := t.Context()
	r := locked(t, resultstest.Options{Work: "coded", Chain: contest.LightChain})
	r.Sheets = []results.Paper{{Kind: results.MarkSheet, Chair: 1, State: results.PaperPrinted}}
	if err := r.BeforeUnseal(ctx, resultstest.Event); err != nil {
		t.Error(err)
	}
	if err := r.BeforePublish(ctx, resultstest.Event); err != nil {
		t.Error(err)
	}
	if got, _ := r.Word(ctx, resultstest.Event); got != results.Provisional {
		t.Errorf("%s", got)
	}
	draw(t, r)
	checkAll(t, r)
	if got, _ := r.Word(ctx, resultstest.Event); got != results.Rechecked {
		t.Errorf("a recheck counts wherever it was made: %s", got)
	}
}

func TestMarksThatChangeTakeTheWordBack(t *testing.T) {
	r := locked(t, resultstest.Options{})
	r.Sign()
	draw(t, r)
	checkAll(t, r)
	r.Do(scoring.Reopen)
	if s, _ := r.Status(t.Context(), resultstest.Chief, resultstest.Event); s.State != results.Running || s.Recheck != "under" {
		t.Errorf("%+v", s)
	}
	r.Mark(resultstest.Floor, 3, "size", "12")
	r.Do(scoring.Lock)
	if got, _ := r.Word(t.Context(), resultstest.Event); got != results.Provisional {
		t.Errorf("%s", got)
	}
	if codes := codesOf(r.BeforeUnseal(t.Context(), resultstest.Event)); !slices.Equal(codes, []string{"results.recheck_left"}) {
		t.Errorf("%v", codes)
	}
}

func TestANoticeCoversOneList(t *testing.T) {
	ctx := t.Context()
	r := locked(t, resultstest.Options{})
	give := func(ends time.Time, place string) error {
		_, err := r.Announce(ctx, resultstest.Organiser, resultstest.Event, ends, place)
		return err
	}
	wantCode(t, give(day(r), "官网"), fault.Refused, "results.not_published")
	r.Do(scoring.Publish)
	wantCode(t, give(day(r), " "), fault.Refused, "results.place")
	wantCode(t, give(day(r).AddDate(0, 0, -1), "官网"), fault.Refused, "results.day")
	wantCode(t, give(day(r).AddDate(0, 0, results.MaxNotice+1), "官网"), fault.Refused, "results.day")
	announce(t, r, 3)
	wantCode(t, give(day(r), "官网"), fault.Refused, "results.notice_given")

	r.Do(scoring.Reopen)
	r.Mark(resultstest.Floor, 10, "size", "1")
	r.Do(scoring.Lock)
	r.Do(scoring.Publish)
	if s, _ := r.Status(ctx, resultstest.Organiser, resultstest.Event); s.State != results.Published || !s.Notice.Void {
		t.Errorf("another list wants another notice: %+v", s)
	}
	line(t, outstanding(t, r), results.LineNoticeOld)
	if s := announce(t, r, 7); s.State != results.OnNotice {
		t.Errorf("%+v", s)
	}
}

func TestAwardsByTheScheme(t *testing.T) {
	ctx := t.Context()
	r := newRig(t, resultstest.Options{Ties: "decision", Result: "coded"})
	if a, err := r.Awards(ctx, resultstest.Chief, resultstest.Event); err != nil || a.Given {
		t.Errorf("%+v %v", a, err)
	}
	r.Open()
	r.MarkAll()
	r.Mark(resultstest.Floor, 2, "size", "49")
	r.Mark(resultstest.JudgeA, 2, "look", "48")
	r.Mark(resultstest.JudgeB, 2, "look", "46")
	r.Do(scoring.Lock)
	a, err := r.Awards(ctx, resultstest.Chief, resultstest.Event)
	if err != nil {
		t.Fatal(err)
	}
	gold, silver := a.Prizes[0], a.Prizes[1]
	if !a.Sealed || !a.Given || a.Base != 10 || gold.Open == nil || gold.Open.Places != 1 || len(gold.Open.Tied) != 2 || len(gold.Winners) != 0 {
		t.Fatalf("%+v", a)
	}
	if gold.Open.Tied[0].Name != "" || silver.Count != 2 || len(silver.Winners) != 1 || silver.NameEn != "" || gold.NameEn != "Gold" {
		t.Errorf("%+v", a.Prizes)
	}
	r.Write(scoring.Command{Kind: scoring.Decide, Entry: 2, Value: "1"})
	r.Write(scoring.Command{Kind: scoring.Decide, Entry: 1, Value: "2"})
	r.Do(scoring.Unseal)
	r.Do(scoring.Publish)
	if a, err = r.Awards(ctx, resultstest.Supervisor, resultstest.Event); err != nil {
		t.Fatal(err)
	}
	want := results.Winner{Work: "002", Name: "选手002", Unit: "单位", Rank: 1, Total: "96.00"}
	if w := a.Prizes[0].Winners; len(w) != 1 || w[0] != want || a.Prizes[0].Open != nil || !a.Official || a.Sealed {
		t.Errorf("%+v", a.Prizes)
	}
}
