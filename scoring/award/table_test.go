package award_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/award"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
)

// members reads "unit event rank total practical seconds prize fixed?" lines.
func members(t *testing.T, text string) []award.Member {
	t.Helper()
	var list []award.Member
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		w := strings.Fields(line)
		m := award.Member{
			Unit: w[0], Event: w[1], Entry: record.EntryID(i + 1), Flags: record.AllFlags, Total: exact.Must(w[3]),
			Practical: exact.Must(w[4]), Seconds: exact.Must(w[5]), Prize: w[6], Fixed: len(w) > 7 && w[7] == "team",
		}
		if _, err := fmt.Sscan(w[2], &m.Rank); err != nil {
			t.Fatal(err)
		}
		list = append(list, m)
	}
	return list
}

const city = `
east fitting 1 95 96 100 first team
east fitting 4 88 85 110 third team
east fitting 5 87 80 90 third
east fitting 9 70 70 95 -
east welding 2 91 92 80 second team
west fitting 2 93 90 120 second team
west fitting 3 90 91 100 second
west welding 1 92 93 70 first team
west welding 8 75 74 88 - team
north welding 3 90 95 60 second
south welding 0 0 0 0 - team`

func lines(list []award.Line) string {
	var out []string
	for _, l := range list {
		out = append(out, fmt.Sprintf("%d %s %s/%d", l.Rank, l.Unit, l.Score, l.Counted))
	}
	return strings.Join(out, ", ")
}

