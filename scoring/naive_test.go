package scoring_test

import (
	"math/big"
	"sort"
	"strings"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
)

// naive computes results a second way: big.Rat throughout, no state kept, no
// code shared with the engine, straight down the scheme. It reads only the
// records' outcome: the marks that stand.
type naive struct {
	s      *scheme.Scheme
	chairs map[string][]scoring.ChairID
	cells  map[naiveCell]naiveMark
	field  []scoring.EntryID       // ranked and competing
	placed map[scoring.EntryID]int // decided places
	naiveTeams
}

type naiveCell struct {
	entry          scoring.EntryID
	aspect         string
	attempt, round uint8
	chair          scoring.ChairID
}

type naiveMark struct {
	kind  scoring.Kind
	value string
}

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic("not a number: " + s)
	}
	return r
}

func ratOf(n *scheme.Num, otherwise string) *big.Rat {
	if n == nil {
		return rat(otherwise)
	}
	return n.Rat()
}

// roundRat rounds by its own reading of the four modes.
func roundRat(x *big.Rat, r *scheme.Round) *big.Rat {
	if r == nil {
		return x
	}
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(r.Places)), nil))
	y := new(big.Rat).Mul(x, scale)
	below := new(big.Int).Div(y.Num(), y.Denom()) // Euclidean: floor for a positive denominator
	rest := new(big.Rat).Sub(y, new(big.Rat).SetInt(below))
	above := new(big.Int).Add(below, big.NewInt(1))
	pick := below
	half := rest.Cmp(big.NewRat(1, 2))
	switch {
	case rest.Sign() == 0 || r.Mode == "floor":
	case r.Mode == "ceiling":
		pick = above
	case half > 0:
		pick = above
	case half < 0:
	case r.Mode == "half_even" && below.Bit(0) == 1:
		pick = above
	case r.Mode != "half_even" && x.Sign() > 0:
		pick = above
	}
	return new(big.Rat).Quo(new(big.Rat).SetInt(pick), scale)
}

// one is what a single mark gives, by kind.
func (n *naive) one(a *scheme.Aspect, m naiveMark) *big.Rat {
	if m.kind == scoring.NotPerformed {
		return new(big.Rat)
	}
	switch a.Kind {
	case scheme.YesNo:
		return new(big.Rat).Mul(rat(m.value), a.Max.Rat())
	case scheme.Counted:
		left := new(big.Rat).Sub(a.Max.Rat(), new(big.Rat).Mul(a.Per.Rat(), rat(m.value)))
		if left.Sign() < 0 {
			return new(big.Rat)
		}
		return left
	case scheme.Judgement:
		return new(big.Rat).Quo(new(big.Rat).Mul(a.Max.Rat(), rat(m.value)), big.NewRat(int64(len(a.Levels)-1), 1))
	case scheme.Penalty:
		sum := new(big.Rat)
		for _, part := range strings.Split(m.value, ";") {
			if _, number, ok := strings.Cut(part, "="); ok {
				sum.Add(sum, rat(number))
			}
		}
		return sum
	case scheme.Gate:
		return new(big.Rat)
	}
	return rat(m.value)
}

// attempt is the value of one try, nil while it is not settled.
func (n *naive) attempt(a *scheme.Aspect, entry scoring.EntryID, attempt uint8) (value *big.Rat, unfinished bool) {
	seats := n.chairs[a.Panel]
	if !a.Each() {
		seats = []scoring.ChairID{0}
	}
	for round := uint8(1); ; round++ {
		var in, all []*big.Rat
		left, marks, unperformed := 0, 0, 0
		for _, chair := range seats {
			m, ok := n.cells[naiveCell{entry, a.ID, attempt, round, chair}]
			out := n.recused[naivePair{chair, entry}]
			if !ok && !out {
				return nil, false
			}
			if ok && m.kind != scoring.Absent {
				all = append(all, n.one(a, m))
			}
			if out {
				continue
			}
			left++
			switch m.kind {
			case scoring.Mark:
				marks++
			case scoring.NotPerformed:
				unperformed++
			}
			if m.kind != scoring.Absent {
				in = append(in, n.one(a, m))
			}
		}
		for _, list := range [][]*big.Rat{in, all} {
			sort.Slice(list, func(i, j int) bool { return list[i].Cmp(list[j]) < 0 })
		}
		if n.apart(a, all) {
			continue
		}
		none := marks == 0 || a.LowerWins() && unperformed > 0
		if !a.Each() {
			return in[0], none
		}
		v := n.policy(n.s.PolicyOf(a), in, left)
		if v == nil {
			return nil, false
		}
		return roundRat(v, n.s.Rounding.Panel), none
	}
}

func (n *naive) apart(a *scheme.Aspect, in []*big.Rat) bool {
	if len(in) == 0 || a.Kind != scheme.Judgement && a.Spread == nil {
		return false
	}
	most := ratOf(a.Spread, "1")
	if a.Kind == scheme.Judgement {
		most = new(big.Rat).Quo(new(big.Rat).Mul(most, a.Max.Rat()), big.NewRat(int64(len(a.Levels)-1), 1))
	}
	return new(big.Rat).Sub(in[len(in)-1], in[0]).Cmp(most) > 0
}

