package judging_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

var errGone = fault.New(fault.UnknownOutcome, "store.unknown_outcome")

// V2: an error from COMMIT is unknown, not failed. Whether it was written or
// not, the tablet's second try must find out, and nothing is lost or doubled.
func TestAnUnknownOutcomeIsReadAgain(t *testing.T) {
	for _, written := range []bool{true, false} {
		t.Run(fmt.Sprint("written ", written), func(t *testing.T) {
			w := New(t)
			w.Open(t, 1)
			judge := Tablet(1, First)
			fail := true
			w.Memory.Fail = func(*judging.Batch) (error, bool) {
				if fail {
					fail = false
					return errGone, written
				}
				return nil, true
			}
			m := w.Mark(judge, "001", "piece", "80")
			before := len(w.Memory.Lines(ID('l', 1)))
			if o := w.Give(t, judge, m); o.Fault == nil || o.Fault.Kind != fault.UnknownOutcome {
				t.Fatalf("first try: %v", o.Fault)
			}
			r := w.Must(t, judge, m)
			if _, err := r.Verify(w.Key.Verifiers()); err != nil {
				t.Errorf("receipt: %v", err)
			}
			if got := len(w.Memory.Lines(ID('l', 1))) - before; got != 1 {
				t.Errorf("%d records of one mark", got)
			}
			w.Must(t, judge, w.Mark(judge, "002", "piece", "81"))
			if seqs, wrong := w.Follower.Told(ID('e', 1)); wrong > 0 || uint64(len(seqs)) != r.Seq+1 {
				t.Errorf("the follower heard %v, %d wrong", seqs, wrong)
			}
		})
	}
}

func TestAFailedAppendIsToldAndForgotten(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	full := fault.New(fault.Storage, "store.full")
	w.Memory.Fail = func(*judging.Batch) (error, bool) { return full, false }
	m := w.Mark(judge, "001", "piece", "80")
	if o := w.Give(t, judge, m); o.Fault == nil || o.Fault.Kind != fault.Storage {
		t.Fatalf("a full disk: %v", o.Fault)
	}
	w.Memory.Fail = nil
	r := w.Must(t, judge, m)
	if _, err := r.Verify(w.Key.Verifiers()); err != nil {
		t.Errorf("the receipt after the failure: %v", err)
	}
}

// Promise A 11: two programs on one ledger. Whoever loses the head reads up and
// says "try again"; nothing forks, and in the end both have everything.
func TestTwoDesksOnOneLedger(t *testing.T) {
	w := New(t)
	setup := Setup(1, 60, "rehearsal", "open", "open")
	w.Events.Put(setup)
	w.Open(t, 1)
	other := w.NewDesk()
	if err := other.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var done sync.WaitGroup
	retries := make([]int, 2)
	for i, desk := range []*judging.Desk{w.Desk, other} {
		judge := Tablet(1, First+scoring.ChairID(i))
		var marks []judging.MarkCommand
		for n := 1; n <= 60; n++ {
			marks = append(marks, w.Mark(judge, EntryNo(n), "piece", "80"))
		}
		done.Go(func() {
			for _, m := range marks {
				for {
					out, err := desk.Give(context.Background(), judge, []judging.MarkCommand{m})
					if err != nil {
						t.Error(err)
						return
					}
					if out[0].Fault == nil {
						break
					}
					if out[0].Fault.Kind != fault.Unavailable {
						t.Errorf("a lost head: %v", out[0].Fault)
						return
					}
					retries[i]++
				}
			}
		})
	}
	done.Wait()
	lines := w.Memory.Lines(ID('l', 1))
	seen := map[scoring.ID]bool{}
	for i, l := range lines {
		if l.Seq != uint64(i+1) || seen[l.MarkID] {
			t.Fatalf("line %d has seq %d, doubled %v", i, l.Seq, seen[l.MarkID])
		}
		seen[l.MarkID] = true
	}
	if retries[0]+retries[1] == 0 {
		t.Log("nobody lost the head this time")
	}
	for _, desk := range []*judging.Desk{w.Desk, other} {
		// A mark each, so that both have read up.
		judge := Tablet(1, Floor)
		m := w.Mark(judge, EntryNo(1+len(w.Memory.Lines(ID('l', 1)))%60), "score", "5")
		for try := 0; ; try++ {
			out, err := desk.Give(t.Context(), judge, []judging.MarkCommand{m})
			if err != nil || try > 3 {
				t.Fatalf("no end of tries: %v %v", out, err)
			}
			if out[0].Fault == nil {
				break
			}
		}
		p, err := desk.Progress(t.Context(), w.Organiser(), ID('e', 1))
		if err != nil || p.Seq != uint64(len(w.Memory.Lines(ID('l', 1)))) {
			t.Errorf("one desk is at %d of %d: %v", p.Seq, len(w.Memory.Lines(ID('l', 1))), err)
		}
	}
}

