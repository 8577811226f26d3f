package programme

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

// Every slip of a hand is noticed: a wrong digit, two exchanged, a wrong letter.
func TestWorkCodes(t *testing.T) {
	for n := range WorkCodes {
		code := WorkCode(n)
		if !IsWorkCode(code) {
			t.Fatalf("%s is refused", code)
		}
		for i := range 3 {
			for d := byte('0'); d <= '9'; d++ {
				slip := code[:i] + string(d) + code[i+1:]
				if slip != code && IsWorkCode(slip) {
					t.Fatalf("%s for %s goes unnoticed", slip, code)
				}
			}
			for j := range i {
				b := []byte(code)
				b[i], b[j] = b[j], b[i]
				if string(b) != code && IsWorkCode(string(b)) {
					t.Fatalf("%s for %s goes unnoticed", b, code)
				}
			}
		}
		for _, letter := range codeLetters {
			slip := code[:3] + string(letter)
			if slip != code && IsWorkCode(slip) {
				t.Fatalf("%s for %s goes unnoticed", slip, code)
			}
		}
	}
	for _, s := range []string{"", "41D", "417", "4170D", "417d", "41７D", "A17D", "-17D", "417I", "417O", "417Q"} {
		if IsWorkCode(s) {
			t.Errorf("%q is taken for a code", s)
		}
	}
	if WorkCode(417) != "417D" || WorkCode(0) != "000A" || WorkCode(22) != "022Z" || strings.ContainsAny(codeLetters, "IOQ") {
		t.Error("the letters are not those of docs/package.md")
	}
}

// Labels that are there stay; the others are new, none is twice, and ordinals
// are a permutation.
func TestNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "entries")
		shape := Outline{Seated: rapid.Bool().Draw(t, "seated"), Coded: rapid.Bool().Draw(t, "coded")}
		list := make([]contest.Entry, n)
		given := map[string]int{}
		for i := range list {
			if rapid.Bool().Draw(t, "has a number") {
				list[i].EntryNo = WorkCode(i)[:3]
				given[list[i].EntryNo] = i
			}
			if rapid.Bool().Draw(t, "has a code") {
				list[i].WorkCode = WorkCode(i * 7)
			}
			if rapid.Bool().Draw(t, "has a seat") {
				list[i].SeatNo = WorkCode(i + 1)[:3]
			}
		}
		before := append([]contest.Entry{}, list...)
		number(list, shape)
		nos, seats, codes, ordinals := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[scoring.EntryID]bool{}
		for i, e := range list {
			b := before[i]
			if b.EntryNo != "" && e.EntryNo != b.EntryNo || b.SeatNo != "" && e.SeatNo != b.SeatNo || b.WorkCode != "" && e.WorkCode != b.WorkCode {
				t.Fatalf("%+v became %+v", b, e)
			}
			if e.EntryNo == "" || shape.Seated && e.SeatNo == "" || shape.Coded && !IsWorkCode(e.WorkCode) || !shape.Coded && e.WorkCode != b.WorkCode {
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
	list := make([]contest.Entry, WorkCodes)
	number(list, Outline{Coded: true})
	seen := map[string]bool{}
	inOrder := 0
	for i, e := range list {
		seen[e.WorkCode] = true
		if e.WorkCode == WorkCode(i) {
			inOrder++
		}
	}
	// By chance one code in a thousand stands at its own place; fifty would be order.
	if len(seen) != WorkCodes || inOrder > 50 {
		t.Errorf("%d codes, %d in order", len(seen), inOrder)
	}
}