// policy reads sorted marks.
func (n *naive) policy(p scheme.Policy, in []*big.Rat, chairs int) *big.Rat {
	least := max(p.Least, p.High+p.Low+1)
	if p.Least == 0 && (p.Kind == scheme.SumAll || p.Kind == scheme.Middle) {
		least = max(least, chairs)
	}
	if len(in) < least {
		return nil
	}
	if p.Kind == scheme.Median {
		mid := new(big.Rat).Add(in[(len(in)-1)/2], in[len(in)/2])
		return mid.Quo(mid, big.NewRat(2, 1))
	}
	sum := new(big.Rat)
	kept := in[p.Low : len(in)-p.High]
	for _, x := range kept {
		sum.Add(sum, x)
	}
	if p.Kind == scheme.Mean || p.Kind == scheme.Trimmed {
		sum.Quo(sum, big.NewRat(int64(len(kept)), 1))
	}
	return sum
}

// measured is the value of the attempts; known is false while one is missing,
// v is nil when there is no result.
func (n *naive) measured(a *scheme.Aspect, entry scoring.EntryID) (v *big.Rat, known bool) {
	var finished []*big.Rat
	missed := 0
	for at := 1; at <= a.Tries(); at++ {
		v, unfinished := n.attempt(a, entry, uint8(at))
		if v == nil {
			return nil, false
		}
		if unfinished {
			missed++
		} else {
			finished = append(finished, v)
		}
	}
	if a.Tries() > 1 {
		return takeOf(a.Attempts.Take, finished, missed, a.LowerWins()), true
	}
	if missed > 0 {
		return nil, true
	}
	return finished[0], true
}

// aspect is the mark after factor and rounding; nil while it is not settled.
func (n *naive) aspect(c *scheme.Criterion, a *scheme.Aspect, entry scoring.EntryID) *big.Rat {
	v, known := n.measured(a, entry)
	if !known {
		return nil
	}
	if a.Kind == scheme.Relative {
		best, known := n.bestOfField(c, a)
		if !known {
			return nil
		}
		v = relativeMark(a, v, best)
	}
	if v == nil {
		v = new(big.Rat)
	}
	return roundRat(new(big.Rat).Mul(v, ratOf(a.Factor, "1")), n.s.Rounding.Aspect)
}

func (n *naive) bestOfField(c *scheme.Criterion, a *scheme.Aspect) (best *big.Rat, known bool) {
	for _, e := range n.field {
		if n.ofTeam[a.ID] != n.teams[e] || n.voided(c, e) {
			continue
		}
		v, in := n.measured(a, e)
		if !in && a.IsRequired() {
			return nil, false
		}
		if v != nil && (best == nil || a.LowerWins() && v.Cmp(best) < 0 || !a.LowerWins() && v.Cmp(best) > 0) {
			best = v
		}
	}
	return best, true
}

func relativeMark(a *scheme.Aspect, v, best *big.Rat) *big.Rat {
	if v == nil || best == nil {
		return nil
	}
	up, down := v, best
	if a.LowerWins() {
		up, down = best, v
	}
	share := big.NewRat(1, 1)
	switch {
	case down.Sign() == 0 && (a.LowerWins() || up.Sign() > 0): // as good as can be
	case down.Sign() == 0:
		share = new(big.Rat) // nobody achieved anything
	case up.Cmp(down) < 0:
		share = new(big.Rat).Quo(up, down)
	}
	return share.Mul(share, a.Max.Rat())
}

// takeOf is nil when there is no result.
func takeOf(take string, finished []*big.Rat, missed int, lower bool) *big.Rat {
	sort.Slice(finished, func(i, j int) bool { return finished[i].Cmp(finished[j]) < 0 == !lower })
	if len(finished) == 0 || take == "middle" && missed > 1 || take == "mean" && missed > 0 && lower {
		return nil
	}
	divisor := len(finished) + missed
	switch take {
	case "best":
		return finished[len(finished)-1]
	case "middle":
		lowest := 1
		if missed == 1 {
			lowest = 0
		}
		finished = finished[lowest : len(finished)-1]
		divisor = len(finished)
	}
	sum := new(big.Rat)
	for _, x := range finished {
		sum.Add(sum, x)
	}
	return sum.Quo(sum, big.NewRat(int64(divisor), 1))
}

// naiveSheet is an entry's numbers, rounded where the scheme rounds.
type naiveSheet struct {
	entry    scoring.EntryID
	total    *big.Rat
	comps    map[string]*big.Rat
	crits    map[string]*big.Rat
	aspects  map[string]*big.Rat
	complete bool
	members  []*naiveSheet // of a team: those that make its total
}

