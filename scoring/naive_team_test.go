package scoring_test

import (
	"math/big"
	"sort"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
)

// naiveTeams is what the naive computation knows of teams and recusal.
type naiveTeams struct {
	points  bool // the incomplete are ranked too
	teams   map[scoring.EntryID]bool
	member  map[scoring.EntryID]scoring.EntryID
	ofTeam  map[string]bool // aspects that teams are marked in
	recused map[naivePair]bool
}

type naivePair struct {
	chair scoring.ChairID
	entry scoring.EntryID
}

// bring is what the members of a team make together, 0 of a person.
func (n *naive) bring(out *naiveSheet) *big.Rat {
	if !n.teams[out.entry] {
		return new(big.Rat)
	}
	rule, belong := n.s.Teams, 0
	for _, team := range n.member {
		if team == out.entry {
			belong++
		}
	}
	for _, e := range n.field {
		if n.member[e] == out.entry {
			if sheet := n.sheet(e); sheet.complete {
				out.members = append(out.members, sheet)
			}
		}
	}
	least := rule.Least
	switch {
	case least > 0:
	case rule.Take == "best":
		least = rule.Best
	case rule.Size > 0:
		least = rule.Size
	default:
		least = max(belong, 1)
	}
	out.complete = len(out.members) >= least
	if rule.Take == "best" {
		ranked := n.ranked(false)
		sort.SliceStable(out.members, func(i, j int) bool { return n.better(out.members[i], out.members[j], ranked) < 0 })
		out.members = out.members[:min(rule.Best, len(out.members))]
	}
	sum := new(big.Rat)
	for _, m := range out.members {
		sum.Add(sum, m.total)
	}
	if rule.Take == "mean" && len(out.members) > 0 {
		sum.Quo(sum, big.NewRat(int64(len(out.members)), 1))
	}
	return roundRat(sum, rule.Round)
}

// ranked are the sheets of who is ranked among persons, or teams.
func (n *naive) ranked(teams bool) []*naiveSheet {
	var list []*naiveSheet
	for _, e := range n.field {
		if n.teams[e] != teams {
			continue
		}
		if sheet := n.sheet(e); sheet.complete || n.points {
			list = append(list, sheet)
		}
	}
	return list
}

// key is what a tie-break key compares, nil for nothing.
func (n *naive) key(key *scheme.Key, x *naiveSheet, ranked []*naiveSheet) *big.Rat {
	if key.By == "firsts" {
		return n.firsts(key.ID, x, ranked)
	}
	own := func(s *naiveSheet) *big.Rat {
		switch key.By {
		case "component":
			return s.comps[key.ID]
		case "criterion":
			return s.crits[key.ID]
		}
		return s.aspects[key.ID]
	}
	if n.teams[x.entry] == n.named(key) {
		return own(x)
	}
	var sum *big.Rat
	for _, m := range x.members {
		v := own(m)
		if v == nil {
			return nil
		}
		if sum == nil {
			sum = new(big.Rat)
		}
		sum = new(big.Rat).Add(sum, v)
	}
	return sum
}

// named says whether a key names something that teams are marked in.
func (n *naive) named(key *scheme.Key) bool {
	for i := range n.s.Components {
		c := &n.s.Components[i]
		if c.Of != "team" {
			continue
		}
		if key.By == "component" && c.ID == key.ID {
			return true
		}
		for j := range c.Criteria {
			if key.By == "criterion" && c.Criteria[j].ID == key.ID {
				return true
			}
		}
	}
	return key.By == "aspect" && n.ofTeam[key.ID]
}

// rankAmong is one more than how many of a list are strictly better.
func (n *naive) rankAmong(x *naiveSheet, list, ranked []*naiveSheet) int {
	rank := 1
	for _, y := range list {
		if n.better(y, x, ranked) < 0 {
			rank++
		}
	}
	return rank
}
