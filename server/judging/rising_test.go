package judging_test

import (
	"bytes"
	"context"
	"strings"
	"sync"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

// begun is a world of four open events, one of them broken, whose new desk may be used
// and has opened none yet.
func begun(t *testing.T) (w *World, rise func(context.Context) error) {
	t.Helper()
	w = New(t)
	for n := 2; n <= 4; n++ {
		w.Events.Put(Setup(n, 3, contest.Rehearsal, "open", "open"))
	}
	for n := 1; n <= 4; n++ {
		w.Open(t, n)
	}
	w.Memory.Tamper(ID('l', 2), func(lines []judging.Line) []judging.Line {
		lines[3].Body = bytes.Clone(lines[3].Body)
		lines[3].Body[len(lines[3].Body)/2] ^= 1
		return lines
	})
	w.Desk.Close()
	w.Follower = &Follower{}
	w.Desk = w.NewDesk()
	t.Cleanup(w.Desk.Close)
	rise, err := w.Desk.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return w, rise
}

// TestAskedBeforeItStands: whoever asks while a start opens events waits for his event; a
// mark is acknowledged on an open ledger only, nobody takes what is not open yet for an
// event that has not begun, and the broken ledger is named.
func TestAskedBeforeItStands(t *testing.T) {
	w, rise := begun(t)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.Desk.Read(gone, ID('e', 3), func(judging.Reading) error { return nil }); fault.Code(err) != "judging.busy" {
		t.Errorf("read by who does not wait: %v", err)
	}
	if _, _, err := w.Desk.Openness(gone, ID('l', 3)); fault.Code(err) != "judging.busy" {
		t.Errorf("asked how far it is: %v", err)
	}
	if _, err := w.Desk.Officials(gone); fault.Code(err) != "judging.busy" {
		t.Errorf("asked for results: %v", err)
	}
	if len(w.Follower.Opens) > 0 {
		t.Errorf("who asks opens: %v", w.Follower.Opens)
	}
	before := len(w.Memory.Lines(ID('l', 4)))
	judge := Tablet(4, First)
	mark := w.Mark(judge, "001", "piece", "80")
	var asked sync.WaitGroup
	asked.Go(func() {
		if out := w.Give(t, judge, mark); out.Fault != nil || out.Receipt.Seq != uint64(before)+1 {
			t.Errorf("a mark: %+v", out)
		}
	})
	asked.Go(func() {
		if isOpen, isUnsealed, err := w.Desk.Openness(t.Context(), ID('l', 2)); err != nil || !isOpen || isUnsealed {
			t.Errorf("the broken one: open %v, unsealed %v, %v", isOpen, isUnsealed, err)
		}
	})
	asked.Go(func() {
		if err := w.Desk.Read(t.Context(), ID('e', 2), func(judging.Reading) error { return nil }); err == nil || !strings.Contains(err.Error(), "record 4") {
			t.Errorf("the broken one is read: %v", err)
		}
	})
	if got := len(w.Memory.Lines(ID('l', 4))); got != before {
		t.Errorf("%d records on a ledger that is not open, %d before", got, before)
	}
	if err := rise(t.Context()); err == nil || !strings.Contains(err.Error(), "record 4") || !strings.Contains(err.Error(), ID('l', 2).String()) {
		t.Errorf("the broken ledger is not named: %v", err)
	}
	asked.Wait()
	for n := 1; n <= 4; n++ {
		if got, want := w.Follower.Opens[ID('e', n)], map[bool]int{n != 2: 1}[true]; got != want {
			t.Errorf("event %d was opened %d times, not %d", n, got, want)
		}
	}
}

// TestClosedBeforeItStands: a stop does not wait for events that are not open yet, and
// says nothing of them.
func TestClosedBeforeItStands(t *testing.T) {
	w, rise := begun(t)
	var asked sync.WaitGroup
	asked.Go(func() {
		if err := w.Desk.Read(t.Context(), ID('e', 3), func(judging.Reading) error { return nil }); fault.Code(err) != "judging.closing" {
			t.Errorf("read after the end: %v", err)
		}
	})
	w.Desk.Close()
	if err := rise(t.Context()); err != nil {
		t.Error(err)
	}
	asked.Wait()
	if len(w.Follower.Opens) > 0 {
		t.Errorf("opened after the end: %v", w.Follower.Opens)
	}
}
