package scoring_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"jiangtai/scoring"
	"jiangtai/scoring/scoringtest"
)

func golden(t *testing.T) []scoringtest.Golden {
	t.Helper()
	list, err := load("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 12 {
		t.Fatalf("only %d golden sheets", len(list))
	}
	return list
}

// fold drives a board through commands as the clerk would.
func fold(t *testing.T, g *scoringtest.Golden, commands []scoring.Command) *scoring.Board {
	t.Helper()
	b := scoring.NewBoard(scoring.RuleSet{1: g.Rules})
	for _, c := range commands {
		draft, refusal := b.Check(c)
		if refusal != nil {
			t.Fatalf("%s: %+v: %+v", g.Name, c, *refusal)
		}
		if err := b.Apply(scoring.Record{Command: draft.Command, Seq: b.Seq() + 1}, nil); err != nil {
			t.Fatalf("%s: %v", g.Name, err)
		}
	}
	return b
}

// holdGolden holds a board against the totals and ranks of the sheet, which
// the second scorer holds too (server/rescore).
func holdGolden(t *testing.T, g *scoringtest.Golden, b *scoring.Board) {
	t.Helper()
	view := b.View(scoring.Chief)
	for _, r := range view.Rows {
		want := g.Want[r.Entry-1]
		if r.Total != want.Total || r.Rank != want.Rank || r.Team != want.Team || int(r.Of) != want.Of {
			t.Errorf("%s, entry %d: %+v, want %+v", g.Name, r.Entry, r, want)
		}
		for i, in := range r.In {
			if word := view.Rankings[i]; in.Group != want.In[word] || in.Rank != want.Within[word] {
				t.Errorf("%s, entry %d, %s: %+v, want %+v", g.Name, r.Entry, word, in, want)
			}
		}
	}
}

func TestGoldenSheets(t *testing.T) {
	for _, g := range golden(t) {
		t.Run(g.Name, func(t *testing.T) { holdGolden(t, &g, fold(t, &g, g.Commands)) })
	}
}

// TestGoldenSheetsInAnyOrder: marks come as they come in a hall.
func TestGoldenSheetsInAnyOrder(t *testing.T) {
	for _, g := range golden(t) {
		opened := 0
		for g.Commands[opened].Kind != scoring.Open {
			opened++
		}
		for seed := range uint64(5) {
			commands := append([]scoring.Command(nil), g.Commands...)
			marks := commands[opened+1:]
			for marks[len(marks)-1].Kind == scoring.Recuse {
				marks = marks[:len(marks)-1] // who is recused gives no marks
			}
			rand.New(rand.NewPCG(seed, 3)).Shuffle(len(marks), func(i, j int) { marks[i], marks[j] = marks[j], marks[i] })
			holdGolden(t, &g, fold(t, &g, commands))
		}
	}
}

// TestGoldenSheetsOfOtherNumbers: who has which ordinal makes no difference.
func TestGoldenSheetsOfOtherNumbers(t *testing.T) {
	for _, g := range golden(t) {
		last := scoring.EntryID(len(g.Want))
		commands := append([]scoring.Command(nil), g.Commands...)
		for i := range commands {
			if commands[i].Entry > 0 {
				commands[i].Entry = last + 1 - commands[i].Entry
			}
			if c := &commands[i]; c.Kind == scoring.Belong && c.Aspect == scoring.OfTeam {
				team, err := strconv.Atoi(c.Value)
				if err != nil {
					t.Fatal(err)
				}
				c.Value = strconv.Itoa(int(last) + 1 - team)
			}
		}
		turned := g
		turned.Want = make([]scoringtest.Result, len(g.Want))
		for i, want := range g.Want {
			if want.Of > 0 {
				want.Of = int(last) + 1 - want.Of
			}
			turned.Want[int(last)-1-i] = want
		}
		holdGolden(t, &turned, fold(t, &turned, commands))
	}
}

// TestGoldenWorkingsAddUp: what a working says of its parts makes its total.
func TestGoldenWorkingsAddUp(t *testing.T) {
	for _, g := range golden(t) {
		b := fold(t, &g, g.Commands)
		for _, id := range b.Entries() {
			w := b.Working(id)
			sum := rat("0")
			if w.Team != nil {
				sum = rat(w.Team.Value)
			}
			for _, c := range w.Components {
				sum.Add(sum, rat(c.Shared))
				part := rat("0")
				for _, k := range c.Criteria {
					part.Add(part, rat(k.Value))
				}
				for _, p := range c.Penalties {
					part.Sub(part, rat(p.Takes))
				}
				if got := rat(c.Exact); got.Cmp(part) != 0 && got.Sign() > 0 {
					t.Errorf("%s, entry %d, %s: %s of parts that make %s", g.Name, id, c.ID, c.Exact, part.RatString())
				}
			}
			for _, p := range w.Penalties {
				sum.Sub(sum, rat(p.Takes))
			}
			if got := rat(w.Exact); got.Cmp(sum) != 0 && got.Sign() > 0 {
				t.Errorf("%s, entry %d: %s of parts that make %s", g.Name, id, w.Exact, sum.RatString())
			}
		}
	}
}

// ExampleBoard folds the accountants' sheet: four share a total, the modules
// decide in their order, and two are equal in all of them.
func ExampleBoard() {
	list, err := load("testdata/golden")
	if err != nil {
		fmt.Println(err)
		return
	}
	g := list[0]
	b := scoring.NewBoard(scoring.RuleSet{1: g.Rules})
	for i, c := range g.Commands {
		if err := b.Apply(scoring.Record{Command: c, Seq: uint64(i + 1)}, nil); err != nil {
			fmt.Println(err)
			return
		}
	}
	for _, row := range b.View(scoring.Public).Rows {
		fmt.Println(row.Rank, "entry", row.Entry, "total", row.Total)
	}
	// Output:
	// 1 entry 2 total 88.88
	// 2 entry 1 total 88.88
	// 2 entry 4 total 88.88
	// 4 entry 5 total 88.88
	// 5 entry 3 total 77.99
}

// load reads the golden sheets of a folder.
func load(folder string) ([]scoringtest.Golden, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil {
		return nil, err
	}
	texts := map[string][]byte{}
	for _, path := range paths {
		if texts[filepath.Base(path)], err = os.ReadFile(path); err != nil {
			return nil, err
		}
	}
	return scoringtest.Load(texts)
}
