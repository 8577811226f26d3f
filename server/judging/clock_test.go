package judging_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/session"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

// clock is a record of a session, ready to be given.
func clock(w *World, actor contest.Actor, work, value string) judging.MarkCommand {
	m := w.Mark(actor, work, "work", value)
	m.Kind = scoring.Clock
	switch word, _, _ := strings.Cut(value, " "); word {
	case session.Add, session.Violation, session.Signed, session.Refused:
		m.Text = "三号机床停电"
	}
	return m
}

// TestTheClockOfASession: the floor's records make a session, its marks and the
// board's public number stay as they were, and the tablets are told.
func TestTheClockOfASession(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	floor := Tablet(1, Floor)
	before := w.Follower.Touched(ID('e', 1))
	var marks []judging.MarkCommand
	for i, value := range []string{"start", "pause equipment", "resume", "add 300", "violation", "hand_in", "signed"} {
		m := clock(w, floor, "001", value)
		m.ClientAt = 1_000_000 + int64(i)*60_500
		marks = append(marks, m)
	}
	out, err := w.Desk.Give(t.Context(), floor, marks)
	if err != nil {
		t.Fatal(err)
	}
	for i := range out {
		if out[i].Fault != nil || out[i].Late {
			t.Errorf("%s: %v", marks[i].Value, out[i].Fault)
		}
	}
	if n := w.Follower.Touched(ID('e', 1)) - before; n != 0 {
		t.Errorf("%d views changed by a clock", n)
	}
	b, err := w.Desk.Bundle(t.Context(), floor)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Sessions) != 1 {
		t.Fatalf("%d sessions", len(b.Sessions))
	}
	s := b.Sessions[0]
	if s.Work != "001" || s.Criterion != "work" || s.State != session.HandedIn || s.Net != 242 || s.NetMillis != 242_000 || s.Added != 300 ||
		s.Violations != 1 || s.Signed != "signed" || *s.StartedAt != 1_000_000 || s.PausedAt != nil || s.Newest != marks[6].MarkID || s.By != Floor {
		t.Errorf("%+v", s)
	}
	if len(s.Events) != 7 || !s.Events[0].Own || s.Events[1].Value != "pause equipment" {
		t.Errorf("%+v", s.Events)
	}
	if text, _ := json.Marshal(b); strings.Contains(string(text), "停电") {
		t.Error("a reason reached a tablet")
	}
	other, err := w.Desk.Bundle(t.Context(), Tablet(1, Blind))
	if err != nil || len(other.Sessions) != 0 {
		t.Errorf("the blind panel is told of %v (%v)", other.Sessions, err)
	}
}

// TestWhoMayClock: chairs that mark in the module; who is refused is told why.
func TestWhoMayClock(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	floor, judge, blind := Tablet(1, Floor), Tablet(1, First), Tablet(1, Blind)
	started := w.Must(t, judge, clock(w, judge, "001", "start"))
	undo := clock(w, floor, "001", "undo")
	undo.Supersedes = w.MarkID()
	twice := clock(w, floor, "001", "start")
	bare := clock(w, floor, "002", "violation")
	bare.Text = ""
	long := clock(w, floor, "002", "violation")
	long.Text = strings.Repeat("长", judging.MaxText+1)
	strokes := clock(w, floor, "002", "signed")
	strokes.Text = strings.Repeat("1", judging.MaxStrokes+1)
	for name, c := range map[string]struct {
		actor contest.Actor
		mark  judging.MarkCommand
		kind  fault.Kind
		code  string
	}{
		"who marks nothing there": {blind, clock(w, blind, "001", "pause rule"), fault.Missing, "judging.missing"},
		"a clock of an aspect":    {floor, aspect(clock(w, floor, "001", "pause rule"), "score"), fault.Missing, "judging.missing"},
		"an unknown work":         {floor, clock(w, floor, "S001", "pause rule"), fault.Missing, "judging.missing"},
		"a second start":          {floor, twice, fault.Refused, "judging.clock_order"},
		"undoing another's past":  {floor, undo, fault.Stale, "judging.stale"},
		"no word":                 {floor, clock(w, floor, "001", "stop"), fault.Malformed, "judging.malformed_value"},
		"no reason":               {floor, bare, fault.Malformed, "judging.reason"},
		"too long a reason":       {floor, long, fault.Refused, "judging.text_length"},
		"too long a signature":    {floor, strokes, fault.Refused, "judging.text_length"},
	} {
		o := w.Give(t, c.actor, c.mark)
		if o.Fault == nil || o.Fault.Kind != c.kind || o.Fault.Code != c.code {
			t.Errorf("%s: %v", name, o.Fault)
		}
		if name == "undoing another's past" && (o.Fault == nil || !slices.ContainsFunc(o.Fault.Fields, func(f fault.Field) bool { return f.Hint == scoring.ID(started.MarkID).String() })) {
			t.Errorf("the newest is not named: %+v", o.Fault)
		}
	}
	if o := w.Give(t, floor, clock(w, floor, "001", "pause rule")); o.Fault != nil {
		t.Errorf("another chair of the module: %v", o.Fault)
	}
}

func aspect(m judging.MarkCommand, id string) judging.MarkCommand {
	m.Aspect = id
	return m
}

