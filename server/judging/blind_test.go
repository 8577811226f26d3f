package judging_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
	"jiangtai/server/ledger"
)

// A chair of a coded module knows works by their codes and by nothing else.
func TestABundleHasOneLabelPerWork(t *testing.T) {
	w := New(t)
	w.Events.Put(Setup(1, 12, contest.Real, "seat", "coded"))
	w.Open(t, 1)
	for _, c := range []struct {
		chair     scoring.ChairID
		label     func(i int) string
		forbidden []string
	}{
		{First, func(i int) string { return "S" + EntryNo(i) }, []string{"K\""}},
		{Blind, WorkCode, []string{"\"S0", "entry"}},
	} {
		b, err := w.Desk.Bundle(t.Context(), Tablet(1, c.chair))
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for i := 1; i <= 12; i++ {
			want = append(want, c.label(i))
		}
		slices.Sort(want)
		for _, work := range b.Works {
			got = append(got, work.Work)
		}
		if !slices.Equal(got, want) {
			t.Errorf("chair %d: works %v, want %v", c.chair, got, want)
		}
		text, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range c.forbidden {
			if bytes.Contains(text, []byte(word)) {
				t.Errorf("chair %d: the bundle holds %q:\n%s", c.chair, word, text)
			}
		}
	}
	// The same work by a label of the other module does not exist.
	blind := Tablet(1, Blind)
	if got := code(w.Give(t, blind, w.Mark(blind, "S001", "finish", "5"))); got != "judging.missing" {
		t.Errorf("a seat number in a coded module: %q", got)
	}
	w.Must(t, blind, w.Mark(blind, WorkCode(1), "finish", "5"))
}

// While anything is sealed, staff read records by the strongest label only: seat
// and work code never stand in one answer. A mark of a module that is marked by
// seat has no label there: who saw it given at the seat would learn the code.
func TestStaffReadByCodeWhileSealed(t *testing.T) {
	w := New(t)
	w.Events.Put(Setup(1, 3, contest.Rehearsal, "seat", "coded"))
	w.Open(t, 1)
	floor := Tablet(1, Floor)
	w.Must(t, floor, w.Mark(floor, "S001", "score", "50"))
	list, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.Work != "" {
			t.Errorf("record %d, a %s, stands under %q", r.Seq, r.Kind, r.Work)
		}
	}
	blind := Tablet(1, Blind)
	w.Must(t, blind, w.Mark(blind, WorkCode(1), "finish", "5"))
	if list, err = w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), uint64(len(list))); err != nil || list[0].Work != WorkCode(1) {
		t.Errorf("a mark given by code: %+v, %v", list, err)
	}
	if _, err := w.Desk.Working(t.Context(), w.Organiser(), ID('e', 1), "001"); fault.Code(err) != "judging.missing" {
		t.Errorf("the working by entry number while sealed: %v", err)
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	w.Act(t, 1, judging.Act{Kind: judging.ActUnseal})
	if v, err := w.Desk.Working(t.Context(), w.Organiser(), ID('e', 1), "001"); err != nil || v.Work != "001" {
		t.Errorf("the working after the unsealing: %v", err)
	}
}

func TestOwnMarksSurviveALostTablet(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	for i := 1; i <= 3; i++ {
		w.Must(t, judge, w.Mark(judge, EntryNo(i), "piece", "80"))
		w.Must(t, judge, w.Mark(judge, EntryNo(i), "level", "2"))
	}
	done := w.Mark(judge, "002", "work", "")
	done.Kind = scoring.Finish
	w.Must(t, judge, done)
	half := w.Mark(Tablet(1, First+1), "002", "work", "")
	half.Kind = scoring.Finish
	if got := code(w.Give(t, Tablet(1, First+1), half)); got != "judging.sheet_incomplete" {
		t.Errorf("finished with nothing marked: %q", got)
	}
	fresh := judge
	fresh.Device = ID('d', 4711) // the same chair, paired anew
	b, err := w.Desk.Bundle(t.Context(), fresh)
	if err != nil || len(b.Marks) != 6 || !slices.Equal(b.Finished, []judging.Finished{{Work: "002", Criterion: "work"}}) {
		t.Fatalf("%d marks, finished %v, %v", len(b.Marks), b.Finished, err)
	}
	if b.Device.Highest != 0 {
		t.Errorf("a fresh device begins at %d", b.Device.Highest)
	}
}

func TestTheExportVerifiesOffline(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	for i := 1; i <= 3; i++ {
		m := w.Mark(judge, EntryNo(i), "piece", "80")
		m.Text = "边缘有毛刺"
		w.Must(t, judge, m)
	}
	e, err := w.Desk.Export(t.Context(), w.Organiser(), ID('e', 1))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := e.Write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	trust := ledger.Trust{Keys: w.Key.Verifiers(), Body: func(seq uint64, body []byte) error {
		_, err := scoring.ParseRecord(body)
		return err
	}}
	got, err := ledger.Verify(bytes.NewReader(b.Bytes()), trust)
	if err != nil || got.Last.Size != uint64(len(w.Memory.Lines(ID('l', 1)))) || got.Texts != 3 || got.Heads != 4 {
		t.Fatalf("verified %+v, %v", got, err)
	}
	bad := strings.Replace(b.String(), "毛刺", "毛边", 1)
	if _, err := ledger.Verify(strings.NewReader(bad), trust); err == nil {
		t.Error("another remark verifies")
	}
	if _, err := w.Desk.Export(t.Context(), Staff(9, contest.Clerk), ID('e', 1)); fault.Code(err) != "judging.role" {
		t.Errorf("a clerk exports: %v", err)
	}
}
