package judging_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/judging"
	. "jiangtai/server/judging/judgingtest"
)

// Judges mark, correct, take back and replay at random, four at once, so that
// commits hold many marks. In the end the board is the one that the stored
// records give when each is checked and applied alone.
func TestTheBoardIsTheFoldOfItsLedger(t *testing.T) {
	const entries, rounds = 8, 60
	w := New(t)
	setup := Setup(1, entries, contest.Rehearsal, "open", "open")
	w.Events.Put(setup)
	w.Open(t, 1)
	var done sync.WaitGroup
	for chair := Floor; chair <= Last; chair++ {
		done.Go(func() { scribble(t, w, chair, entries, rounds) })
	}
	done.Wait()

	alone := scoring.NewBoard(setup.Rules)
	var change scoring.Change
	for _, l := range w.Memory.Lines(ID('l', 1)) {
		rec, err := scoring.ParseRecord(l.Body)
		if err != nil {
			t.Fatal(err)
		}
		if rec.Kind != scoring.Late {
			if _, no := alone.Check(rec.Command); no != nil {
				t.Fatalf("record %d would be refused by itself: %+v", rec.Seq, no)
			}
		}
		if err := alone.Apply(rec, &change); err != nil {
			t.Fatal(err)
		}
	}
	for i := 1; i <= entries; i++ {
		got, err := w.Desk.Working(t.Context(), w.Organiser(), ID('e', 1), EntryNo(i))
		if err != nil {
			t.Fatal(err)
		}
		if a, b := text(t, got.Working), text(t, alone.Working(scoring.EntryID(i))); a != b {
			t.Errorf("entry %d:\n%s\n%s", i, a, b)
		}
	}
	lines := len(w.Memory.Lines(ID('l', 1)))
	if w.Memory.Appends >= lines-len(setup.Entries) {
		t.Errorf("%d commits for %d records: nothing was joined", w.Memory.Appends, lines)
	}
}

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// scribble gives deliveries of a chair at random; refusals are part of it.
func scribble(t *testing.T, w *World, chair scoring.ChairID, entries, rounds int) {
	aspects := map[scoring.ChairID][]string{Floor: {"score"}, Blind: {"finish"}}[chair]
	if aspects == nil {
		aspects = []string{"piece", "level"}
	}
	judge := Tablet(1, chair)
	r := rand.New(rand.NewPCG(uint64(chair), 7))
	stands := map[string]scoring.ID{}
	number := uint32(0)
	for range rounds {
		var marks []judging.MarkCommand
		for range 1 + r.IntN(12) {
			number++
			aspect := aspects[r.IntN(len(aspects))]
			m := judging.MarkCommand{
				MarkID: ID('q', int(chair)<<20|int(number)), Event: ID('e', 1), Chair: chair, Kind: scoring.Mark,
				Work: EntryNo(1 + r.IntN(entries)), Aspect: aspect, Value: fmt.Sprint(r.IntN(4)), Version: 1, DeviceSeq: number,
				Round: uint8(1 + r.IntN(10)/9),
			}
			m.Supersedes = stands[m.Work+m.Aspect]
			if r.IntN(8) == 0 {
				m.Kind, m.Value = scoring.Withdraw, ""
			}
			marks = append(marks, m)
			if r.IntN(10) == 0 {
				marks = append(marks, m)
			}
		}
		out, err := w.Desk.Give(context.Background(), judge, marks)
		if err != nil {
			t.Error(err)
			return
		}
		for i, o := range out {
			if o.Fault != nil {
				continue
			}
			key := marks[i].Work + marks[i].Aspect
			stands[key] = marks[i].MarkID
			if marks[i].Kind == scoring.Withdraw {
				stands[key] = scoring.ID{}
			}
		}
	}
}

// S10: a spread that is too wide is no refusal: the panel marks a new round, and
// the old one stays on record.
func TestASpreadOpensARound(t *testing.T) {
	w := New(t)
	w.Open(t, 1)
	level := func(chair scoring.ChairID, round uint8, value string) judging.Outcome {
		judge := Tablet(1, chair)
		m := w.Mark(judge, "001", "level", value)
		m.Round = round
		return w.Give(t, judge, m)
	}
	if got := code(level(First, 2, "1")); got != "judging.round_not_open" {
		t.Errorf("a second round before the first: %q", got)
	}
	for i, value := range []string{"1", "3", "2"} {
		if o := level(First+scoring.ChairID(i), 1, value); o.Fault != nil {
			t.Fatalf("round 1: %v", o.Fault)
		}
	}
	for i, value := range []string{"2", "2", "3"} {
		if o := level(First+scoring.ChairID(i), 2, value); o.Fault != nil {
			t.Fatalf("round 2: %v", o.Fault)
		}
	}
	v, err := w.Desk.Panel(t.Context(), Tablet(1, First), ID('e', 1), "001", "level", 1)
	if err != nil || v.Round != 2 || !v.Complete || !v.Repeated {
		t.Errorf("%+v, %v", v, err)
	}
	b, err := w.Desk.Bundle(t.Context(), Tablet(1, First))
	if err != nil || len(b.Marks) != 2 {
		t.Errorf("both rounds are on record: %+v, %v", b.Marks, err)
	}
}
