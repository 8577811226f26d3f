package keying

import (
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/contest"
)

func value(text string) Value {
	switch text {
	case "":
		return Value{}
	case "e", "E":
		return Value{Kind: Empty}
	case "-":
		return Value{Kind: NotPerformed}
	}
	return Value{Kind: Mark, Text: text}
}

// Each line is: the first's, the second's, what stands (t: by a tablet), what was decided, what was settled. E is empty.
func TestWhatBecomesOfACell(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]State{
		"5 5 e":             Ready,
		"5 5 5":             Done,
		"5 5 6":             Stands,
		"5 6 e":             Differ,
		"5 6 5":             Differ,
		"5 6 e 5":           Ready,
		"5 6 5 5":           Done,
		"5 6 7 5":           Stands,
		"e E e":             Done,
		"e 5 e":             Differ,
		"e E 5":             Stands,
		"- - e":             Ready,
		"- e E":             Differ,
		"- 0 e":             Differ,
		"5 5 5t":            Done,
		"5 5 6t":            Beside,
		"5 5 et":            Beside,
		"e E 6t":            Beside,
		"5 6 6t":            Differ,
		"5 6 6t 6":          Done,
		"5 6 6t 5":          Beside,
		"5 5 6t _ 5/6":      Done,
		"5 5 7t _ 5/6":      Beside, // the tablet's mark moved since somebody looked
		"5 5 6t 4 5/6":      Beside, // and here the paper's did
		"5open 5 e":         Waiting,
		"5 5open e":         Waiting,
		"5 5open 6t _ 5/6":  Waiting,
		"5open 5open 6t":    Waiting,
		"e 5 6t e":          Beside,
		"5 5 5t _ 4/6":      Done,
		"5 5 e 6":           Ready,
		"5 5 6 6":           Done,
		"5 5 - ":            Stands,
		"- - -":             Done,
		"5 5 -t":            Beside,
		"5 5 -t _ 5/-":      Done,
		"5 5 et _ 5/e":      Done,
		"5 5 et _ 5/6":      Beside,
		"5 5 6t 7 7/6":      Done,
		"5 6 7t 5 5/7":      Done,
		"5 6 7t _ 5/7":      Differ,
		"5 6 e _ 5/7":       Differ,
		"5 5 e _ 5/7":       Ready,
		"10 10.0x e":        Differ, // the reader brings values into one form, not the comparison
		"5 5 6t e E/6":      Done,
		"5 5 6t - -/6":      Done,
		"- - 6t - -/6":      Done,
		"- - 6t":            Beside,
		"e E et":            Done,
		"5open 6 e 5":       Ready,
		"5 6open 5 5":       Done,
		"5 5 5 5":           Done,
		"5 5 5 6":           Stands,
		"5 5 5t 6":          Beside,
		"5 6 e -":           Ready,
		"5 6 e E":           Done,
		"5 6 5 e":           Stands,
		"e E e E":           Done,
		"5 5 e E":           Done,
		"5 6 6t e":          Beside,
		"5 6 6t e E/6":      Done,
		"5open 5open e":     Waiting,
		"e Eopen e":         Waiting,
		"5 5 6t 6 6/6":      Done,
		"12.5 12.5 12.5":    Done,
		"12.5 12.5 et":      Beside,
		"12.5 12.50open et": Waiting,
	} {
		parts := append(strings.Fields(line), "_", "_")
		keyed := func(i int) Keyed {
			text, open := strings.CutSuffix(parts[i], "open")
			return Keyed{Value: value(text), IsClosed: !open}
		}
		standing, tablet := strings.CutSuffix(parts[2], "t")
		c := Compared{First: keyed(0), Second: keyed(1), Standing: Standing{Value: value(standing), ByTablet: tablet}}
		if parts[3] != "_" {
			c.Decision = &Decision{Value: value(parts[3])}
		}
		if paper, beside, ok := strings.Cut(parts[4], "/"); ok {
			c.Settling = &Decision{Value: Value{Settled, value(paper).word()}, Beside: value(beside).word()}
		}
		if c.judge(tablet); c.State != want {
			t.Errorf("%q is %s, want %s", line, c.State, want)
		}
	}
}

// The order is the paper's; what is not marked is left out, and a cell's round is its own.
func TestCellsInTheOrderOfThePaper(t *testing.T) {
	t.Parallel()
	s := &Sheet{Columns: []Column{{Attempt: 1, Pad: scoring.Pad{ID: "a"}}, {Attempt: 1, Pad: scoring.Pad{ID: "b"}}}}
	empty := Standing{Round: 1, Value: Value{Kind: Empty}}
	again := Standing{Round: 2, Value: Value{Kind: Empty}}
	s.Rows = []Row{{Work: "003", Cells: []Standing{empty, again}}, {Work: "001", IsOff: true, Cells: []Standing{empty, empty}}, {Work: "002", Cells: []Standing{{IsClosed: true}, empty}}}
	five := Keyed{Value: value("5"), IsClosed: true}
	all := keyings{{"003", "b", 1, 1}: {five, five}, {"002", "b", 1, 1}: {five, five}}
	var got []string
	for _, c := range compare(s, all, nil) {
		got = append(got, c.Work+c.Aspect+" "+string(c.State))
	}
	if want := "003a waiting, 003b waiting, 002b ready"; strings.Join(got, ", ") != want {
		t.Errorf("%s, want %s", strings.Join(got, ", "), want)
	}
}

func TestTheSameMarkHasTheSameId(t *testing.T) {
	t.Parallel()
	c := &Compared{At: At{"001", "a", 1, 1}}
	first := markID([16]byte{1}, Of{1, "w"}, c, value("5"))
	for name, other := range map[string]scoring.ID{
		"another event": markID([16]byte{2}, Of{1, "w"}, c, value("5")), "another chair": markID([16]byte{1}, Of{2, "w"}, c, value("5")),
		"another value": markID([16]byte{1}, Of{1, "w"}, c, value("6")), "another round": markID([16]byte{1}, Of{1, "w"}, &Compared{At: At{"001", "a", 1, 2}}, value("5")),
		"after a correction": markID([16]byte{1}, Of{1, "w"}, &Compared{At: c.At, Standing: Standing{MarkID: scoring.ID{9}}}, value("5")),
	} {
		if other == first {
			t.Errorf("%s has the same id", name)
		}
	}
	if again := markID([16]byte{1}, Of{1, "w"}, c, value("5")); again != first || first[6]>>4 != 8 {
		t.Errorf("%s, then %s", first, again)
	}
}

func TestOnPaperTwiceUnlessItIsSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		said  Way
		depth string
		want  Way
	}{{"", "paper", Twice}, {"", "tablet", Once}, {"", "results", Once}, {Once, "paper", Once}, {Twice, "tablet", Twice}} {
		if got := wayOf(c.said, contest.Depth(c.depth)); got != c.want {
			t.Errorf("%q, %s: %s", c.said, c.depth, got)
		}
	}
}
