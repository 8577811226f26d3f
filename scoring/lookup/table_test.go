package lookup_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/lookup"
)

// TestATableIsAMap: whatever is put and asked for, in whatever order.
func TestATableIsAMap(t *testing.T) {
	key := rapid.OneOf(
		rapid.StringN(0, 3, 3), rapid.StringMatching(`[ab]{0,10}`), rapid.StringMatching(`-?[0-9]{1,3}(\.[0-9]{1,2})?`),
		rapid.StringMatching(`aaaaaaaa[ab]{0,3}bbbbbbbb`), rapid.String(),
	)
	rapid.Check(t, func(t *rapid.T) {
		var table lookup.Table[int]
		want := map[string]int{}
		for i := range rapid.IntRange(0, 200).Draw(t, "steps") {
			k := key.Draw(t, "key")
			if rapid.Bool().Draw(t, "put") {
				table.Put(k, i)
				want[k] = i
			}
			n, ok := want[k]
			if got, found := table.Find(k); got != n || found != ok || table.Len() != len(want) {
				t.Fatalf("%q: %d %v of %d, want %d %v of %d", k, got, found, table.Len(), n, ok, len(want))
			}
		}
		for k, n := range want {
			if got, ok := table.Find(k); got != n || !ok {
				t.Fatalf("%q: %d %v, want %d", k, got, ok, n)
			}
		}
	})
}

// TestNothingIsFoundInNothing.
func TestNothingIsFoundInNothing(t *testing.T) {
	var table lookup.Table[*int]
	if got, ok := table.Find(""); got != nil || ok || table.Len() != 0 {
		t.Errorf("%v %v in %d", got, ok, table.Len())
	}
}

// TestUsualTextsStandApart: ids and marks of a contest do not stand in one heap, for
// then a table would be a list.
func TestUsualTextsStandApart(t *testing.T) {
	for name, text := range map[string]func(i int) string{
		"A1.2":     func(i int) string { return fmt.Sprintf("%c%d.%d", 'A'+i/100, i/10%10, i%10) },
		"aspect-7": func(i int) string { return fmt.Sprintf("aspect-%d", i) },
		"long":     func(i int) string { return strings.Repeat("practical-", 3) + fmt.Sprint(i) },
		"marks":    func(i int) string { return fmt.Sprintf("%d.%02d", i/4, i%4*25) },
	} {
		n := 400
		if most := lookup.Longest(n, text); most > 20 {
			t.Errorf("%s: %d steps to find one of %d", name, most, n)
		}
	}
}
