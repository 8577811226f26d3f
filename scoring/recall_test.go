package scoring_test

import (
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring"
)

// TestRecallIsApply: a board that recalled some records and applied the others is
// the board that applied them all, and tells everybody the same from then on.
func TestRecallIsApply(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := drawWorld(rt, t)
		for range rapid.IntRange(1, 120).Draw(rt, "steps") {
			w.step(rt)
		}
		at := rapid.IntRange(0, len(w.records)).Draw(rt, "recalled")
		told, err := scoring.Rebuild(w.set, w.records[:at])
		if err != nil {
			rt.Fatal(err)
		}
		b := scoring.NewBoard(w.set)
		for _, r := range w.records[:at] {
			if err := b.Recall(r); err != nil {
				rt.Fatal(err)
			}
		}
		b.Recalled(told.Told())
		w.holdSame(rt, t, b, told)
		var now, want scoring.Change
		for _, r := range w.records[at:] {
			if err := b.Apply(r, &now); err != nil {
				rt.Fatal(err)
			}
			if err := told.Apply(r, &want); err != nil {
				rt.Fatal(err)
			}
			if got, want := asText(t, now), asText(t, want); got != want {
				rt.Fatalf("record %d: told\n%s\nwant\n%s", r.Seq, got, want)
			}
		}
		w.holdSame(rt, t, b, w.board)
	})
}

// holdSame holds two boards against each other.
func (w *world) holdSame(t *rapid.T, tb testing.TB, b, want *scoring.Board) {
	if b.Seq() != want.Seq() || b.Told() != want.Told() {
		t.Fatalf("record %d, told %v; want %d, %v", b.Seq(), b.Told(), want.Seq(), want.Told())
	}
	for a := range scoring.Audiences {
		if got, want := asText(tb, b.View(a)), asText(tb, want.View(a)); got != want {
			t.Fatalf("view %d:\n%s\nwant\n%s", a, got, want)
		}
	}
	for e := 1; e <= w.entries; e++ {
		if got, want := asText(tb, b.Working(scoring.EntryID(e))), asText(tb, want.Working(scoring.EntryID(e))); got != want {
			t.Fatalf("working:\n%s\nwant\n%s", got, want)
		}
	}
	for chair := range w.judges + 2 {
		if got, want := asText(tb, b.Marks(scoring.ChairID(chair))), asText(tb, want.Marks(scoring.ChairID(chair))); got != want {
			t.Fatalf("marks of chair %d:\n%s\nwant\n%s", chair, got, want)
		}
	}
}

func TestRecallRefuses(t *testing.T) {
	b := scoring.NewBoard(scoring.RuleSet{})
	if err := b.Recall(scoring.Record{Command: scoring.Command{Kind: scoring.Mark}, Seq: 1}); err == nil {
		t.Error("a mark was recalled before there were rules")
	}
	if err := b.Recall(scoring.Record{Command: scoring.Command{Kind: scoring.Adopt}, Seq: 2}); err == nil {
		t.Error("a record was left out")
	}
}
