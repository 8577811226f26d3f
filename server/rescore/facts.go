package rescore

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// Facts are a result said one by one, so that two scorers can be held against
// each other: of whom (an entry, a prize, a unit) and what, and the value. What
// is not said is none.
type Facts map[Fact]string

// Fact is what a value is of.
type Fact struct {
	Of   string // "entry 3", "prizes first in group 2", "unit 4"
	What string // "total", "rank", "rank in county", "medal", …
}

func (f Facts) say(of, what string, value any) {
	if text := fmt.Sprint(value); text != "" && text != "0" {
		f[Fact{of, what}] = text
	}
}

func entryName(id uint64) string { return "entry " + strconv.FormatUint(id, 10) }

// differences are the facts on which two results do not agree, in order.
func differences(engine, rescored Facts) []Difference {
	all := maps.Clone(engine)
	maps.Copy(all, rescored)
	var list []Difference
	for fact := range all {
		if engine[fact] != rescored[fact] {
			list = append(list, Difference{fact, engine[fact], rescored[fact]})
		}
	}
	slices.SortFunc(list, func(a, b Difference) int {
		if c := natural(a.Fact.Of, b.Fact.Of); c != 0 {
			return c
		}
		return natural(a.Fact.What, b.Fact.What)
	})
	return list
}

// natural puts "entry 2" before "entry 10".
func natural(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return slices.Compare([]byte(a), []byte(b))
}

// facts are all that a ledger comes to: totals and ranks, ranks in groups, prizes
// and who goes on, the standard scale and its medals, and tables of units.
func (f *final) facts() Facts {
	facts := Facts{}
	if f.st.now == nil {
		return facts
	}
	for i, s := range f.standings() {
		sh, name := f.sheets[i], entryName(s.Entry)
		facts.say(name, "total", s.Total)
		facts.say(name, "rank", s.Rank)
		facts.say(name, "team", sh.who.in["team"])
		for _, by := range f.st.now.Rankings {
			facts.say(name, by, sh.who.in[by])
			facts.say(name, "rank in "+by, f.within(sh, by))
		}
	}
	var persons, teams []*sheet
	for _, sh := range f.sheets {
		if sh.who.team() {
			teams = append(teams, sh)
		} else {
			persons = append(persons, sh)
		}
	}
	var won map[*sheet]string
	if r := f.st.now.Prizes; r != nil {
		won = f.prizes(facts, "prize", r, persons)
	}
	if r := f.st.now.TeamPrizes; r != nil {
		f.prizes(facts, "team prize", r, teams)
	}
	if r := f.st.now.Advance; r != nil {
		f.advance(facts, r)
	}
	if !f.lower() {
		f.medals(facts)
	}
	for _, by := range []string{"unit", "county"} {
		for _, kind := range tableKinds {
			f.table(facts, by, kind, persons, won)
		}
	}
	return facts
}
