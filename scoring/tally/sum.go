package tally

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
)

// Refresh computes a sheet anew after its aspect changed.
func (k *Counter) Refresh(e *Sheet, aspect int) {
	a, s := &k.Rules.Aspects[aspect], &e.Aspects[aspect]
	was, done, need, voids := standing(a, s), s.Done, s.Need, s.Voids
	k.settleAspect(a, s)
	if voids != s.Voids || e.Voided != nil && k.IsVoided(e, aspect) {
		k.RefreshAll(e)
		return
	}
	if a.Required {
		e.Done += s.Done - done
		e.Need += s.Need - need
		if was.settled != s.Settled {
			e.Open += map[bool]int{true: -1, false: 1}[s.Settled]
		}
	}
	e.Criteria[a.Module].replace(a, was, standing(a, s))
	k.closeCriterion(e, a.Module)
	k.sumComponent(e, a.Component)
	k.sumTotal(e)
}

// RefreshAll computes a whole sheet anew, from its tries.
func (k *Counter) RefreshAll(e *Sheet) {
	r := k.Rules
	for i := range r.Aspects {
		if r.Aspects[i].OfTeam != e.Team {
			e.Aspects[i] = Aspect{Settled: true} // not waited for, and adds nothing
			continue
		}
		k.settleAspect(&r.Aspects[i], &e.Aspects[i])
	}
	k.spreadVoids(e)
	e.Open, e.Done, e.Need = 0, 0, 0
	for i := range r.Aspects {
		s := &e.Aspects[i]
		if !r.Aspects[i].Required || k.IsVoided(e, i) {
			continue
		}
		e.Done += s.Done
		e.Need += s.Need
		if !s.Settled {
			e.Open++
		}
	}
	for i := range r.Modules {
		k.sumCriterion(e, i)
	}
	for i := range r.Components {
		k.sumComponent(e, i)
	}
	k.sumTotal(e)
}

// spreadVoids marks what gates and violations void. A voided part is 0 and
// needs no marks.
func (k *Counter) spreadVoids(e *Sheet) {
	r := k.Rules
	if !r.Voiding {
		return
	}
	if e.Voided == nil {
		e.Voided = make([]bool, len(r.Aspects)+len(r.Modules)+len(r.Components)+1)
	}
	clear(e.Voided)
	for i := range r.Aspects {
		a, sort := &r.Aspects[i], e.Aspects[i].Voids
		target := a.Target
		if sort == "gate" {
			sort = a.Voids
		} else {
			target = map[string]int{"criterion": a.Module, "component": a.Component}[sort]
		}
		switch sort {
		case "aspect":
			e.Voided[target] = true
		case "criterion":
			e.Voided[len(r.Aspects)+target] = true
		case "component":
			e.Voided[len(r.Aspects)+len(r.Modules)+target] = true
		case "entry":
			e.Voided[len(e.Voided)-1] = true
		}
	}
}

// IsVoided says whether an aspect, or what it belongs to, is voided.
func (k *Counter) IsVoided(e *Sheet, aspect int) bool {
	a := &k.Rules.Aspects[aspect]
	return e.Voided != nil && (e.Voided[aspect] || k.VoidedCriterion(e, a.Module))
}

// VoidedCriterion says whether a criterion, or what it belongs to, is voided.
func (k *Counter) VoidedCriterion(e *Sheet, i int) bool {
	return e.Voided != nil && (e.Voided[len(k.Rules.Aspects)+i] || k.VoidedComponent(e, k.Rules.Modules[i].Component))
}

// VoidedComponent says whether a component or everything is voided.
func (k *Counter) VoidedComponent(e *Sheet, i int) bool {
	return e.Voided != nil && (e.Voided[len(e.Voided)-1] || e.Voided[len(k.Rules.Aspects)+len(k.Rules.Modules)+i])
}

// Gather takes what a team's members make together into its total.
func (k *Counter) Gather(e *Sheet, members exact.Num, short bool) {
	e.Members, e.Short = members, short
	k.sumTotal(e)
}

// AddUp sums anew what an aspect belongs to, after its mark was changed by the
// field.
func (k *Counter) AddUp(e *Sheet, aspect int) {
	a := &k.Rules.Aspects[aspect]
	k.sumCriterion(e, a.Module)
	k.sumComponent(e, a.Component)
	k.sumTotal(e)
}

func (k *Counter) sumCriterion(e *Sheet, i int) {
	m, c := &k.Rules.Modules[i], &e.Criteria[i]
	*c = Criterion{}
	for j := m.First; j < m.End; j++ {
		if !k.IsVoided(e, j) {
			c.lay(&k.Rules.Aspects[j], &e.Aspects[j])
		}
	}
	k.closeCriterion(e, i)
}

