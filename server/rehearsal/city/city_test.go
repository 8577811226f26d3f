package city

import (
	"bytes"
	"strings"
	"testing"

	"jiangtai/scoring/scheme"
)

func TestEverySchemeOfTheCityIsSound(t *testing.T) {
	entries, err := files.ReadDir("schemes")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) < 8 {
		t.Fatalf("%d schemes, want several kinds", len(entries))
	}
	for _, e := range entries {
		raw, err := files.ReadFile("schemes/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := scheme.Parse(raw); err != nil {
			t.Errorf("%s: %v", e.Name(), err)
		}
	}
}

func TestTheCityHas104TradesOfThreeDepths(t *testing.T) {
	trades, err := Trades()
	if err != nil {
		t.Fatal(err)
	}
	depths, schemes := map[string]int{}, map[string]int{}
	for _, trade := range trades {
		depths[trade.Depth]++
		schemes[trade.Scheme]++
	}
	if len(trades) != 104 {
		t.Errorf("%d trades, want 104", len(trades))
	}
	if depths["tablet"] < 80 || depths["paper"] == 0 || depths["results"] == 0 {
		t.Errorf("depths %v: most on tablets, some on paper, some results only", depths)
	}
	if len(schemes) != 12 || schemes["team"] != 1 {
		t.Errorf("schemes in use %v, want all twelve, and one of teams", schemes)
	}
	full := 0
	for _, trade := range trades[:12] {
		if trade.Chain == "full" && trade.Coded() && trade.Depth == "tablet" {
			full++
		}
	}
	if full != 5 {
		t.Errorf("%d of the first twelve trades go the whole way, want 5", full)
	}
}

func TestTheSameSeedGivesTheSameCity(t *testing.T) {
	a, err := Files(7, Size{Trades: 20, Entries: 5})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Files(7, Size{Trades: 20, Entries: 5})
	if err != nil {
		t.Fatal(err)
	}
	other, err := Files(8, Size{Trades: 20, Entries: 5})
	if err != nil {
		t.Fatal(err)
	}
	for name := range a {
		if !bytes.Equal(a[name], b[name]) {
			t.Errorf("%s differs between two runs of one seed", name)
		}
	}
	if bytes.Equal(a["entries.csv"], other["entries.csv"]) {
		t.Error("another seed gives the same people")
	}
}

func TestNobodyIsThereTwice(t *testing.T) {
	tree, err := Files(1, Size{})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	rows := strings.Split(strings.TrimSpace(string(tree["entries.csv"])), "\n")[1:]
	if len(rows) != 104*40 {
		t.Fatalf("%d entries, want %d", len(rows), 104*40)
	}
	for _, row := range rows {
		cells := strings.Split(row, ",")
		name := cells[3]
		if cells[5] == "team" {
			continue
		}
		if seen[name] {
			t.Fatalf("%s competes twice", name)
		}
		seen[name] = true
	}
}

func TestTeamsHaveThreeMembersOfOneGroup(t *testing.T) {
	for _, n := range []int{5, 40} {
		tree, err := Files(3, Size{Trades: 12, Entries: n})
		if err != nil {
			t.Fatal(err)
		}
		members, groups := map[string]int{}, map[string]string{}
		for _, row := range strings.Split(strings.TrimSpace(string(tree["entries.csv"])), "\n")[1:] {
			cells := strings.Split(row, ",")
			switch number, team, group := cells[1], cells[6], cells[7]; {
			case cells[5] == "team":
				groups[number] = group
			case team != "":
				members[team]++
				if group == "" || groups[team] != group {
					t.Errorf("%s of group %q in a team of %q", number, group, groups[team])
				}
			}
		}
		if len(groups) != max(2, n/4) {
			t.Errorf("%d teams of about %d entries", len(groups), n)
		}
		for team := range groups {
			if members[team] != 3 {
				t.Errorf("team %s has %d members", team, members[team])
			}
		}
	}
}
