package scoring_test

import (
	"fmt"
	"testing"

	"jiangtai/scoring"
)

// TestTotalsBeyondAnyKey: totals that 64 bits do not hold with their places are
// ordered, tied and shared like others.
func TestTotalsBeyondAnyKey(t *testing.T) {
	for order, want := range map[string]string{
		"descending": "1:2 2:4 3:2 4:1 5:6 6:5",
		"ascending":  "1:4 2:3 3:4 4:6 5:1 6:2",
	} {
		text := `{"format":"jiangtai.scheme/1","name":{"zh":"大"},"ranking":{"order":"` + order + `"},"rounding":{"total":{"places":6}},"panels":[],
			"components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"模块"},"subs":[{"id":"s","name":{"zh":"项"},"aspects":[
			{"id":"a","name":{"zh":"点"},"kind":"external","min":"-999999999","factor":"999999999"}]}]}]}]}`
		d := newDesk(t, compile(t, text), nil, 6)
		d.act(scoring.Open, "")
		for i, v := range []string{"999999998", "5", "999999998", "999999999", "-999999999", "-999999998"} {
			d.must(mark(i+1, "a", 0, v))
		}
		got := ""
		for i := range 6 {
			for _, r := range d.board.View(scoring.Chief).Rows {
				if r.Entry == scoring.EntryID(i+1) {
					got += fmt.Sprintf(" %d:%d", i+1, r.Rank)
				}
			}
		}
		if got[1:] != want {
			t.Errorf("%s: %s, want %s", order, got[1:], want)
		}
	}
}
