package judgingstore_test

import (
	"reflect"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/judging"
	"jiangtai/server/judging/clerk"
	. "jiangtai/server/judging/judgingtest"
)

// What is asked of all ledgers at once is what each says for itself.
func TestHowAllLedgersStand(t *testing.T) {
	b := newBase(t)
	w := With(t, b.store, b.store)
	w.Events.Put(Setup(2, 3, contest.Rehearsal, "open", "open"))
	w.Open(t, 1)
	w.Open(t, 2)
	for n := 1; n <= 2; n++ {
		judge := Tablet(n, First)
		w.Must(t, judge, w.Mark(judge, "001", "piece", "80.5"))
		for range n {
			if o := w.Give(t, judge, w.Mark(judge, "001", "level", "9")); o.Fault == nil {
				t.Fatal("level 9 was taken")
			}
		}
	}
	if err := b.store.Create(t.Context(), ID('l', 3)); err != nil {
		t.Fatal(err)
	}
	ids := []contest.ID{ID('l', 1), ID('l', 2), ID('l', 3), ID('l', 4)}
	got, err := b.store.Starts(t.Context(), ids)
	if err != nil || len(got) != 3 {
		t.Fatalf("%d starts, %v", len(got), err)
	}
	for i, id := range ids[:3] {
		var want clerk.Start
		if want.State, err = b.store.Begin(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if want.Refused, err = b.store.Refusals(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if err := b.store.Heads(t.Context(), id, max(want.State.Seq, 1), 1, func(size uint64, note string) error {
			want.Size, want.Note = size, note
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(*got[id], want) || len(want.Refused) != []int{1, 2, 0}[i] || (want.Note == "") != (i == 2) {
			t.Errorf("ledger %d: %+v, not %+v", i+1, *got[id], want)
		}
	}
	var none []judging.Refusal
	if list, err := b.store.Refusals(t.Context(), ID('l', 4)); err != nil || !reflect.DeepEqual(list, none) {
		t.Errorf("of a ledger that is not there: %v, %v", list, err)
	}
}
