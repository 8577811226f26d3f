package lens_test

import (
	"fmt"
	"testing"

	"jiangtai/scoring/lens"
	"jiangtai/scoring/record"
	"jiangtai/scoring/report"
)

// TestLeads: who sees alike is led by one, who is told of no rows by none.
func TestLeads(t *testing.T) {
	live := lens.State{Phase: report.Running, Release: record.Live}
	ranks := lens.State{Phase: report.Running, Release: record.Ranks}
	for name, c := range map[string]struct {
		state  lens.State
		untold [report.Audiences]bool
		want   string
	}{
		"all see all":           {live, [report.Audiences]bool{}, "012 all;"},
		"the public sees ranks": {ranks, [report.Audiences]bool{}, "0;12 all;"},
		"the public is not told": {
			ranks, [report.Audiences]bool{report.Public: true}, "12 all;",
		},
		"nobody is told": {live, [report.Audiences]bool{true, true, true, true}, ""},
		"sealed":         {lens.State{Phase: report.Running, Release: record.Live, Sealed: true}, [report.Audiences]bool{}, "1;2 all;"},
	} {
		var seen [report.Audiences]lens.Look
		for a := range seen {
			seen[a] = lens.Of(report.Audience(a), c.state)
		}
		got := ""
		for _, l := range lens.Leads(&seen, &c.untold) {
			for _, a := range l.Who {
				got += fmt.Sprint(a)
			}
			if l.All {
				got += " all"
			}
			got += ";"
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
