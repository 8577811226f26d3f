package rescore

import (
	"math/big"
	"slices"
)

// Standing is one entry's result.
type Standing struct {
	Entry uint64
	Team  bool
	Total string // rounded; "" without one
	Rank  int    // among persons or among teams; 0: not ranked
}

// final is what stands at the end: sheets by entry, and the two lists.
type final struct {
	st     *state
	sheets []*sheet
	ranks  map[*sheet]int
	lists  [2][]*sheet // who is ranked: persons, teams
}

// Score computes the standings of a ledger, by entry. schemes are texts by
// version. loose takes any text for a version: for asking what another scheme
// would give.
func Score(lines []Line, schemes map[uint64][]byte, loose bool) ([]Standing, error) {
	f, err := score(lines, schemes, loose)
	if err != nil {
		return nil, err
	}
	return f.standings(), nil
}

func score(lines []Line, schemes map[uint64][]byte, loose bool) (*final, error) {
	st, err := replay(lines, schemes, loose)
	if err != nil {
		return nil, err
	}
	f := &final{st: st, ranks: map[*sheet]int{}}
	if st.now == nil {
		return f, nil
	}
	if f.sheets, err = st.compute(); err != nil {
		return nil, err
	}
	var both [2][]*sheet
	for _, sh := range f.sheets {
		both[sh.list()] = append(both[sh.list()], sh)
	}
	for i := range both {
		f.lists[i] = st.list(both[i])
		for _, sh := range f.lists[i] {
			f.ranks[sh] = 1 + f.ahead(sh, func(*sheet) bool { return true })
		}
	}
	return f, nil
}

// list is 0 of persons and 1 of teams.
func (sh *sheet) list() int {
	if sh.who.team() {
		return 1
	}
	return 0
}

// list are those who are ranked.
func (st *state) list(of []*sheet) []*sheet {
	var list []*sheet
	for _, sh := range of {
		if sh.enters() && (sh.complete || st.now.Provisional == "points" && !st.official) {
			list = append(list, sh)
		}
	}
	return list
}

// ahead counts who of an entry's list stands strictly before it, of those asked
// for.
func (f *final) ahead(sh *sheet, of func(*sheet) bool) int {
	n, list := 0, f.lists[sh.list()]
	for _, other := range list {
		if of(other) && f.st.before(other, sh, list) {
			n++
		}
	}
	return n
}

// within is an entry's rank in its group; 0 where it has none.
func (f *final) within(sh *sheet, by string) int {
	if f.ranks[sh] == 0 || sh.who.in[by] == 0 {
		return 0
	}
	return 1 + f.ahead(sh, func(o *sheet) bool { return o.who.in[by] == sh.who.in[by] })
}

func (f *final) standings() []Standing {
	list := make([]Standing, len(f.sheets))
	for i, sh := range f.sheets {
		list[i] = Standing{Entry: sh.entry, Team: sh.who.team(), Rank: f.ranks[sh]}
		if sh.complete && (sh.who.status == "competing" || sh.who.status == "out") {
			list[i].Total = sh.total.FloatString(f.st.totalRound().Places)
		}
	}
	return list
}

// before says whether x is strictly better than y.
func (st *state) before(x, y *sheet, ranked []*sheet) bool {
	c := x.total.Cmp(y.total)
	if st.now.Ranking.Order == "ascending" {
		c = -c
	}
	keys := st.now.Ranking.Keys
	if x.who.team() && st.now.Teams != nil {
		keys = st.now.Teams.Keys
	}
	for i := 0; c == 0 && i < len(keys); i++ {
		k := &keys[i]
		vx, vy := st.keyOf(k, x, ranked), st.keyOf(k, y, ranked)
		switch {
		case vx == nil && vy == nil:
		case vx == nil:
			c = -1
		case vy == nil:
			c = 1
		default:
			if c = vx.Cmp(vy); st.ascending(k) {
				c = -c
			}
		}
	}
	if c != 0 || st.now.Ranking.Ties != "decision" {
		return c > 0
	}
	return sooner(x.who.decided, y.who.decided)
}

// sooner orders decided places; who has none stands behind.
func sooner(x, y int) bool { return x > 0 && (y == 0 || x < y) }

// ascending is the order of a key: of times, and of the best of what is better
// when lower, the least is first.
func (st *state) ascending(k *key) bool {
	if k.Order != "" {
		return k.Order == "ascending"
	}
	a := st.aspects[k.ID]
	return k.By == "time" || k.By == "best" && (a.Kind == "time" || a.lower())
}

// keyOf is what a key compares, nil for none, which stands last.
func (st *state) keyOf(k *key, sh *sheet, ranked []*sheet) *big.Rat {
	if k.By == "firsts" {
		return st.firsts(k.ID, sh, ranked)
	}
	if c := st.owner(k); sh.who.team() && c.Of != "team" {
		return st.ofMembers(k, sh)
	}
	switch k.By {
	case "component":
		return sh.comps[k.ID]
	case "criterion":
		return sh.crits[k.ID]
	}
	out := sh.aspects[k.ID]
	switch {
	case !out.known:
		return nil
	case k.By == "time":
		return out.raw
	case k.By == "best":
		return out.best
	}
	return out.mark
}

// firsts counts the criteria in which nobody ranked has a better value.
func (st *state) firsts(of string, sh *sheet, ranked []*sheet) *big.Rat {
	n := int64(0)
	for i := range st.now.Components {
		c := &st.now.Components[i]
		for j := range c.Criteria {
			id := c.Criteria[j].ID
			beaten := !sh.owns(c) || slices.ContainsFunc(ranked, func(o *sheet) bool {
				if st.now.Ranking.Order == "ascending" {
					return o.crits[id].Cmp(sh.crits[id]) < 0
				}
				return o.crits[id].Cmp(sh.crits[id]) > 0
			})
			if !beaten && (of == "" || of == c.ID) {
				n++
			}
		}
	}
	return big.NewRat(n, 1)
}