func TestTables(t *testing.T) {
	points := map[string]int{"first": 8, "second": 4, "third": 2}
	for name, c := range map[string]struct {
		table award.Table
		want  string
	}{
		"best three": {award.Table{Kind: award.BestOf}, "1 east 361/4, 2 west 350/4, 3 north 90/1, 4 south 0/0"},
		"best one":   {award.Table{Kind: award.BestOf, Best: 1}, "1 east 186/2, 2 west 185/2, 3 north 90/1, 4 south 0/0"},
		"team":       {award.Table{Kind: award.FixedTeam}, "1 east 274/3, 2 west 260/3, 0 north 0/0, 0 south 0/0"},
		"team of four": {
			award.Table{Kind: award.FixedTeam, Team: 4},
			"0 east 274/3, 0 west 260/3, 0 north 0/0, 0 south 0/0",
		},
		"points": {award.Table{Kind: award.Points, Points: points}, "1 west 16/3, 2 east 16/4, 3 north 4/1, 4 south 0/0"},
		"points, then practical": {
			award.Table{Kind: award.Points, Points: points, Ties: []award.TieKey{award.ByPractical}},
			"1 east 16/4, 2 west 16/3, 3 north 4/1, 4 south 0/0",
		},
		"points, then time": {
			award.Table{Kind: award.Points, Points: points, Ties: []award.TieKey{award.BySeconds}},
			"1 west 16/3, 2 east 16/4, 3 north 4/1, 4 south 0/0",
		},
		"points, shared": {
			award.Table{Kind: award.Points, Points: points, Ties: []award.TieKey{}},
			"1 east 16/4, 1 west 16/3, 3 north 4/1, 4 south 0/0",
		},
		"times": {award.Table{Kind: award.BestOf, Best: 1, Lower: true}, "1 north 90/1, 2 west 185/2, 3 east 186/2, 0 south 0/0"},
	} {
		if got := lines(c.table.Rank(members(t, city))); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

// TestPlacesDecideFirst: equal points; more firsts, then more seconds.
func TestPlacesDecideFirst(t *testing.T) {
	table := award.Table{Kind: award.Points, Points: map[string]int{"a": 4, "b": 2}}
	got := table.Rank(members(t, `
x e1 1 9 1 9 a
x e2 3 9 1 9 b
y e1 2 9 5 9 b
y e2 2 9 5 9 a
z e3 1 9 1 9 a
z e3 2 9 1 9 b`))
	if lines(got) != "1 z 6/2, 2 x 6/2, 3 y 6/2" || fmt.Sprint(got[0].Places, got[1].Places, got[2].Places) != "[1 1] [1 0 1] [0 2]" {
		t.Fatalf("%s %+v", lines(got), got)
	}
}

// TestGuestsDoNotCountForTheirUnit, whatever their rank.
func TestGuestsDoNotCountForTheirUnit(t *testing.T) {
	list := members(t, city)
	list[0].Flags = record.Ranked | record.MayWin
	table := award.Table{Kind: award.BestOf, Best: 1}
	if got := lines(table.Rank(list)); got != "1 west 185/2, 2 east 179/2, 3 north 90/1, 4 south 0/0" {
		t.Fatal(got)
	}
	if got := table.Rank(nil); len(got) != 0 {
		t.Fatalf("%+v", got)
	}
}

// TestTablesEqualTheirDefinition: a unit's score is that of its best choice, a
// rank is one more than the units strictly better, and rows may come in any
// order.
func TestTablesEqualTheirDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := drawMembers(t)
		table := award.Table{Kind: award.BestOf, Best: rapid.IntRange(1, 3).Draw(t, "best"), Ties: []award.TieKey{}}
		got := table.Rank(append([]award.Member(nil), list...))
		scores := map[string]exact.Num{}
		for i := range list {
			m := &list[i]
			better := 0
			for j := range list {
				o := &list[j]
				if o.Unit == m.Unit && o.Event == m.Event && o.Rank > 0 && (o.Rank < m.Rank || o.Rank == m.Rank && o.Entry < m.Entry) {
					better++
				}
			}
			if scores[m.Unit] = scores[m.Unit].Add(exact.Zero); m.Rank > 0 && better < table.Best {
				scores[m.Unit] = scores[m.Unit].Add(m.Total)
			}
		}
		if len(got) != len(scores) {
			t.Fatalf("%d lines of %d units", len(got), len(scores))
		}
		for _, l := range got {
			rank := 1
			for _, s := range scores {
				if l.Score.Less(s) {
					rank++
				}
			}
			if !l.Score.Equal(scores[l.Unit]) || l.Rank != rank {
				t.Fatalf("%+v, by definition %s with rank %d", l, scores[l.Unit], rank)
			}
		}
		rand.New(rand.NewPCG(2, rapid.Uint64().Draw(t, "turn"))).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if again := table.Rank(list); !reflect.DeepEqual(again, got) {
			t.Fatalf("in another order %+v, before %+v", again, got)
		}
	})
}

func drawMembers(t *rapid.T) []award.Member {
	list := make([]award.Member, rapid.IntRange(0, 15).Draw(t, "members"))
	for i := range list {
		list[i] = award.Member{
			Unit: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "unit"), Event: rapid.SampledFrom([]string{"x", "y"}).Draw(t, "event"),
			Entry: record.EntryID(i + 1), Rank: rapid.IntRange(0, 6).Draw(t, "rank"), Flags: record.AllFlags,
			Total: exact.Int(rapid.IntRange(0, 9).Draw(t, "total")),
		}
	}
	return list
}

// ExampleTable_Rank makes a table of prize points.
func ExampleTable_Rank() {
	table := award.Table{Kind: award.Points, Points: map[string]int{"first": 8, "second": 4, "merit": 1}}
	for _, l := range table.Rank([]award.Member{
		{Unit: "East", Event: "fitting", Entry: 1, Rank: 1, Prize: "first", Flags: record.AllFlags},
		{Unit: "West", Event: "fitting", Entry: 2, Rank: 2, Prize: "second", Flags: record.AllFlags},
		{Unit: "West", Event: "welding", Entry: 1, Rank: 1, Prize: "first", Flags: record.AllFlags},
	}) {
		fmt.Println(l.Rank, l.Unit, l.Score, l.Places)
	}
	// Output:
	// 1 West 12 [1 1]
	// 2 East 8 [1]
}
