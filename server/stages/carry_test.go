package stages_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/stages"
	"jiangtai/server/stages/stagestest"
)

const fresh = 6 * time.Second

// carrying is a rig whose final carries the preliminary's total, with those who
// went on, one who was not in the preliminary, and one who did not come there.
func carrying(t *testing.T, from, step string) *stagestest.Rig {
	t.Helper()
	r := tied(t, `{"first":2}`, "90", "85.5", "")
	r.SetScheme(stagestest.Final, stagestest.Scheme("", fmt.Sprintf(stagestest.Carries, "200", step, from)))
	take(t, r, "")
	r.Admit(stagestest.Final, "外来", 0)
	r.Admit(stagestest.Final, "选手03", 0)
	return r
}

func carried(t *testing.T, r *stagestest.Rig) stages.Carry {
	t.Helper()
	c, err := r.Carried(t.Context(), stagestest.Host, stagestest.Final)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// cells are the rows as "001 new 100.00>".
func cells(c stages.Carry) string {
	var out []string
	for _, row := range c.Rows {
		for _, cell := range row.Cells {
			out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", row.EntryNo, cell.State, cell.Value, cell.Given)))
		}
	}
	return strings.Join(out, "; ")
}

func carry(t *testing.T, r *stagestest.Rig, reason string) stages.CarriedOver {
	t.Helper()
	out, err := r.CarryOver(t.Context(), stagestest.Host, stagestest.Final, stages.Carrying{Publication: carried(t, r).Publication, Reason: reason})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The published text becomes a mark of the office, once; who has no number there
// is named.
func TestPublishedNumbersBecomeMarks(t *testing.T) {
	r := carrying(t, "total", "0.01")
	c := carried(t, r)
	if got := cells(c); got != "001 new 100.00; 002 new 95.50; 003 nobody; 004 no_value" || c.MayCarry {
		t.Errorf("before the opening: %s %v", got, c.MayCarry)
	}
	_, err := r.CarryOver(t.Context(), stagestest.Host, stagestest.Final, stages.Carrying{Publication: c.Publication})
	wantCode(t, err, fault.Closed, "stages.not_open")
	r.Open(stagestest.Final)
	for _, preview := range []bool{true, false, false} {
		out, err := r.CarryOver(t.Context(), stagestest.Host, stagestest.Final, stages.Carrying{Publication: c.Publication, IsPreview: preview})
		if err != nil || len(out.Faults) > 0 || out.Without != 2 || out.Given+out.Same != 2 {
			t.Fatalf("%+v %v", out, err)
		}
		if preview && r.Given(stagestest.Final, 1) != "" {
			t.Error("a preview gave a mark")
		}
		if out.IsRepeat != (out.Same == 2) {
			t.Errorf("%+v", out)
		}
	}
	if got := r.Given(stagestest.Final, 1) + " " + r.Given(stagestest.Final, 2); got != "100 95.5" {
		t.Errorf("the numbers that are published: %s", got)
	}
	if got := cells(carried(t, r)); !strings.HasPrefix(got, "001 same 100.00 100; 002 same") {
		t.Error(got)
	}
}

// A component's value is carried as rows show it.
func TestAComponentIsCarried(t *testing.T) {
	r := carrying(t, "work", "0.01")
	r.Open(stagestest.Final)
	carry(t, r, "")
	if got := r.Given(stagestest.Final, 2); got != "85.5" {
		t.Error(got)
	}
}

// Another publication makes corrections, with a reason, until the lock; afterwards
// it is refused, and the list of what is missing is told of it.
func TestACorrectionIsCarriedUntilTheLock(t *testing.T) {
	r := carrying(t, "total", "0.01")
	r.Open(stagestest.Final)
	carry(t, r, "")
	correct := func(value string) {
		t.Helper()
		r.Reopen(stagestest.Prelim)
		r.Mark(stagestest.Prelim, 2, value)
		r.Settle(stagestest.Prelim)
	}
	before := carried(t, r).Publication
	correct("86")
	if got := cells(carried(t, r)); !strings.Contains(got, "002 differs 96.00 95.5") {
		t.Error(got)
	}
	_, err := r.CarryOver(t.Context(), stagestest.Host, stagestest.Final, stages.Carrying{Publication: before})
	wantCode(t, err, fault.Stale, "stages.changed")
	_, err = r.CarryOver(t.Context(), stagestest.Host, stagestest.Final, stages.Carrying{Publication: carried(t, r).Publication})
	wantCode(t, err, fault.Refused, "stages.reason")
	preview, err := r.CarryOver(t.Context(), stagestest.Host, stagestest.Final, stages.Carrying{Publication: carried(t, r).Publication, IsPreview: true})
	if err != nil || preview.Corrected != 1 || preview.Same != 1 {
		t.Errorf("%+v %v", preview, err)
	}
	if out := carry(t, r, "初赛更正"); out.Corrected != 1 || r.Given(stagestest.Final, 2) != "96" {
		t.Errorf("%+v %s", out, r.Given(stagestest.Final, 2))
	}
	// Somebody keys another number over it: the same publication puts it right again.
	r.Write(stagestest.Final, scoring.Command{Kind: scoring.Mark, Entry: 2, Aspect: "paper", Value: "1"})
	if out := carry(t, r, "录错"); out.Corrected != 1 || r.Given(stagestest.Final, 2) != "96" {
		t.Errorf("%+v %s", out, r.Given(stagestest.Final, 2))
	}
	r.Write(stagestest.Final, scoring.Command{Kind: scoring.Lock, Second: scoring.ID{2}})
	correct("87")
	_, err = r.CarryOver(t.Context(), stagestest.Host, stagestest.Final, stages.Carrying{Publication: carried(t, r).Publication, Reason: "迟"})
	wantCode(t, err, fault.Refused, "stages.locked")
	s, ok, err := r.Standing(t.Context(), stagestest.Final)
	if err != nil || !ok || s != (stages.Standing{IsTied: true, Published: true, Differs: 1}) {
		t.Errorf("%+v %v %v", s, ok, err)
	}
}

// A number that the scheme does not take is told with its place, and nothing is
// given.
func TestNumbersThatAreNotTaken(t *testing.T) {
	r := carrying(t, "total", "1")
	r.Open(stagestest.Final)
	out := carry(t, r, "")
	if len(out.Faults) != 1 || out.Faults[0].Path != "/entries/002/paper" || !strings.HasPrefix(out.Faults[0].Code, "judging.") {
		t.Errorf("%+v", out)
	}
	if got := r.Given(stagestest.Final, 1); got != "" {
		t.Errorf("all or nothing: %s", got)
	}
}

// Numbers from outside are the host's and the organiser's to give.
func TestWhoCarriesOver(t *testing.T) {
	r := carrying(t, "total", "0.01")
	r.Open(stagestest.Final)
	in := stages.Carrying{Publication: carried(t, r).Publication}
	_, err := r.CarryOver(t.Context(), stagestest.Chief, stagestest.Final, in)
	wantCode(t, err, fault.Forbidden, "stages.role")
	_, err = r.CarryOver(t.Context(), stagestest.Stranger, stagestest.Final, in)
	wantCode(t, err, fault.Missing, "stages.missing")
	if _, err = r.CarryOver(t.Context(), stagestest.Office, stagestest.Final, in); err != nil {
		t.Error(err)
	}
	_, err = r.CarryOver(t.Context(), stagestest.Office, stagestest.Select, in)
	wantCode(t, err, fault.Refused, "stages.follows_none")
}

// How carried numbers stand, for the list of what is missing.
func TestHowCarriedNumbersStand(t *testing.T) {
	r := newRig(t)
	standing := func(id contest.ID) string {
		t.Helper()
		s, ok, err := r.Standing(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("carries=%v tied=%v published=%v %d %d", ok, s.IsTied, s.Published, s.New, s.Differs)
	}
	if got := standing(stagestest.Final); got != "carries=false tied=false published=false 0 0" {
		t.Error(got)
	}
	r.SetScheme(stagestest.Final, stagestest.Scheme("", fmt.Sprintf(stagestest.Carries, "200", "0.01", "total")))
	if got := standing(stagestest.Final); got != "carries=true tied=false published=false 0 0" {
		t.Error(got)
	}
	r.SetScheme(stagestest.Prelim, stagestest.Scheme("", stagestest.Outside))
	link(t, r, stagestest.Final, stagestest.Prelim)
	if got := standing(stagestest.Final); got != "carries=true tied=true published=false 0 0" {
		t.Error(got)
	}
	r.Publish(`{"first":1}`, "90")
	r.Admit(stagestest.Final, "选手01", 0)
	if got := standing(stagestest.Final); got != "carries=true tied=true published=true 1 0" {
		t.Error(got)
	}
}
