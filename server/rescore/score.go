package rescore

import (
	"math/big"
	"slices"
)

// outcome is one aspect of one entry.
type outcome struct {
	ready bool     // all its marks are in
	known bool     // its mark is known: of a relative one the field is too
	blank bool     // nothing was performed
	value *big.Rat // of the attempts; nil without a result
	mark  *big.Rat
	raw   *big.Rat // measured time; nil without one
	best  *big.Rat // the best single attempt; nil without one
	voids string
}

// sheet is one entry's results.
type sheet struct {
	entry    uint64
	who      *entrant
	aspects  map[string]*outcome
	voided   map[string]bool // "aspect a", "criterion k", "component c", "entry"
	crits    map[string]*big.Rat
	comps    map[string]*big.Rat
	total    *big.Rat
	complete bool
	counted  []*sheet // of a team: the members that make its total
	brings   *big.Rat // what they make together; 0 of a person
}

// owns says whether an entry is marked in a component: persons in theirs, teams
// in theirs.
func (sh *sheet) owns(c *component) bool { return sh.who.team() == (c.Of == "team") }

// compute makes every entry's sheet: the aspects by themselves, then what the
// field makes of relative ones, then the sums of persons, then those of teams.
func (st *state) compute() ([]*sheet, error) {
	var sheets []*sheet
	for id, who := range st.entries {
		sh := &sheet{
			entry: id, who: who, aspects: map[string]*outcome{}, voided: map[string]bool{},
			crits: map[string]*big.Rat{}, comps: map[string]*big.Rat{}, brings: zero(),
		}
		var err error
		st.now.eachAspect(func(c *component, _ *criterion, a *aspect) {
			if sh.owns(c) && err == nil {
				sh.aspects[a.ID], err = st.outcome(a, id)
			}
		})
		if err != nil {
			return nil, err
		}
		st.spread(sh)
		sheets = append(sheets, sh)
	}
	slices.SortFunc(sheets, func(a, b *sheet) int { return int(a.entry) - int(b.entry) })
	st.now.eachAspect(func(c *component, k *criterion, a *aspect) {
		if a.Kind == "relative" {
			st.relate(c, k, a, sheets)
		}
	})
	for _, sh := range sheets {
		if !sh.who.team() {
			st.sum(sh)
		}
	}
	for _, sh := range sheets {
		if sh.who.team() {
			st.gather(sh, sheets)
		}
	}
	return sheets, nil
}

// spread finds what gates and violations void.
func (st *state) spread(sh *sheet) {
	st.now.eachAspect(func(c *component, k *criterion, a *aspect) {
		if !sh.owns(c) || sh.aspects[a.ID].voids == "" {
			return
		}
		what := sh.aspects[a.ID].voids
		target := map[string]string{"aspect": "", "criterion": k.ID, "component": c.ID, "entry": ""}[what]
		if a.Target != "" {
			target = a.Target
		}
		sh.voided[what+" "+target] = true
	})
}

func (sh *sheet) isVoid(c *component, k *criterion, a *aspect) bool {
	return sh.voided["entry "] || sh.voided["component "+c.ID] || k != nil && sh.voided["criterion "+k.ID] ||
		a != nil && sh.voided["aspect "+a.ID]
}

// relate gives a relative aspect its marks: of the best of those who are ranked
// and compete all of it, of others their proportion.
func (st *state) relate(c *component, k *criterion, a *aspect, sheets []*sheet) {
	var best *big.Rat
	known := true
	for _, sh := range sheets {
		out := sh.aspects[a.ID]
		if !sh.owns(c) || !sh.enters() || sh.isVoid(c, k, a) {
			continue
		}
		known = known && (out.ready || !a.required())
		if out.ready && out.value != nil && (best == nil || (out.value.Cmp(best) < 0) == a.lower() && out.value.Cmp(best) != 0) {
			best = out.value
		}
	}
	for _, sh := range sheets {
		if !sh.owns(c) {
			continue
		}
		out := sh.aspects[a.ID]
		out.known, out.mark = out.ready && known, zero()
		if !out.known || out.value == nil || best == nil {
			continue
		}
		small, great := out.value, best
		if a.lower() {
			small, great = best, out.value
		}
		share := big.NewRat(1, 1)
		if small.Cmp(great) < 0 {
			share = quo(small, great)
		} else if !a.lower() && small.Sign() == 0 {
			share = zero()
		}
		out.mark = st.now.Rounding.Aspect.rounded(mul(mul(share, a.Max.Rat), a.Factor.or(1)))
	}
}

func (st *state) sum(sh *sheet) {
	total, off := sh.brings, zero()
	if sh.voided["entry "] {
		total = zero()
	}
	sh.complete = true
	for i := range st.now.Components {
		c := &st.now.Components[i]
		if !sh.owns(c) {
			continue
		}
		part, minus := zero(), zero()
		for j := range c.Criteria {
			part = add(part, st.sumCriterion(sh, c, &c.Criteria[j], &minus, &off))
		}
		part = without(part, minus)
		if sh.isVoid(c, nil, nil) {
			part = zero()
		}
		part = st.now.Rounding.Component.rounded(part)
		sh.comps[c.ID] = part
		share := c.Factor.or(1)
		if c.Weight != nil {
			share = c.Weight.Rat
		}
		total = add(total, st.now.Rounding.Weighted.rounded(mul(part, share)))
	}
	sh.total = st.totalRound().rounded(without(total, off))
}

// enters says whether an entry is one of those that are ranked, if its marks are
// in.
func (sh *sheet) enters() bool { return sh.who.status == "competing" && sh.who.may("ranked") }

func (st *state) totalRound() *round {
	if r := st.now.Rounding.Total; r != nil {
		return r
	}
	return &round{Places: 2}
}

// sumCriterion adds a criterion's marks; what its penalties take elsewhere goes
// to component and total.
func (st *state) sumCriterion(sh *sheet, c *component, k *criterion, fromComponent, fromTotal **big.Rat) *big.Rat {
	sum, own := zero(), zero()
	for i := range k.Subs {
		for j := range k.Subs[i].Aspects {
			a := &k.Subs[i].Aspects[j]
			out := sh.aspects[a.ID]
			switch {
			case sh.isVoid(c, k, a):
				continue
			case !out.known:
				sh.complete = sh.complete && !a.required()
				continue
			}
			sh.complete = sh.complete && (a.Mode != "seconds" || out.value != nil)
			switch {
			case a.Kind != "penalty":
				sum = add(sum, out.mark)
			case a.Level == "total":
				*fromTotal = add(*fromTotal, out.mark)
			case a.Level == "component":
				*fromComponent = add(*fromComponent, out.mark)
			default:
				own = add(own, out.mark)
			}
		}
	}
	sum = without(mul(sum, k.Factor.or(1)), own)
	if sh.isVoid(c, k, nil) {
		sum = zero()
	}
	sh.crits[k.ID] = st.now.Rounding.Criterion.rounded(sum)
	return sh.crits[k.ID]
}

// without takes penalties off, not below zero; what was below zero stays.
func without(sum, off *big.Rat) *big.Rat { return most(sub(sum, off), least(sum, zero())) }
