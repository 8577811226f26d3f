package judging_test

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

// readings is all that staff may read of the marking, as JSON, by role.
func readings(t *testing.T, w *World) map[string]string {
	t.Helper()
	out := map[string]string{}
	put := func(name string, v any, err error) {
		b, bad := json.Marshal(v)
		if bad != nil {
			t.Fatal(bad)
		}
		out[name] = string(b) + fmt.Sprint(fault.Code(err))
	}
	event := ID('e', 1)
	for _, role := range []contest.Role{contest.ChiefJudge, contest.Organiser, contest.Administrator, contest.Supervisor, contest.HostSecretary, contest.Spectator, contest.CodingJudge} {
		who := Staff(40, role)
		records, err := w.Desk.Records(t.Context(), who, event, 0)
		put(string(role)+" records", records, err)
		progress, err := w.Desk.Progress(t.Context(), who, event)
		put(string(role)+" progress", progress, err)
		for i := 1; i <= 3; i++ {
			working, err := w.Desk.Working(t.Context(), who, event, WorkCode(i))
			put(fmt.Sprint(role, " working ", i), working, err)
		}
		_, err = w.Desk.Export(t.Context(), who, event)
		put(string(role)+" export", nil, err)
	}
	return out
}

// Two contests that differ only in who holds which code: the same by every label,
// and theory known by entry number in both. Whoever knows the theory list by name
// must not find its numbers under a code.
func TestWhoHoldsWhichCodeIsNowhereToBeRead(t *testing.T) {
	play := func(codes [3]int) map[string]string {
		w := New(t)
		s := PaperSetup(1, 3, contest.Paper, "coded")
		for i := range s.Entries {
			s.Entries[i].WorkCode = WorkCode(codes[i])
		}
		w.Events.Put(s)
		w.Restart(t)
		w.Open(t, 1)
		clerk := Staff(7, contest.Clerk)
		for _, m := range []judging.Entered{
			entered(w, 0, "001", "paper", "93.5"), entered(w, PaperFirst, WorkCode(2), "face", "7"), entered(w, PaperSecond, WorkCode(2), "face", "8"),
			entered(w, PaperFirst, WorkCode(2), "tight", "1"), entered(w, PaperFirst, WorkCode(1), "face", "7"), entered(w, 0, "003", "paper", "60"),
		} {
			if o := enter(t, w, clerk, m); o.Fault != nil {
				t.Fatal(m.Work, m.Aspect, o.Fault)
			}
		}
		w.Act(t, 1, judging.Act{Kind: judging.ActStatus, Work: WorkCode(3), Value: "dnf", Reason: "设备故障"})
		return readings(t, w)
	}
	one, other := play([3]int{1, 2, 3}), play([3]int{3, 1, 2})
	if !maps.Equal(one, other) {
		for name := range one {
			if one[name] != other[name] {
				t.Errorf("%s:\n%s\n%s", name, one[name], other[name])
			}
		}
	}
	for name, text := range one {
		for _, number := range []string{"93.5", `"60"`} {
			if strings.Contains(name, "working") && strings.Contains(text, number) {
				t.Errorf("%s has the theory mark %s", name, number)
			}
		}
	}
	if !strings.Contains(one["chief_judge working 2"], `"7.5`) || !strings.Contains(one["organiser records"], WorkCode(2)) {
		t.Errorf("what the code stands for is gone too: %s", one["chief_judge working 2"])
	}
}

func TestActsNameWorksByTheirLabelWhileSealed(t *testing.T) {
	w := New(t)
	w.Events.Put(PaperSetup(1, 3, contest.Paper, "coded"))
	w.Restart(t)
	w.Open(t, 1)
	second := &judging.Second{User: "supervisor", Password: "right"}
	give := func(actor contest.Actor, a judging.Act) string {
		a.ID, a.Reason = w.MarkID(), "检录"
		_, err := w.Desk.Act(t.Context(), actor, ID('e', 1), a)
		return fault.Code(err)
	}
	head, coder := w.Organiser(), Staff(41, contest.CodingJudge)
	absent := judging.Act{Kind: judging.ActStatus, EntryNo: "002", Value: string(scoring.DidNotStart)}
	if got := give(head, absent); got != "judging.by_label" {
		t.Errorf("a head by entry number: %q", got)
	}
	if got := give(head, judging.Act{Kind: judging.ActDecide, EntryNo: "002", Value: "1"}); got != "judging.by_label" {
		t.Errorf("a head decides by entry number: %q", got)
	}
	if got := give(coder, absent); got != "" {
		t.Errorf("the coding judge by entry number: %q", got)
	}
	if got := give(head, judging.Act{Kind: judging.ActStatus, Work: WorkCode(3), Value: string(scoring.DidNotFinish)}); got != "" {
		t.Errorf("a head by label: %q", got)
	}
	for _, kind := range []judging.ActKind{judging.ActOpen, judging.ActLock, judging.ActPublish, judging.ActFreeze, judging.ActCount, judging.ActReopen} {
		if got := give(coder, judging.Act{Kind: kind, Second: second}); got != "judging.role" {
			t.Errorf("the coding judge may %s: %q", kind, got)
		}
	}
	for name, err := range map[string]error{
		"records":  faultOf(w.Desk.Records(t.Context(), coder, ID('e', 1), 0)),
		"progress": faultOf(w.Desk.Progress(t.Context(), coder, ID('e', 1))),
	} {
		if fault.Code(err) != "judging.missing" {
			t.Errorf("the coding judge reads %s: %v", name, err)
		}
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	if _, err := w.Desk.Export(t.Context(), head, ID('e', 1)); fault.Code(err) != "judging.sealed" {
		t.Errorf("the ledger with its ordinals while sealed: %v", err)
	}
	if got := give(coder, judging.Act{Kind: judging.ActUnseal, Second: second}); got != "" {
		t.Fatalf("the coding judge unseals: %q", got)
	}
	if got := give(head, judging.Act{Kind: judging.ActStatus, EntryNo: "002", Value: string(scoring.Competing)}); got != "" {
		t.Errorf("by entry number after the unsealing: %q", got)
	}
	if export, err := w.Desk.Export(t.Context(), head, ID('e', 1)); err != nil || export.Write(t.Context(), io.Discard) != nil {
		t.Errorf("the ledger after the unsealing: %v", err)
	}
}

func faultOf[T any](_ T, err error) error { return err }
