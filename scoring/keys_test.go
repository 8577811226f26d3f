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

// TestATeamWithoutAMembersTime: between teams of equal totals the sum of their
// members' times decides; one with a member who has none stands behind.
func TestATeamWithoutAMembersTime(t *testing.T) {
	text := `{"format":"jiangtai.scheme/1","name":{"zh":"队"},"panels":[{"id":"floor","name":{"zh":"现场"}}],
		"teams":{"take":"sum","size":2,"keys":[{"by":"time","id":"clock"}]},
		"components":[{"id":"c","name":{"zh":"部"},"criteria":[{"id":"k","name":{"zh":"模块"},"subs":[{"id":"s","name":{"zh":"项"},"aspects":[
		{"id":"job","name":{"zh":"作业"},"kind":"points","panel":"floor","max":"100"},
		{"id":"clock","name":{"zh":"用时"},"kind":"time","panel":"floor","mode":"tiebreak"}]}]}]}]}`
	d := newDesk(t, compile(t, text), seating{{"floor", 1}}, 6)
	for team := 7; team <= 9; team++ {
		d.must(scoring.Command{Kind: scoring.Admit, Entry: scoring.EntryID(team), Value: "ranked,prize,unit,advance,team"})
		for member := range 2 {
			d.must(belong((team-7)*2+member+1, "team", fmt.Sprint(team)))
		}
	}
	d.act(scoring.Open, "")
	for i, clock := range []string{"10", "-", "900", "901", "900", "900"} {
		d.must(mark(i+1, "job", 1, "50"))
		c := mark(i+1, "clock", 1, clock)
		if clock == "-" {
			c.Kind, c.Value = scoring.NotPerformed, ""
		}
		d.must(c)
	}
	for team, rank := range map[int]int{7: 3, 8: 2, 9: 1} {
		if r := d.row(scoring.Chief, team); r.Rank != rank || r.Total != "100.00" {
			t.Errorf("team %d: %+v, want rank %d", team, r, rank)
		}
	}
}