func (n *naive) sheet(entry scoring.EntryID) *naiveSheet {
	out := &naiveSheet{entry: entry, comps: map[string]*big.Rat{}, crits: map[string]*big.Rat{}, aspects: map[string]*big.Rat{}, complete: true}
	sum, off := n.bring(out), new(big.Rat)
	for i := range n.s.Components {
		c := &n.s.Components[i]
		if (c.Of == "team") != n.teams[entry] {
			continue
		}
		part, taken := new(big.Rat), new(big.Rat)
		for j := range c.Criteria {
			v, minus, ok := n.criterion(&c.Criteria[j], out, off)
			part.Add(part, v)
			taken.Add(taken, minus)
			out.crits[c.Criteria[j].ID], out.complete = v, out.complete && ok
		}
		part = roundRat(takeOff(part, taken), n.s.Rounding.Component)
		share := ratOf(c.Factor, "1")
		if c.Weight != nil {
			share = c.Weight.Rat()
		}
		sum.Add(sum, roundRat(new(big.Rat).Mul(part, share), n.s.Rounding.Weighted))
		out.comps[c.ID] = part
	}
	round := n.s.Rounding.Total
	if round == nil {
		round = &scheme.Round{Places: 2}
	}
	out.total = roundRat(takeOff(sum, off), round)
	return out
}

// better is negative when x stands before y, 0 when they share the rank.
func (n *naive) better(x, y *naiveSheet, ranked []*naiveSheet) int {
	c := y.total.Cmp(x.total)
	if n.s.Ranking.Order == "ascending" {
		c = -c
	}
	keys := n.s.Ranking.Keys
	if n.teams[x.entry] {
		keys = n.s.Teams.Keys
	}
	for i := 0; c == 0 && i < len(keys); i++ {
		key := &keys[i]
		vx, vy := n.key(key, x, ranked), n.key(key, y, ranked)
		switch {
		case vx == nil && vy == nil:
		case vx == nil:
			c = 1
		case vy == nil:
			c = -1
		case key.Order == "ascending":
			c = vx.Cmp(vy)
		default:
			c = vy.Cmp(vx)
		}
	}
	if c == 0 && n.s.Ranking.Ties == "decision" {
		c = n.place(x) - n.place(y)
	}
	return c
}

func (n *naive) place(x *naiveSheet) int {
	if p := n.placed[x.entry]; p > 0 {
		return p
	}
	return 1 << 30
}

// firsts is in how many criteria nobody ranked is better.
func (n *naive) firsts(component string, x *naiveSheet, ranked []*naiveSheet) *big.Rat {
	count := int64(0)
	for i := range n.s.Components {
		if n.s.Components[i].Of == "team" {
			continue
		}
		for j := range n.s.Components[i].Criteria {
			id, first := n.s.Components[i].Criteria[j].ID, true
			for _, o := range ranked {
				c := o.crits[id].Cmp(x.crits[id])
				first = first && (c <= 0 || n.s.Ranking.Order == "ascending") && (c >= 0 || n.s.Ranking.Order != "ascending")
			}
			if first && (component == "" || component == n.s.Components[i].ID) {
				count++
			}
		}
	}
	return big.NewRat(count, 1)
}

// takeOff subtracts, not below zero.
func takeOff(from, off *big.Rat) *big.Rat {
	left := new(big.Rat).Sub(from, off)
	if off.Sign() > 0 && left.Sign() < 0 {
		return new(big.Rat)
	}
	return left
}

func (n *naive) criterion(c *scheme.Criterion, out *naiveSheet, fromTotal *big.Rat) (v, fromComponent *big.Rat, complete bool) {
	sum, own := new(big.Rat), new(big.Rat)
	fromComponent, complete = new(big.Rat), true
	void := n.voided(c, out.entry)
	for i := range c.Subs {
		for j := range c.Subs[i].Aspects {
			a := &c.Subs[i].Aspects[j]
			mark := n.aspect(c, a, out.entry)
			out.aspects[a.ID] = mark
			if void {
				continue
			}
			if mark == nil {
				complete = complete && !a.IsRequired()
				continue
			}
			switch {
			case a.Kind != scheme.Penalty:
				sum.Add(sum, mark)
			case a.Level == "total":
				fromTotal.Add(fromTotal, mark)
			case a.Level == "component":
				fromComponent.Add(fromComponent, mark)
			default:
				own.Add(own, mark)
			}
		}
	}
	if void {
		return new(big.Rat), fromComponent, true
	}
	sum = takeOff(sum.Mul(sum, ratOf(c.Factor, "1")), own)
	return roundRat(sum, n.s.Rounding.Criterion), fromComponent, complete
}

// voided knows gates over their own criterion, which is what the random
// schemes have.
func (n *naive) voided(c *scheme.Criterion, entry scoring.EntryID) bool {
	for i := range c.Subs {
		for j := range c.Subs[i].Aspects {
			a := &c.Subs[i].Aspects[j]
			if a.Kind == scheme.Gate && n.cells[naiveCell{entry, a.ID, 1, 1, 0}].value == "1" {
				return true
			}
		}
	}
	return false
}
