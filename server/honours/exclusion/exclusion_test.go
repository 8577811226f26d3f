package exclusion_test

import (
	"testing"
	"time"

	"jiangtai/server/honours/exclusion"
)

var windows = []exclusion.Window{{Kind: "arrears", Years: 0}, {Kind: "accident", Years: 3}, {Kind: "tax", Years: 2}, {Kind: "grave_accident", Years: 5}}

func TestWindows(t *testing.T) {
	for _, c := range []struct {
		kind, incident, on string
		excluded           bool
	}{
		{"accident", "2023-05-10", "2026-05-09", true},
		{"accident", "2023-05-10", "2026-05-10", false},
		{"accident", "2023-05-10", "2023-05-10", true},
		{"accident", "2023-05-10", "2023-05-09", false},
		{"tax", "2024-06-30", "2026-06-29", true},
		{"tax", "2024-06-30", "2026-06-30", false},
		{"grave_accident", "2024-02-29", "2029-02-28", true},
		{"grave_accident", "2024-02-29", "2029-03-01", false},
		{"arrears", "2026-01-01", "2026-12-31", true},
		{"arrears", "2026-12-31", "2027-01-01", false},
		{"gossip", "2026-04-01", "2026-04-02", false},
	} {
		parse := func(s string) time.Time {
			d, err := time.Parse(time.DateOnly, s)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		if got := exclusion.Excludes(windows, c.kind, parse(c.incident), parse(c.on)); got != c.excluded {
			t.Errorf("%+v: excluded %v", c, got)
		}
	}
}

func TestFaultyWindows(t *testing.T) {
	if err := exclusion.Check(windows); err != nil {
		t.Error(err)
	}
	for _, bad := range [][]exclusion.Window{{{Kind: "", Years: 1}}, {{Kind: "a", Years: -1}}, {{Kind: "a", Years: 31}}, {{Kind: "a"}, {Kind: "a"}}} {
		if exclusion.Check(bad) == nil {
			t.Errorf("%v was accepted", bad)
		}
	}
}
