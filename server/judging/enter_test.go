package judging_test

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

// onPaper is a world whose event 1 is run to a depth and open.
func onPaper(t testing.TB, depth contest.Depth, identity string) *World {
	t.Helper()
	w := New(t)
	w.Events.Put(PaperSetup(1, 3, depth, identity))
	w.Restart(t)
	w.Open(t, 1)
	return w
}

func entered(w *World, chair scoring.ChairID, work, aspect, value string) judging.Entered {
	return judging.Entered{MarkID: w.MarkID(), Kind: scoring.Mark, Chair: chair, Work: work, Aspect: aspect, Value: value, Version: 1}
}

func enter(t testing.TB, w *World, actor contest.Actor, m judging.Entered) judging.Outcome {
	t.Helper()
	out, err := w.Desk.Enter(t.Context(), actor, ID('e', 1), []judging.Entered{m})
	if err != nil {
		return judging.Outcome{MarkID: m.MarkID, Fault: fault.Of(err)}
	}
	return out[0]
}

func TestWhoMayEnterWhat(t *testing.T) {
	clerk, host, organiser := Staff(7, contest.Clerk), Staff(8, contest.HostSecretary), Staff(9, contest.Organiser)
	chief, supervisor, administrator := Staff(10, contest.ChiefJudge), Staff(11, contest.Supervisor), Staff(12, contest.Administrator)
	stranger := contest.Actor{Account: ID('a', 20), Grants: []contest.Grant{{Role: contest.Clerk, Contest: ID('c', 2)}}}
	otherEvent := contest.Actor{Account: ID('a', 21), Grants: []contest.Grant{{Role: contest.Clerk, Contest: ID('c', 1), Event: ID('e', 2)}}}
	tablet := Tablet(1, PaperFirst)
	const ok, role, missing = "", "judging.role", "judging.missing"
	depths := []contest.Depth{contest.Paper, contest.ResultsOnly, contest.Tablet}
	cases := []struct {
		name    string
		actor   contest.Actor
		chair   [3]string // by depth: a chair's mark, without a tablet
		outside string    // at every depth
	}{
		{"a clerk", clerk, [3]string{ok, ok, ok}, ok},
		{"a host", host, [3]string{role, ok, role}, ok},
		{"an organiser", organiser, [3]string{role, ok, role}, ok},
		{"a chief judge", chief, [3]string{role, role, role}, role},
		{"a supervisor", supervisor, [3]string{role, role, role}, role},
		{"an administrator", administrator, [3]string{role, role, role}, role},
		{"a clerk of another contest", stranger, [3]string{missing, missing, missing}, missing},
		{"a clerk of another event", otherEvent, [3]string{missing, missing, missing}, missing},
		{"a tablet", tablet, [3]string{missing, missing, missing}, missing},
		{"the public", contest.Actor{}, [3]string{missing, missing, missing}, missing},
	}
	for _, c := range cases {
		for i, depth := range depths {
			t.Run(c.name+" "+string(depth), func(t *testing.T) {
				w := onPaper(t, depth, "open")
				before := len(w.Memory.Lines(ID('l', 1)))
				if got := code(enter(t, w, c.actor, entered(w, PaperFirst, "001", "face", "8"))); got != c.chair[i] {
					t.Errorf("for a chair: %q, want %q", got, c.chair[i])
				}
				if got := code(enter(t, w, c.actor, entered(w, 0, "001", "paper", "88.5"))); got != c.outside {
					t.Errorf("from outside: %q, want %q", got, c.outside)
				}
				if wrote := len(w.Memory.Lines(ID('l', 1))) > before; wrote != (c.chair[i] == ok || c.outside == ok) {
					t.Errorf("something was written: %t", wrote)
				}
			})
		}
	}
}

// Two would answer for one judge: a clerk enters for a chair of an event with
// tablets only once its tablet is out of use.
func TestAChairHasATabletOrAClerk(t *testing.T) {
	w := onPaper(t, contest.Tablet, "open")
	clerk := Staff(7, contest.Clerk)
	w.Tablets.Pair(judging.Tablet{Device: ID('d', 1), Chair: PaperFirst}, judging.Tablet{Device: ID('d', 2), Chair: PaperSecond, Replaced: true})
	if got := code(enter(t, w, clerk, entered(w, PaperFirst, "001", "face", "8"))); got != "judging.tablet_chair" {
		t.Errorf("for a chair with a tablet: %q", got)
	}
	if got := code(enter(t, w, clerk, entered(w, PaperSecond, "001", "face", "8"))); got != "" {
		t.Errorf("for a chair whose tablet was put away: %q", got)
	}
}

