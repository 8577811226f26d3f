package rescore

import (
	"math/big"
	"slices"
)

// gather makes a team's total: what its members bring, and its own components.
func (st *state) gather(team *sheet, sheets []*sheet) {
	rule := st.now.Teams
	if rule == nil {
		rule = &teamRule{Take: "sum"}
	}
	var persons []*sheet
	belong := 0
	for _, sh := range sheets {
		if sh.who.team() {
			continue
		}
		persons = append(persons, sh)
		if sh.who.in["team"] == team.entry {
			belong++
			if sh.enters() && sh.complete {
				team.counted = append(team.counted, sh)
			}
		}
	}
	standing := len(team.counted)
	if rule.Take == "best" {
		team.counted = st.bestOf(team.counted, st.list(persons), rule.Best)
	}
	var totals []*big.Rat
	for _, m := range team.counted {
		totals = append(totals, m.total)
	}
	if len(totals) > 0 {
		team.brings = taken("mean", totals)
		if rule.Take != "mean" {
			team.brings = mul(team.brings, big.NewRat(int64(len(totals)), 1))
		}
	}
	team.brings = rule.Round.rounded(team.brings)
	st.sum(team)
	team.complete = team.complete && standing >= max(rule.needs(belong), 1)
}

// needs is how many members must count; belong is how many the team has.
func (r *teamRule) needs(belong int) int {
	switch {
	case r.Least > 0:
		return r.Least
	case r.Take == "best":
		return r.Best
	case r.Size > 0:
		return r.Size
	}
	return belong
}

// bestOf are the k members that stand before the others.
func (st *state) bestOf(members, ranked []*sheet, k int) []*sheet {
	slices.SortStableFunc(members, func(a, b *sheet) int {
		switch {
		case st.before(a, b, ranked):
			return -1
		case st.before(b, a, ranked):
			return 1
		}
		return int(a.entry) - int(b.entry)
	})
	return members[:min(k, len(members))]
}

// owner is the component that a key reads: its own, or that of what it names.
func (st *state) owner(k *key) (found *component) {
	st.now.eachAspect(func(c *component, kr *criterion, a *aspect) {
		switch k.By {
		case "component":
			if c.ID == k.ID {
				found = c
			}
		case "criterion":
			if kr.ID == k.ID {
				found = c
			}
		default:
			if a.ID == k.ID {
				found = c
			}
		}
	})
	return found
}

// ofMembers is what a key compares of a team where it names what persons are
// marked in: the sum, nil when one of them has no value.
func (st *state) ofMembers(k *key, team *sheet) *big.Rat {
	sum := zero()
	for _, m := range team.counted {
		v := st.keyOf(k, m, nil)
		if v == nil {
			return nil
		}
		sum = add(sum, v)
	}
	if len(team.counted) == 0 {
		return nil
	}
	return sum
}