// stands is what a criterion has of an aspect.
type stands struct {
	mark    exact.Num // 0 where it is not settled
	settled bool
	waited  bool
}

func standing(a *rules.Aspect, s *Aspect) stands {
	now := stands{settled: s.Settled, waited: waited(a, s)}
	if s.Settled {
		now.mark = s.Mark
	}
	return now
}

// replace takes an aspect away as it was and adds it as it is.
func (c *Criterion) replace(a *rules.Aspect, was, is stands) {
	if was.waited {
		c.open--
	}
	if is.waited {
		c.open++
	}
	switch a.Level {
	case "":
		c.sum = c.sum.Instead(was.mark, is.mark)
	case "criterion":
		c.off = c.off.Instead(was.mark, is.mark)
	}
}

// lay adds an aspect to its criterion.
func (c *Criterion) lay(a *rules.Aspect, s *Aspect) {
	if waited(a, s) {
		c.open++
	}
	switch {
	case !s.Settled:
	case a.Level == "":
		c.sum = c.sum.Add(s.Mark)
	case a.Level == "criterion":
		c.off = c.off.Add(s.Mark)
	}
}

// waited says whether the criterion is not settled for this aspect's sake: no
// time is not a time of 0.
func waited(a *rules.Aspect, s *Aspect) bool {
	return a.Required && !s.Settled || s.Void && a.Src.Mode == "seconds"
}

// closeCriterion makes the value of the sums.
func (k *Counter) closeCriterion(e *Sheet, i int) {
	m, c := &k.Rules.Modules[i], &e.Criteria[i]
	sum := c.sum
	if m.Factor != nil {
		sum = sum.Mul(*m.Factor)
	}
	if m.Penalties {
		sum = exact.Max(sum.Sub(c.off), exact.Min(sum, exact.Zero))
	}
	if k.VoidedCriterion(e, i) {
		sum = exact.Zero
	}
	c.Settled, c.Exact, c.Value = c.open == 0, sum, m.Round.Apply(sum)
}

func (k *Counter) sumComponent(e *Sheet, i int) {
	c := &k.Rules.Components[i]
	sum, settled := e.Criteria[c.First].Value, e.Criteria[c.First].Settled
	for j := c.First + 1; j < c.End; j++ {
		sum = sum.Add(e.Criteria[j].Value)
		settled = settled && e.Criteria[j].Settled
	}
	if len(c.Penalties) > 0 {
		sum = exact.Max(sum.Sub(k.penalties(e, c.Penalties)), exact.Min(sum, exact.Zero))
	}
	if k.VoidedComponent(e, i) {
		sum = exact.Zero
	}
	p := &e.Components[i]
	p.Settled, p.Exact, p.Value = settled, sum, c.Round.Apply(sum)
}

func (k *Counter) penalties(e *Sheet, aspects []int) exact.Num {
	off := exact.Zero
	for _, j := range aspects {
		if e.Aspects[j].Settled && !k.IsVoided(e, j) {
			off = off.Add(e.Aspects[j].Mark)
		}
	}
	return off
}

func (k *Counter) sumTotal(e *Sheet) {
	sum := e.Members
	if e.Voided != nil && e.Voided[len(e.Voided)-1] {
		sum = exact.Zero
	}
	e.Blank = false
	for i := range k.Rules.Components {
		c := &k.Rules.Components[i]
		sum = sum.Add(c.Shared.Apply(e.Components[i].Value.Mul(c.Share)))
	}
	if len(k.Rules.Penalties) > 0 {
		sum = exact.Max(sum.Sub(k.penalties(e, k.Rules.Penalties)), exact.Min(sum, exact.Zero))
	}
	for _, i := range k.Rules.Timed {
		e.Blank = e.Blank || e.Aspects[i].Void && !k.IsVoided(e, i)
	}
	e.Exact, e.Total = sum, k.Rules.Total.Apply(sum)
}

// Key is what a tie-break key reads of the sheet; false when there is nothing.
func (e *Sheet) Key(k *rules.Key) (exact.Num, bool) {
	switch k.By {
	case "component":
		return e.Components[k.At].Value, true
	case "criterion":
		return e.Criteria[k.At].Value, true
	case "aspect":
		return e.Aspects[k.At].Mark, e.Aspects[k.At].Settled
	}
	s := &e.Aspects[k.At]
	if k.By == "time" {
		return s.Raw, s.Settled && !s.Blank && !s.Untimed
	}
	return s.Best, s.Settled && !s.Blank
}
