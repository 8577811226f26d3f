package evening_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/evening"
	"jiangtai/server/fault"
)

// words are the reasons of a work in one line.
func words(list []evening.Reason) string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = fmt.Sprint(w.Kind)
		if w.Chair != 0 {
			out[i] += fmt.Sprintf(":%d", w.Chair)
		}
		if w.Value != "" {
			out[i] += "=" + w.Value
		}
		if w.Count > 1 {
			out[i] += fmt.Sprintf("×%d", w.Count)
		}
	}
	return strings.Join(out, " ")
}

func (r *rig) why() map[string]string {
	r.t.Helper()
	all, err := r.Overview(r.t.Context(), chief, event)
	if err != nil {
		r.t.Fatal(err)
	}
	out := map[string]string{}
	for _, w := range all.Works {
		out[w.Work] = words(w.Why)
	}
	return out
}

// An evening: each row says why it does not move, and stops saying so when what was
// missing is in.
func TestWhyARowDoesNotMove(t *testing.T) {
	r := newRig(t, "open", "open")
	want := func(rows ...string) {
		t.Helper()
		got := r.why()
		for i, w := range rows {
			if at := fmt.Sprint("E", i+1); got[at] != w {
				t.Errorf("%s: %q, want %q", at, got[at], w)
			}
		}
	}
	want("marks marks:2 marks:3", "marks marks:2 marks:3", "marks marks:2 marks:3")
	r.mark(1, 1, "size", "40", 1)
	r.mark(1, 1, "crack", "0", 1)
	r.mark(2, 1, "look", "10", 1)
	want("marks:3")
	r.mark(3, 1, "look", "45", 1)
	want("spread=10–45×2 marks:2 marks:3")
	r.mark(2, 1, "look", "40", 2)
	r.mark(3, 1, "look", "42", 2)
	want("complete")
	r.mark(1, 2, "crack", "1", 1)
	if got := r.why()["E2"]; !strings.HasPrefix(got, "gate=entry") {
		t.Error(got)
	}
	r.write(scoring.Command{Kind: scoring.SetState, Entry: 3, Value: string(scoring.DidNotStart)})
	want("complete", r.why()["E2"], "status="+string(scoring.DidNotStart))
	r.write(scoring.Command{Kind: scoring.Lock})
	r.mark(1, 1, "size", "41", 1) // late: kept, not counted
	want("late")
	all, err := r.Overview(t.Context(), chief, event)
	if err != nil || all.Late != 1 || all.Phase != scoring.Provisional || len(all.Spreads) != 0 || len(all.Chairs) != 3 {
		t.Errorf("%+v, %v", all, err)
	}
}

// A panel's values are told when all are in, and not before.
func TestPanelsShowValuesWhenTheyAreComplete(t *testing.T) {
	r := newRig(t, "open", "open")
	r.mark(2, 1, "look", "31", 1)
	look := func() evening.Aspect {
		t.Helper()
		p, err := r.Panels(t.Context(), chief, event, "E1")
		if err != nil || len(p.Aspects) != 3 {
			t.Fatalf("%+v, %v", p, err)
		}
		return p.Aspects[2]
	}
	if a := look(); a.Complete || a.Value != "" || !a.Chairs[0].In || a.Chairs[0].Value != "" || a.Chairs[1].In || a.Chairs[0].Judge != "裁判2" {
		t.Errorf("%+v", a)
	}
	r.mark(3, 1, "look", "33", 1)
	if a := look(); !a.Complete || a.Value != "32.00" && a.Value != "32" || a.Chairs[0].Value != "31" || a.Chairs[1].Value != "33" {
		t.Errorf("%+v", a)
	}
	if _, err := r.Panels(t.Context(), chief, event, "E9"); fault.Code(err) != "evening.missing" {
		t.Error(err)
	}
}

// While works are coded, what the floor owes under seats is counted and not named: not
// in a row, not in its reasons, not among a work's panels.
func TestOtherLabelsStayHidden(t *testing.T) {
	r := newRig(t, "seat", "coded")
	all, err := r.Overview(t.Context(), chief, event)
	if err != nil || all.Hidden != 3 || !all.Sealed {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, w := range all.Works {
		if !strings.HasPrefix(w.Work, "C") || words(w.Why) != "marks:2 marks:3 hidden" || w.Need != 2 {
			t.Errorf("%s: %s, need %d", w.Work, words(w.Why), w.Need)
		}
	}
	r.mark(1, 1, "crack", "1", 1)
	for at, why := range r.why() {
		if strings.Contains(why, "gate") {
			t.Errorf("%s: %s: the code's row tells what happened at the seat", at, why)
		}
	}
	p, err := r.Panels(t.Context(), chief, event, "C1")
	if err != nil || len(p.Aspects) != 1 || p.Aspects[0].Aspect != "look" {
		t.Errorf("%+v, %v", p, err)
	}
}

func TestWhoMayLook(t *testing.T) {
	r := newRig(t, "open", "open")
	for code, who := range map[string]contest.Actor{"evening.role": clerk, "evening.missing": stranger} {
		if _, err := r.Overview(t.Context(), who, event); fault.Code(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
		if _, err := r.Panels(t.Context(), who, event, "E1"); fault.Code(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
	if _, err := r.Overview(t.Context(), contest.Actor{}, event); fault.Code(err) != "evening.missing" {
		t.Error(err)
	}
	if _, err := r.Overview(t.Context(), chief, contest.ID{1}); fault.Code(err) != "evening.missing" {
		t.Error(err)
	}
}
