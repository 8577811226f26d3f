package judging_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

func replacing(w *World, chair scoring.ChairID, judge string) judging.Act {
	return judging.Act{ID: w.MarkID(), Kind: judging.ActReplace, Chair: chair, Judge: judge, Reason: "突发疾病"}
}

// judgesOf are the judges by the records of a chair's marks, in order.
func judgesOf(t *testing.T, w *World, chair scoring.ChairID) (names []string) {
	t.Helper()
	list, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.Chair == chair && r.Kind == "mark" {
			names = append(names, r.Judge)
		}
	}
	return names
}

// TestAnotherJudgeTakesAChair: what was marked before stays under the old name, what
// comes after stands under the new one, also after a restart; the chair's tablet is
// out of use; and the same act again changes nothing.
func TestAnotherJudgeTakesAChair(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	old, now := Tablet(1, First), Tablet(1, First)
	now.Device = ID('d', 999)
	w.Tablets.Pair(judging.Tablet{Device: old.Device, Chair: First, SeenAt: w.Now()})
	w.Must(t, old, w.Mark(old, "001", "piece", "50"))
	act := replacing(w, First, "何五")
	first, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act)
	if err != nil {
		t.Fatal(err)
	}
	w.Must(t, now, w.Mark(now, "002", "piece", "60"))
	again, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act)
	if err != nil || again.Seq != first.Seq {
		t.Errorf("the same act again: %d, %v", again.Seq, err)
	}
	third := replacing(w, First, "龙六")
	if _, err := w.Desk.Act(t.Context(), Staff(9, contest.ChiefJudge), ID('e', 1), third); err != nil {
		t.Fatal(err)
	}
	w.Must(t, now, w.Mark(now, "003", "piece", "70"))
	if again, err = w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act); err != nil || again.Seq != first.Seq {
		t.Errorf("an earlier act again: %v", err)
	}
	for _, when := range []string{"now", "after a restart"} {
		if got, want := judgesOf(t, w, First), []string{"裁判2", "何五", "龙六"}; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", when, got, want)
		}
		b, err := w.Desk.Bundle(t.Context(), now)
		if err != nil || b.Chair.Judge != "龙六" {
			t.Errorf("%s the tablet says %q (%v)", when, b.Chair.Judge, err)
		}
		work, err := w.Desk.Working(t.Context(), w.Organiser(), ID('e', 1), "001")
		if err != nil || len(work.Judges[First]) != 2 || work.Judges[First][0].Judge != "裁判2" || work.Judges[First][1].Judge != "何五" {
			t.Errorf("%s the working says %v (%v)", when, work.Judges, err)
		}
		if p, err := w.Desk.Panel(t.Context(), w.Organiser(), ID('e', 1), "001", "piece", 1); err != nil || p.Chairs[0].Judge != "裁判2" || p.Chairs[1].Judge != "裁判3" {
			t.Errorf("%s the panel says %+v (%v)", when, p.Chairs, err)
		}
		w.Restart(t)
	}
	if list, err := w.Tablets.Tablets(t.Context(), ID('e', 1)); err != nil || !list[0].Replaced {
		t.Errorf("the old judge's tablet is in use: %+v (%v)", list, err)
	}
}

// TestReplacingIsRefused: by whom, when, and in whose place.
func TestReplacingIsRefused(t *testing.T) {
	w := New(t)
	w.Events.Put(Setup(1, 3, contest.Rehearsal, "seat", "coded"))
	do := func(actor contest.Actor, act judging.Act) string {
		_, err := w.Desk.Act(t.Context(), actor, ID('e', 1), act)
		return fault.Code(err)
	}
	chief := Staff(9, contest.ChiefJudge)
	if got := do(chief, replacing(w, First, "何五")); got != "judging.not_open" {
		t.Errorf("before the opening: %q", got)
	}
	w.Open(t, 1)
	bare := replacing(w, First, "何五")
	bare.Reason = ""
	for name, c := range map[string]struct {
		actor contest.Actor
		act   judging.Act
		code  string
	}{
		"a host":                   {Staff(9, contest.HostSecretary), replacing(w, First, "何五"), "judging.role"},
		"a stranger":               {contest.Actor{Account: ID('a', 77)}, replacing(w, First, "何五"), "judging.missing"},
		"no reason":                {chief, bare, "judging.reason"},
		"no name":                  {chief, replacing(w, First, ""), "judging.judge_name"},
		"two lines":                {chief, replacing(w, First, "何\n五"), "judging.judge_name"},
		"a long name":              {chief, replacing(w, First, strings.Repeat("何", 41)), "judging.judge_name"},
		"the same judge":           {chief, replacing(w, First, "裁判2"), "judging.same_judge"},
		"no such chair":            {chief, replacing(w, 99, "何五"), "judging.no_such_chair"},
		"who sees the work codes":  {chief, replacing(w, First, "裁判5"), "judging.judge_sees_both"},
		"who sees the seats":       {chief, replacing(w, Blind, "裁判3"), "judging.judge_sees_both"},
		"who sits beside, by seat": {chief, replacing(w, Floor, "裁判4"), ""},
	} {
		if got := do(c.actor, c.act); got != c.code {
			t.Errorf("%s: %q, want %q", name, got, c.code)
		}
	}
}

