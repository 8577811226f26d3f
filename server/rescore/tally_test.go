package rescore_test

import (
	"fmt"
	"slices"
	"strings"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/server/rescore"
)

// tally counts what random contests came to, so that they are seen to be rich
// enough.
type tally struct {
	kinds map[scheme.Kind]int
	what  map[string]int
}

// notable is what must come up at all.
var notable = []string{
	"ranks", "shared ranks", "ranks of teams", "ranks in groups", "shared ranks in groups", "ranks of teams in groups", "teams that are not whole",
	"new versions", "counted late marks", "team marks", "recusals", "recusals that count", "decisions", "medals",
	"clocks", "late clocks that count", "judges who took a chair",
	"prizes", "prizes in groups", "team prizes", "open cuts", "too few for prizes", "advancing", "advancing in groups", "open cuts of advancing",
	"table best", "table points", "table team",
}

func (y *tally) add(w *world, facts rescore.Facts) {
	for i := range w.board.Rules().Aspects {
		y.kinds[w.board.Rules().Aspects[i].Src.Kind]++
	}
	if w.board.Version() > 1 {
		y.what["new versions"]++
	}
	for i := range w.records {
		y.record(w, &w.records[i])
	}
	taken := map[string]bool{}
	for fact, value := range facts {
		y.fact(w, fact, value)
		if by, ok := strings.CutPrefix(fact.What, "rank"); ok {
			of := rescore.Fact{Of: fact.Of, What: strings.TrimPrefix(by, " in ")}
			y.rank(w, fact, fmt.Sprint(by, facts[of], isTeam(w, fact.Of), value), taken)
		}
	}
	for _, e := range w.board.Entries() {
		of := fmt.Sprint("entry ", e)
		if isTeam(w, of) && w.board.Status(e) == scoring.Competing && facts[rescore.Fact{Of: of, What: "total"}] == "" {
			y.what["teams that are not whole"]++
		}
	}
}

func isTeam(w *world, entry string) bool {
	var id scoring.EntryID
	_, err := fmt.Sscanf(entry, "entry %d", &id)
	return err == nil && w.board.Flags(id)&scoring.Team != 0
}

func (y *tally) record(w *world, r *scoring.Record) {
	switch r.Kind {
	case scoring.Count:
		y.what["counted late marks"]++
		if i := slices.IndexFunc(w.records, func(o scoring.Record) bool { return o.MarkID == r.Supersedes }); w.records[i].Of == scoring.Clock {
			y.what["late clocks that count"]++
		}
	case scoring.Clock:
		y.what["clocks"]++
	case scoring.Sit:
		y.what["judges who took a chair"]++
	case scoring.Decide:
		y.what["decisions"]++
	case scoring.Recuse:
		if y.what["recusals"]++; w.board.Status(r.Entry) == scoring.Competing && len(w.board.Missing(r.Entry)) == 0 {
			y.what["recusals that count"]++
		}
	case scoring.Mark:
		if w.board.Flags(r.Entry)&scoring.Team != 0 {
			y.what["team marks"]++
		}
	}
}

// rank counts a rank, and whether somebody else has it too.
func (y *tally) rank(w *world, fact rescore.Fact, place string, taken map[string]bool) {
	in := ""
	if fact.What != "rank" {
		in = " in groups"
	}
	y.what["ranks"+in]++
	if taken[place] {
		y.what["shared ranks"+in]++
	}
	taken[place] = true
	if isTeam(w, fact.Of) {
		y.what["ranks of teams"+in]++
	}
}

func (y *tally) fact(w *world, fact rescore.Fact, value string) {
	s := w.board.Rules().Scheme()
	switch {
	case fact.What == "prize":
		y.what["prizes"]++
		if s.Prizes.By != "" {
			y.what["prizes in groups"]++
		}
	case fact.What == "team prize":
		y.what["team prizes"]++
	case fact.What == "advances":
		y.what["advancing"]++
		if s.Advance.By != "" {
			y.what["advancing in groups"]++
		}
	case fact.What == "undecided" && strings.HasPrefix(fact.Of, "advancing"):
		y.what["open cuts of advancing"]++
	case fact.What == "undecided":
		y.what["open cuts"]++
	case value == "too few":
		y.what["too few for prizes"]++
	case fact.What == "medal":
		y.what["medals"]++
	case strings.HasPrefix(fact.What, "table "):
		y.what[fact.What]++
	}
}