func TestARecordSaysWhoKeyedItForWhom(t *testing.T) {
	w := onPaper(t, contest.Paper, "open")
	clerk := Staff(7, contest.Clerk)
	m := entered(w, PaperSecond, "002", "face", "7.50")
	first := enter(t, w, clerk, m)
	if first.Fault != nil {
		t.Fatal(first.Fault)
	}
	lines := w.Memory.Lines(ID('l', 1))
	rec, err := scoring.ParseRecord(lines[len(lines)-1].Body)
	if err != nil || rec.Actor != clerk.Account || rec.Chair != PaperSecond || !rec.Device.IsZero() || rec.DeviceSeq != 0 || rec.Value != "7.5" {
		t.Errorf("%+v, %v", rec, err)
	}
	// A replay gets the first receipt; under another chair or person the id is refused.
	again := enter(t, w, clerk, m)
	if string(again.Receipt.AppendJSON(nil)) != string(first.Receipt.AppendJSON(nil)) {
		t.Error("the receipt is another at a replay")
	}
	w.Restart(t)
	if again = enter(t, w, clerk, m); string(again.Receipt.AppendJSON(nil)) != string(first.Receipt.AppendJSON(nil)) {
		t.Error("the receipt is another after a restart")
	}
	other := m
	other.Chair = PaperFirst
	if got := code(enter(t, w, clerk, other)); got != "judging.mark_owner" {
		t.Errorf("the same id for another chair: %q", got)
	}
	if got := code(enter(t, w, Staff(30, contest.Clerk), m)); got != "judging.mark_owner" {
		t.Errorf("the same id from another clerk: %q", got)
	}
	other = m
	other.Value = "8"
	if got := code(enter(t, w, clerk, other)); got != "judging.mark_payload" {
		t.Errorf("the same id with another value: %q", got)
	}
}

func TestWhatEnteringRefuses(t *testing.T) {
	w := onPaper(t, contest.Paper, "coded")
	clerk := Staff(7, contest.Clerk)
	with := func(change func(*judging.Entered)) judging.Entered {
		m := entered(w, PaperFirst, WorkCode(1), "face", "8")
		change(&m)
		return m
	}
	cases := []struct {
		name string
		mark judging.Entered
		code string
	}{
		{"no id", with(func(m *judging.Entered) { m.MarkID = scoring.ID{} }), "judging.mark_id_missing"},
		{"an act", with(func(m *judging.Entered) { m.Kind = scoring.Publish }), "judging.unknown_kind"},
		{"a judge's absence", with(func(m *judging.Entered) { m.Kind = scoring.Absent }), "judging.unknown_kind"},
		{"by entry number where works are coded", with(func(m *judging.Entered) { m.Work = "001" }), "judging.missing"},
		{"theory by code", with(func(m *judging.Entered) { m.Chair, m.Aspect = 0, "paper" }), "judging.missing"},
		{"a chair's aspect from outside", with(func(m *judging.Entered) { m.Chair = 0 }), "judging.missing"},
		{"theory for a chair", with(func(m *judging.Entered) { m.Work, m.Aspect = "001", "paper" }), "judging.missing"},
		{"no such chair", with(func(m *judging.Entered) { m.Chair = 9 }), "judging.missing"},
		{"no such aspect", with(func(m *judging.Entered) { m.Aspect = "depth" }), "judging.missing"},
		{"too much", with(func(m *judging.Entered) { m.Value = "10.5" }), "judging.above_max"},
		{"off the step", with(func(m *judging.Entered) { m.Value = "8.3" }), "judging.off_step"},
		{"no number", with(func(m *judging.Entered) { m.Value = "八" }), "judging.malformed_value"},
		{"a correction of nothing", with(func(m *judging.Entered) { m.Supersedes, m.Reason = ID('m', 9999), "笔误" }), "judging.stale"},
		{"a correction without a reason", with(func(m *judging.Entered) { m.Supersedes = ID('m', 9999) }), "judging.reason"},
		{"a long reason", with(func(m *judging.Entered) { m.Reason = strings.Repeat("长", 2001) }), "judging.text_length"},
		{"an unreadable one", with(func(m *judging.Entered) { m.Fault = fault.New(fault.Malformed, "judging.unknown_kind") }), "judging.unknown_kind"},
	}
	before := len(w.Memory.Lines(ID('l', 1)))
	for _, c := range cases {
		if got := code(enter(t, w, clerk, c.mark)); got != c.code {
			t.Errorf("%s: %q, want %q", c.name, got, c.code)
		}
	}
	for _, n := range []int{0, judging.MaxMarks + 1} {
		if _, err := w.Desk.Enter(t.Context(), clerk, ID('e', 1), make([]judging.Entered, n)); err == nil {
			t.Errorf("a delivery of %d marks was taken", n)
		}
	}
	if after := len(w.Memory.Lines(ID('l', 1))); after != before {
		t.Errorf("%d records were written", after-before)
	}
}