// TestReplacingWaitsForTheTablet: its marks are the old judge's. Two persons need not
// wait: what comes later is late.
func TestReplacingWaitsForTheTablet(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	old := Tablet(1, First)
	w.Tablets.Pair(judging.Tablet{Device: old.Device, Chair: First, Pending: 2, SeenAt: w.Now()})
	act := replacing(w, First, "何五")
	_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act)
	if f := fault.Of(err); f.Code != "judging.outbox_of_chair" || f.Fields[0].Hint != "2" {
		t.Fatalf("two marks are not sent: %v", err)
	}
	w.Desk.Pending(old, 0)
	w.Must(t, old, func() judging.MarkCommand { m := w.Mark(old, "001", "piece", "9"); m.DeviceSeq = 3; return m }())
	if _, err = w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act); fault.Code(err) != "judging.outbox_of_chair" {
		t.Errorf("two numbers never came: %v", err)
	}
	w.Desk.Signatures(old, 1)
	_, err = w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act)
	if f := fault.Of(err); f.Code != "judging.outbox_of_chair" || len(f.Fields) != 2 || f.Fields[1].Code != "judging.signature_unsent" || f.Fields[1].Hint != "1" {
		t.Errorf("a signature waits as well: %v", err)
	}
	act.Second = &judging.Second{User: "supervisor", Password: "right"}
	if _, err = w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act); err != nil {
		t.Error(err)
	}
}

// TestReplacingWaitsForASignature when nothing else waits; two persons need not wait,
// and what the old judge signed on a tablet that was replaced before holds nobody up.
func TestReplacingWaitsForASignature(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	old, before := Tablet(1, First), Tablet(1, First)
	before.Device = ID('d', 998)
	w.Tablets.Pair(judging.Tablet{Device: before.Device, Chair: First, SeenAt: w.Now()})
	w.Desk.Signatures(before, 1)
	w.Tablets.Pair(judging.Tablet{Device: old.Device, Chair: First, SeenAt: w.Now()})
	w.Desk.Signatures(old, 1)
	act := replacing(w, First, "何五")
	_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act)
	if f := fault.Of(err); f.Code != "judging.outbox_of_chair" || len(f.Fields) != 1 || f.Fields[0].Path != old.Device.String() {
		t.Fatalf("a signature is not sent: %v", err)
	}
	w.Desk.Signatures(old, 0)
	if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act); err != nil {
		t.Error(err)
	}
}

// TestReplacingIsTakenUpAgain: the record is durable and the programme does not know
// the name yet; the same act again brings it there.
func TestReplacingIsTakenUpAgain(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	w.Events.Broken = errors.New("the programme is away")
	act := replacing(w, First, "何五")
	if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act); err == nil {
		t.Fatal("nobody was told")
	}
	w.Events.Broken = nil
	w.Restart(t)
	before := len(w.Memory.Lines(ID('l', 1)))
	if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), act); err != nil {
		t.Fatal(err)
	}
	b, err := w.Desk.Bundle(t.Context(), Tablet(1, First))
	if err != nil || b.Chair.Judge != "何五" || len(w.Memory.Lines(ID('l', 1))) != before {
		t.Errorf("%q, %d records more (%v)", b.Chair.Judge, len(w.Memory.Lines(ID('l', 1)))-before, err)
	}
}

// TestAnOldJudgesMarkComesLate: his tablet had no network when another judge took the
// chair. What it sends is late; counted by two it is his and not his successor's.
func TestAnOldJudgesMarkComesLate(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	old, now := Tablet(1, First), Tablet(1, First)
	now.Device = ID('d', 999)
	paired := judging.Tablet{Device: old.Device, Chair: First, PairedAt: w.Now(), SeenAt: w.Now()}
	w.Tablets.Pair(paired)
	held := w.Mark(old, "001", "piece", "50")
	if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), replacing(w, First, "何五")); err != nil {
		t.Fatal(err)
	}
	paired.Replaced = true
	w.Tablets.Pair(paired, judging.Tablet{Device: now.Device, Chair: First, PairedAt: w.Now(), SeenAt: w.Now()})
	old.IsReplaced = true
	if o := w.Give(t, old, held); !o.Late {
		t.Fatalf("a mark of a tablet that is out of use: %+v", o)
	}
	w.Must(t, now, w.Mark(now, "002", "piece", "60"))
	second := replacing(w, First, "龙六")
	if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), second); err != nil {
		t.Fatal(err)
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActCount, Mark: held.MarkID, Reason: "换裁判前已评"})
	for _, when := range []string{"now", "after a restart"} {
		for work, want := range map[string]string{"001": "裁判2", "002": "何五", "003": "龙六"} {
			p, err := w.Desk.Panel(t.Context(), w.Organiser(), ID('e', 1), work, "piece", 1)
			if err != nil || p.Chairs[0].Judge != want || p.Chairs[0].In == (work == "003") {
				t.Errorf("%s: %s is %+v, want one of %s (%v)", when, work, p.Chairs[0], want, err)
			}
		}
		list, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0)
		if at := slices.IndexFunc(list, func(r judging.RecordView) bool { return r.Kind == "late" }); err != nil || at < 0 || list[at].Judge != "裁判2" {
			t.Errorf("%s the records say otherwise (%v)", when, err)
		}
		w.Restart(t)
	}
}