// TestALateClock: after the lock it is kept, and counted by two persons if it still
// fits.
func TestALateClock(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	floor := Tablet(1, Floor)
	w.Must(t, floor, clock(w, floor, "001", "start"))
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	late, wrong := clock(w, floor, "001", "hand_in"), clock(w, floor, "001", "resume")
	for _, m := range []judging.MarkCommand{late, wrong} {
		if o := w.Give(t, floor, m); o.Fault != nil || !o.Late {
			t.Errorf("%s after the lock: %+v", m.Value, o)
		}
	}
	state := func() session.State {
		list, err := w.Desk.Sessions(t.Context(), w.Organiser(), ID('e', 1))
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		return list[0].State
	}
	if state() != session.Running {
		t.Errorf("a late record counted by itself: %s", state())
	}
	second := &judging.Second{User: "supervisor", Password: "right"}
	_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{ID: w.MarkID(), Kind: judging.ActCount, Mark: wrong.MarkID, Reason: "晚到", Second: second})
	if fault.Of(err).Code != "judging.clock_order" {
		t.Errorf("what does not fit was counted: %v", err)
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActCount, Mark: late.MarkID, Reason: "晚到"})
	if state() != session.HandedIn {
		t.Errorf("two persons counted it: %s", state())
	}
}

// TestClocksOfOneBatch: two chairs press at once; each is asked of what the other
// did, also within one commit.
func TestClocksOfOneBatch(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	floor, judge := Tablet(1, Floor), Tablet(1, First)
	for round := range 30 {
		work := EntryNo(round%3 + 1)
		a, b := clock(w, floor, work, "start"), clock(w, judge, work, "start")
		answers := make(chan judging.Outcome, 2)
		for _, g := range []struct {
			actor contest.Actor
			mark  judging.MarkCommand
		}{{floor, a}, {judge, b}} {
			go func() {
				out, err := w.Desk.Give(context.Background(), g.actor, []judging.MarkCommand{g.mark})
				if err != nil {
					out = []judging.Outcome{{Fault: fault.Of(err)}}
				}
				answers <- out[0]
			}()
		}
		one, two := <-answers, <-answers
		if (one.Fault == nil) == (two.Fault == nil) {
			t.Fatalf("both or neither started: %v %v", one.Fault, two.Fault)
		}
		won := one
		if one.Fault != nil {
			won = two
		}
		undo := clock(w, floor, work, "undo")
		undo.Supersedes = won.MarkID
		w.Must(t, floor, undo)
	}
}

// TestSessionsWhileSealed: staff read clocks under one label only, and no signature.
func TestSessionsWhileSealed(t *testing.T) {
	w := New(t)
	w.Events.Put(Setup(1, 3, contest.Rehearsal, "seat", "coded"))
	w.Open(t, 1)
	floor, blind := Tablet(1, Floor), Tablet(1, Blind)
	for _, value := range []string{"start", "hand_in", "signed"} {
		w.Must(t, floor, clock(w, floor, "S002", value))
	}
	w.Must(t, blind, aspect(clock(w, blind, WorkCode(2), "start"), "result"))
	texts := func() (works []string, all string) {
		list, err := w.Desk.Sessions(t.Context(), w.Organiser(), ID('e', 1))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			works = append(works, s.Work)
			for _, e := range s.Events {
				all += e.Text
			}
		}
		return works, all
	}
	works, all := texts()
	if !slices.Equal(works, []string{"S002"}) || all != "" {
		t.Errorf("sealed: %v %q", works, all)
	}
	if list, err := w.Desk.Records(t.Context(), w.Organiser(), ID('e', 1), 0); err != nil || slices.ContainsFunc(list, func(r judging.RecordView) bool {
		return r.Kind == "clock" && (r.Work == "S002" || r.Text != "")
	}) {
		t.Errorf("the records join: %v", err)
	}
	if _, err := w.Desk.Sessions(t.Context(), Staff(5, contest.Spectator), ID('e', 1)); fault.Of(err).Code != "judging.role" {
		t.Errorf("a spectator: %v", err)
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	w.Act(t, 1, judging.Act{Kind: judging.ActUnseal})
	works, all = texts()
	if !slices.Equal(works, []string{"S002", WorkCode(2)}) || all != "三号机床停电" {
		t.Errorf("unsealed: %v %q", works, all)
	}
}

// TestTheHostAndNetTimes: how long somebody took is a mark; while marking runs the host
// reads it only where everybody does.
func TestTheHostAndNetTimes(t *testing.T) {
	for release, want := range map[scoring.Release]bool{scoring.Progress: true, "top:3": true, scoring.Live: false} {
		w := New(t)
		s := Setup(1, 3, contest.Rehearsal, "open", "open")
		s.Release = release
		w.Events.Put(s)
		w.Open(t, 1)
		floor := Tablet(1, Floor)
		w.Must(t, floor, clock(w, floor, "001", "start"))
		withheld := func(who contest.Actor) bool {
			list, err := w.Desk.Sessions(t.Context(), who, ID('e', 1))
			if err != nil || len(list) != 1 {
				t.Fatal(err, list)
			}
			return list[0].IsWithheld
		}
		host := Staff(8, contest.HostSecretary)
		if got := withheld(host); got != want {
			t.Errorf("%q: withheld from the host: %t", release, got)
		}
		if withheld(Staff(9, contest.ChiefJudge)) || withheld(Staff(7, contest.HostSecretary, contest.Supervisor)) {
			t.Errorf("%q: withheld from who sees marks", release)
		}
		w.Act(t, 1, judging.Act{Kind: judging.ActLock})
		if withheld(host) {
			t.Errorf("%q: withheld after the lock", release)
		}
	}
}
