package labels

import (
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/programme/outline"
	"jiangtai/server/programme/workcode"
)

// Labels that are there stay; the others are new, none is twice, and ordinals
// are a permutation.
func TestNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "entries")
		shape := outline.Outline{Seated: rapid.Bool().Draw(t, "seated"), Coded: rapid.Bool().Draw(t, "coded")}
		list := make([]contest.Entry, n)
		given := map[string]int{}
		for i := range list {
			if rapid.Bool().Draw(t, "has a number") {
				list[i].EntryNo = workcode.Code(i)[:3]
				given[list[i].EntryNo] = i
			}
			if rapid.Bool().Draw(t, "has a code") {
				list[i].WorkCode = workcode.Code(i * 7)
			}
			if rapid.Bool().Draw(t, "has a seat") {
				list[i].SeatNo = workcode.Code(i + 1)[:3]
			}
		}
		before := append([]contest.Entry{}, list...)
		Number(list, shape)
		nos, seats, codes, ordinals := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[scoring.EntryID]bool{}
		for i, e := range list {
			b := before[i]
			if b.EntryNo != "" && e.EntryNo != b.EntryNo || b.SeatNo != "" && e.SeatNo != b.SeatNo || b.WorkCode != "" && e.WorkCode != b.WorkCode {
				t.Fatalf("%+v became %+v", b, e)
			}
			if e.EntryNo == "" || shape.Seated && e.SeatNo == "" || shape.Coded && !workcode.IsCode(e.WorkCode) || !shape.Coded && e.WorkCode != b.WorkCode {
				t.Fatalf("lacking: %+v", e)
			}
			if nos[e.EntryNo] || e.SeatNo != "" && seats[e.SeatNo] || e.WorkCode != "" && codes[e.WorkCode] || ordinals[e.Ordinal] {
				t.Fatalf("twice: %+v", e)
			}
			if e.Ordinal < 1 || int(e.Ordinal) > n || !shape.Sealed() && int(e.Ordinal) != i+1 {
				t.Fatalf("ordinal of %+v", e)
			}
			nos[e.EntryNo], seats[e.SeatNo], codes[e.WorkCode], ordinals[e.Ordinal] = true, true, true, true
		}
	})
}

// A thousand entries use up a thousand codes.
func TestNumberUsesAllCodes(t *testing.T) {
	list := make([]contest.Entry, workcode.Codes)
	Number(list, outline.Outline{Coded: true})
	seen := map[string]bool{}
	inOrder := 0
	for i, e := range list {
		seen[e.WorkCode] = true
		if e.WorkCode == workcode.Code(i) {
			inOrder++
		}
	}
	// By chance one code in a thousand stands at its own place; fifty would be order.
	if len(seen) != workcode.Codes || inOrder > 50 {
		t.Errorf("%d codes, %d in order", len(seen), inOrder)
	}
}