func TestACorrectionKeepsItsReason(t *testing.T) {
	w := onPaper(t, contest.Paper, "open")
	clerk := Staff(7, contest.Clerk)
	m := entered(w, PaperFirst, "001", "face", "8")
	if got := code(enter(t, w, clerk, m)); got != "" {
		t.Fatal(got)
	}
	second := entered(w, PaperFirst, "001", "face", "6.5")
	if got := code(enter(t, w, clerk, second)); got != "judging.already_marked" {
		t.Errorf("a second mark on one cell: %q", got)
	}
	fix := entered(w, PaperFirst, "001", "face", "6.5")
	fix.Supersedes, fix.Reason = m.MarkID, "录入时看错一行"
	if got := code(enter(t, w, clerk, fix)); got != "" {
		t.Fatal(got)
	}
	list, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0)
	if last := list[len(list)-1]; err != nil || last.Text != fix.Reason || last.Value != "6.5" || last.Supersedes != m.MarkID {
		t.Errorf("%+v, %v", last, err)
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	if o := enter(t, w, clerk, entered(w, PaperSecond, "001", "face", "7")); o.Fault != nil || !o.Late {
		t.Errorf("after the lock: late %t, %v", o.Late, o.Fault)
	}
}

func TestAWholeListIsEnteredOrNothing(t *testing.T) {
	w := New(t)
	w.Events.Put(PaperSetup(1, 700, contest.Paper, "open")) // more than a commit holds otherwise
	w.Restart(t)
	w.Open(t, 1)
	clerk, err := w.Desk.Enterer(t.Context(), Staff(7, contest.Clerk), ID('e', 1))
	if err != nil {
		t.Fatal(err)
	}
	var bad string
	list := judging.Whole{Enterer: clerk, Sheet: "theory", Pick: func(r judging.Reading) ([]judging.Entered, error) {
		marks := make([]judging.Entered, len(r.Setup.Entries))
		for i := range marks {
			marks[i] = entered(w, 0, EntryNo(i+1), "paper", fmt.Sprint(i%100)+".5")
		}
		if bad != "" {
			marks[650].Value = bad
		}
		return marks, nil
	}}
	before, appends := len(w.Memory.Lines(ID('l', 1))), w.Memory.Appends
	bad = "101"
	out, err := w.Desk.EnterWhole(t.Context(), list)
	if err != nil || len(out) != 700 || out[650].Fault == nil || out[650].Fault.Code != "judging.above_max" || out[0].Fault != nil {
		t.Fatalf("%d outcomes, %v", len(out), err)
	}
	bad, list.IsPreview = "", true
	if out, err = w.Desk.EnterWhole(t.Context(), list); err != nil || len(out) != 700 {
		t.Fatal(err)
	}
	if after := len(w.Memory.Lines(ID('l', 1))); after != before {
		t.Fatalf("%d records of a list with a fault, and of a preview", after-before)
	}
	list.IsPreview = false
	down := fault.New(fault.Unavailable, "store.unavailable")
	w.Memory.Fail = func(*judging.Batch) (error, bool) { return down, false }
	if _, err = w.Desk.EnterWhole(t.Context(), list); fault.Code(err) != down.Code {
		t.Errorf("the database is away: %v", err)
	}
	w.Memory.Fail = nil
	if out, err = w.Desk.EnterWhole(t.Context(), list); err != nil || out[699].Receipt.Seq != uint64(before+700) {
		t.Fatalf("the last receipt is of record %d, %v", out[699].Receipt.Seq, err)
	}
	if got := w.Memory.Appends - appends; got != 1 {
		t.Errorf("%d commits, want one", got)
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	if out, err = w.Desk.EnterWhole(t.Context(), list); err != nil || out[0].Fault == nil || out[0].Fault.Code != "judging.locked" {
		t.Errorf("a list after the lock: %v, %v", out[0].Fault, err)
	}
}

// A number that was sent without a mark id was sent: it is no hole that holds up
// the lock.
func TestAMarkWithoutAnIDLeavesNoHole(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	m := w.Mark(judge, "001", "piece", "80")
	m.MarkID = scoring.ID{}
	if got := code(w.Give(t, judge, m)); got != "judging.mark_id_missing" {
		t.Fatal(got)
	}
	w.Must(t, judge, w.Mark(judge, "001", "piece", "80"))
	for range 2 {
		p, err := w.Desk.Progress(t.Context(), w.Organiser(), ID('e', 1))
		if err != nil || len(p.Devices) != 1 || len(p.Devices[0].Holes) != 0 || p.Devices[0].Highest != 2 {
			t.Errorf("%+v, %v", p.Devices, err)
		}
		w.Restart(t)
	}
}

func TestWhoDidNotComeIsSaidAtTheOpening(t *testing.T) {
	w := New(t)
	s := Setup(1, 3, contest.Rehearsal, "open", "coded")
	s.Entries[1].Status, s.Entries[1].WorkCode = scoring.DidNotStart, ""
	w.Events.Put(s)
	w.Restart(t)
	w.Open(t, 1)
	if err := w.Desk.Read(t.Context(), ID('e', 1), func(r judging.Reading) error {
		if r.Board.Status(2) != scoring.DidNotStart || r.Board.Status(1) != scoring.Competing {
			t.Errorf("statuses %s, %s", r.Board.Status(1), r.Board.Status(2))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	list, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.Work != "" {
			t.Errorf("record %d, a %s, stands under %q: the prelude is in the order of entries", r.Seq, r.Kind, r.Work)
		}
	}
}
