package judging_test

import (
	"errors"
	"slices"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

func TestGatesAreAskedBeforeTheirActs(t *testing.T) {
	w := New(t)
	w.Events.Put(Setup(1, 3, contest.Rehearsal, "open", "coded"))
	w.Restart(t)
	no := fault.New(fault.Refused, "results.recheck")
	refuse := map[judging.ActKind]bool{}
	w.Gates.Ask = func(s *judging.Setup, act judging.ActKind) error {
		if s.Event.ID != ID('e', 1) {
			t.Errorf("asked about event %s", s.Event.ID)
		}
		if refuse[act] {
			return no
		}
		return nil
	}
	w.Open(t, 1)
	w.Act(t, 1, judging.Act{Kind: judging.ActFreeze})
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	refuse[judging.ActUnseal] = true
	before := len(w.Memory.Lines(ID('l', 1)))
	unseal := judging.Act{ID: w.MarkID(), Kind: judging.ActUnseal, Second: &judging.Second{User: "supervisor", Password: "right"}}
	if _, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), unseal); !errors.Is(err, no) {
		t.Fatalf("a gate's objection came as %v", err)
	}
	if got := len(w.Memory.Lines(ID('l', 1))); got != before {
		t.Fatalf("%d records were written against an objection", got-before)
	}
	refuse[judging.ActUnseal] = false
	first := w.Act(t, 1, unseal)
	asked := []judging.ActKind{judging.ActOpen, judging.ActLock, judging.ActUnseal, judging.ActUnseal}
	refuse[judging.ActUnseal] = true
	if again := w.Act(t, 1, unseal); again.Seq != first.Seq || again.Head != first.Head {
		t.Errorf("the replay's receipt is another: %d, %d", again.Seq, first.Seq)
	}
	if got := w.Gates.Asked(); !slices.Equal(got, asked) {
		t.Errorf("asked %v, want %v", got, asked)
	}
	_, err := w.Desk.Act(t.Context(), Staff(9, contest.Spectator), ID('e', 1), judging.Act{ID: w.MarkID(), Kind: judging.ActPublish})
	if fault.Code(err) != "judging.role" || len(w.Gates.Asked()) != len(asked) {
		t.Errorf("a gate was asked for somebody without the right: %v", err)
	}
}

// A gate saw the ledger without a change of status that came while it looked:
// what it allowed was another result.
func TestGatesLookAgainWhenTheLedgerHasMoved(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	moves := 1
	w.Gates.Ask = func(_ *judging.Setup, act judging.ActKind) error {
		if moves > 0 && act == judging.ActPublish {
			moves--
			w.Act(t, 1, judging.Act{Kind: judging.ActStatus, EntryNo: EntryNo(1), Value: string(scoring.DidNotStart), Reason: "缺赛"})
		}
		return nil
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActPublish})
	if got := w.Gates.Asked(); len(got) != 4 {
		t.Errorf("asked %v: want the publication's gate twice", got)
	}
	w.Act(t, 1, judging.Act{Kind: judging.ActReopen, Reason: "更正"})
	w.Act(t, 1, judging.Act{Kind: judging.ActLock})
	moves = 99
	_, err := w.Desk.Act(t.Context(), w.Organiser(), ID('e', 1), judging.Act{ID: w.MarkID(), Kind: judging.ActPublish})
	if fault.Code(err) != "judging.busy" {
		t.Errorf("a ledger that never stands still: %v", err)
	}
}

func TestReadingABoard(t *testing.T) {
	w := New(t)
	read := func() (out judging.Reading, phase scoring.Phase) {
		t.Helper()
		if err := w.Desk.Read(t.Context(), ID('e', 1), func(r judging.Reading) error {
			out, phase = r, r.Board.Phase()
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return out, phase
	}
	empty, phase := read()
	if empty.Seq != 0 || !empty.At.IsZero() || phase != scoring.Waiting || len(empty.Head) != 64 || len(empty.Setup.Entries) != 3 {
		t.Errorf("an event that was not opened reads as %+v in phase %s", empty, phase)
	}
	opened := w.Open(t, 1)
	got, phase := read()
	lines := w.Memory.Lines(ID('l', 1))
	last := lines[len(lines)-1]
	if got.Seq != last.Seq || got.Seq != opened.Seq || got.Head != last.Hash.String() || got.At.UnixNano() != opened.At || phase != scoring.Running {
		t.Errorf("read %d %s at %s, phase %s; want record %d, %s", got.Seq, got.Head, got.At, phase, last.Seq, last.Hash)
	}
	wrong := errors.New("the reader's own")
	if err := w.Desk.Read(t.Context(), ID('e', 1), func(judging.Reading) error { return wrong }); !errors.Is(err, wrong) {
		t.Errorf("the reader's error came as %v", err)
	}
	if err := w.Desk.Read(t.Context(), ID('e', 9), func(judging.Reading) error { return nil }); fault.Code(err) != "judging.missing" {
		t.Errorf("an event that is not there: %v", err)
	}
}
