package rescore

import (
	"math/big"
	"slices"
)

// Standing is one entry's result.
type Standing struct {
	Entry uint64
	Total string // rounded; "" without one
	Rank  int    // 0: not ranked
}

// Score computes the standings of a ledger, by entry. schemes are texts by
// version. loose takes any text for a version: for asking what another scheme
// would give.
func Score(lines []Line, schemes map[uint64][]byte, loose bool) ([]Standing, error) {
	st, err := replay(lines, schemes, loose)
	if err != nil {
		return nil, err
	}
	if st.now == nil {
		return nil, nil
	}
	sheets, err := st.compute()
	if err != nil {
		return nil, err
	}
	var ranked []*sheet
	for _, sh := range sheets {
		if sh.who.status == "competing" && sh.who.ranked && (sh.complete || st.now.Provisional == "points" && !st.official) {
			ranked = append(ranked, sh)
		}
	}
	list := make([]Standing, len(sheets))
	for i, sh := range sheets {
		list[i] = Standing{Entry: sh.entry}
		if sh.complete && (sh.who.status == "competing" || sh.who.status == "out") {
			list[i].Total = sh.total.FloatString(st.totalRound().Places)
		}
		if !slices.Contains(ranked, sh) {
			continue
		}
		list[i].Rank = 1
		for _, other := range ranked {
			if st.before(other, sh, ranked) {
				list[i].Rank++
			}
		}
	}
	return list, nil
}

// before says whether x is strictly better than y.
func (st *state) before(x, y *sheet, ranked []*sheet) bool {
	c := x.total.Cmp(y.total)
	if st.now.Ranking.Order == "ascending" {
		c = -c
	}
	for i := 0; c == 0 && i < len(st.now.Ranking.Keys); i++ {
		k := &st.now.Ranking.Keys[i]
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
	if c != 0 {
		return c > 0
	}
	return x.who.decided > 0 && (y.who.decided == 0 || x.who.decided < y.who.decided)
}

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
	switch k.By {
	case "component":
		return sh.comps[k.ID]
	case "criterion":
		return sh.crits[k.ID]
	case "firsts":
		return st.firsts(k.ID, sh, ranked)
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
			beaten := slices.ContainsFunc(ranked, func(o *sheet) bool {
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