// A mark id of another event fails alone: its neighbours of the same commit are
// taken.
func TestAForeignMarkIDFailsAlone(t *testing.T) {
	w := New(t)
	w.Events.Put(Setup(2, 3, "rehearsal", "open", "open"))
	w.Open(t, 1)
	w.Open(t, 2)
	there := Tablet(2, First)
	taken := w.Mark(there, "001", "piece", "70")
	w.Must(t, there, taken)
	here := Tablet(1, First)
	marks := []judging.MarkCommand{
		w.Mark(here, "001", "piece", "80"), w.Mark(here, "002", "piece", "81"), w.Mark(here, "003", "piece", "82"),
	}
	marks[1].MarkID = taken.MarkID
	out, err := w.Desk.Give(t.Context(), here, marks)
	if err != nil {
		t.Fatal(err)
	}
	if code(out[0]) != "" || code(out[1]) != "judging.mark_owner" || code(out[2]) != "" {
		t.Fatalf("outcomes %v, %v, %v", out[0].Fault, out[1].Fault, out[2].Fault)
	}
	for _, i := range []int{0, 2} {
		if _, err := out[i].Receipt.Verify(w.Key.Verifiers()); err != nil {
			t.Errorf("receipt %d: %v", i, err)
		}
	}
}

func TestConcurrentTabletsShareCommits(t *testing.T) {
	w := New(t)
	setup := Setup(1, 100, "rehearsal", "open", "open")
	w.Events.Put(setup)
	w.Open(t, 1)
	gate, hangs := make(chan struct{}), make(chan struct{})
	var once sync.Once
	w.Memory.Fail = func(*judging.Batch) (error, bool) {
		once.Do(func() { close(hangs); <-gate })
		return nil, true
	}
	var done sync.WaitGroup
	w.Memory.Appends = 0
	for n := 1; n <= 100; n++ {
		if n == 2 {
			// The first mark alone is in the commit that hangs: had it taken half of
			// the others with it, sixty would never wait.
			<-hangs
		}
		judge := Tablet(1, First)
		m := w.Mark(judge, EntryNo(n), "piece", "80")
		done.Go(func() { w.Must(t, judge, m) })
	}
	// All that have come while the first commit hangs go into few more.
	if n := w.Desk.Waiting(ID('e', 1), 60); n < 60 {
		t.Fatalf("only %d jobs wait", n)
	}
	close(gate)
	done.Wait()
	if w.Memory.Appends > 50 {
		t.Errorf("%d commits for 100 marks at once", w.Memory.Appends)
	}
}

func TestMarksOfOneCellAreTakenInTurn(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	judge := Tablet(1, First)
	first := w.Mark(judge, "001", "piece", "80")
	fix := w.Mark(judge, "001", "piece", "81")
	fix.Supersedes = first.MarkID
	back := w.Mark(judge, "001", "piece", "")
	back.Kind, back.Supersedes = scoring.Withdraw, fix.MarkID
	out, err := w.Desk.Give(t.Context(), judge, []judging.MarkCommand{first, fix, back, first})
	if err != nil {
		t.Fatal(err)
	}
	for i, o := range out {
		if o.Fault != nil {
			t.Errorf("%d: %v", i, o.Fault)
		}
	}
	if out[0].Receipt.Seq != out[3].Receipt.Seq {
		t.Error("the same mark twice in a delivery has two records")
	}
	b, err := w.Desk.Bundle(t.Context(), judge)
	if err != nil || len(b.Marks) != 0 {
		t.Errorf("after the withdrawal %v holds: %v", b.Marks, err)
	}
}

func TestAJobInTheDoorGivesUpWithItsCaller(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	judge := Tablet(1, First)
	gate, held := make(chan struct{}), make(chan struct{}, 1)
	open := sync.OnceFunc(func() { close(gate) })
	t.Cleanup(open) // or nothing could end when this fails
	w.Memory.Fail = func(*judging.Batch) (error, bool) {
		select {
		case held <- struct{}{}:
		default:
		}
		<-gate
		return nil, true
	}
	var done sync.WaitGroup
	give := func(n int) {
		m := w.Mark(judge, EntryNo(1+n%3), "piece", "80")
		done.Go(func() { w.Give(t, judge, m) })
	}
	give(0)
	<-held // one batch of one mark is at the store: what comes now waits
	for n := range 65 {
		give(1 + n)
	}
	if n := w.Desk.Waiting(ID('e', 1), 64); n < 64 {
		t.Fatalf("%d jobs wait", n)
	}
	_, err := w.Desk.Give(ctx, judge, []judging.MarkCommand{w.Mark(judge, "001", "piece", "80")})
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != "judging.busy" {
		t.Errorf("a full queue: %v", err)
	}
	open()
	done.Wait()
}
