package scoring

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
)

// refresh computes an entry anew after its aspect changed.
func (b *Board) refresh(e *entry, aspect int) {
	a, s := &b.rules.Aspects[aspect], &e.aspects[aspect]
	before, voids := *s, s.voids
	b.settleAspect(a, s)
	if voids != s.voids || b.isVoided(e, aspect) {
		b.refreshAll(e)
		return
	}
	if a.Required {
		e.done += s.done - before.done
		e.need += s.need - before.need
		if before.settled != s.settled {
			e.open += map[bool]int{true: -1, false: 1}[s.settled]
		}
	}
	c := &e.crits[a.Module]
	c.lift(a, &before)
	c.lay(a, s)
	b.closeCriterion(e, a.Module)
	b.sumComponent(e, a.Component)
	b.sumTotal(e)
}

func (b *Board) refreshAll(e *entry) {
	r := b.rules
	for i := range r.Aspects {
		b.settleAspect(&r.Aspects[i], &e.aspects[i])
	}
	e.stale = true
	b.spreadVoids(e)
	e.open, e.done, e.need = 0, 0, 0
	for i := range r.Aspects {
		s := &e.aspects[i]
		if !r.Aspects[i].Required || b.isVoided(e, i) {
			continue
		}
		e.done += s.done
		e.need += s.need
		if !s.settled {
			e.open++
		}
	}
	for i := range r.Modules {
		b.sumCriterion(e, i)
	}
	for i := range r.Components {
		b.sumComponent(e, i)
	}
	b.sumTotal(e)
}

// spreadVoids marks what gates and violations void. A voided part is 0 and
// needs no marks.
func (b *Board) spreadVoids(e *entry) {
	r := b.rules
	if !r.Voiding {
		return
	}
	if e.voided == nil {
		e.voided = make([]bool, len(r.Aspects)+len(r.Modules)+len(r.Components)+1)
	}
	clear(e.voided)
	for i := range r.Aspects {
		a, sort := &r.Aspects[i], e.aspects[i].voids
		target := a.Target
		if sort == "gate" {
			sort = a.Voids
		} else {
			target = map[string]int{"criterion": a.Module, "component": a.Component}[sort]
		}
		switch sort {
		case "aspect":
			e.voided[target] = true
		case "criterion":
			e.voided[len(r.Aspects)+target] = true
		case "component":
			e.voided[len(r.Aspects)+len(r.Modules)+target] = true
		case "entry":
			e.voided[len(e.voided)-1] = true
		}
	}
}

func (b *Board) isVoided(e *entry, aspect int) bool {
	a := &b.rules.Aspects[aspect]
	return e.voided != nil && (e.voided[aspect] || b.voidedCriterion(e, a.Module))
}

func (b *Board) voidedCriterion(e *entry, i int) bool {
	return e.voided != nil && (e.voided[len(b.rules.Aspects)+i] || b.voidedComponent(e, b.rules.Modules[i].Component))
}

func (b *Board) voidedComponent(e *entry, i int) bool {
	return e.voided != nil && (e.voided[len(e.voided)-1] || e.voided[len(b.rules.Aspects)+len(b.rules.Modules)+i])
}

func (b *Board) sumCriterion(e *entry, i int) {
	m, c := &b.rules.Modules[i], &e.crits[i]
	*c = crit{}
	for j := m.First; j < m.End; j++ {
		if !b.isVoided(e, j) {
			c.lay(&b.rules.Aspects[j], &e.aspects[j])
		}
	}
	b.closeCriterion(e, i)
}

// lay adds an aspect to its criterion; lift takes it away as it was.
func (c *crit) lay(a *rules.Aspect, s *aspectState) {
	if waited(a, s) {
		c.open++
	}
	switch {
	case !s.settled:
	case a.Level == "":
		c.sum = c.sum.Add(s.mark)
	case a.Level == "criterion":
		c.off = c.off.Add(s.mark)
	}
}

func (c *crit) lift(a *rules.Aspect, s *aspectState) {
	if waited(a, s) {
		c.open--
	}
	switch {
	case !s.settled:
	case a.Level == "":
		c.sum = c.sum.Sub(s.mark)
	case a.Level == "criterion":
		c.off = c.off.Sub(s.mark)
	}
}

// waited says whether the criterion is not settled for this aspect's sake: no
// time is not a time of 0.
func waited(a *rules.Aspect, s *aspectState) bool {
	return a.Required && !s.settled || s.void && a.Src.Mode == "seconds"
}

// closeCriterion makes the value of the sums.
func (b *Board) closeCriterion(e *entry, i int) {
	m, c := &b.rules.Modules[i], &e.crits[i]
	sum := c.sum
	if m.Factor != nil {
		sum = sum.Mul(*m.Factor)
	}
	if m.Penalties {
		sum = exact.Max(sum.Sub(c.off), exact.Min(sum, exact.Zero))
	}
	if b.voidedCriterion(e, i) {
		sum = exact.Zero
	}
	c.part = part{settled: c.open == 0, exact: sum, value: m.Round.Apply(sum)}
}

func (b *Board) sumComponent(e *entry, i int) {
	c := &b.rules.Components[i]
	sum, p := exact.Zero, part{settled: true}
	for j := c.First; j < c.End; j++ {
		sum = sum.Add(e.crits[j].value)
		p.settled = p.settled && e.crits[j].settled
	}
	if len(c.Penalties) > 0 {
		sum = exact.Max(sum.Sub(b.penalties(e, c.Penalties)), exact.Min(sum, exact.Zero))
	}
	if b.voidedComponent(e, i) {
		sum = exact.Zero
	}
	p.exact, p.value = sum, c.Round.Apply(sum)
	e.comps[i] = p
}

func (b *Board) penalties(e *entry, aspects []int) exact.Num {
	off := exact.Zero
	for _, j := range aspects {
		if e.aspects[j].settled && !b.isVoided(e, j) {
			off = off.Add(e.aspects[j].mark)
		}
	}
	return off
}

func (b *Board) sumTotal(e *entry) {
	sum := exact.Zero
	e.blank = false
	for i := range b.rules.Components {
		c := &b.rules.Components[i]
		sum = sum.Add(c.Shared.Apply(e.comps[i].value.Mul(c.Share)))
	}
	if len(b.rules.Penalties) > 0 {
		sum = exact.Max(sum.Sub(b.penalties(e, b.rules.Penalties)), exact.Min(sum, exact.Zero))
	}
	for _, i := range b.rules.Timed {
		e.blank = e.blank || e.aspects[i].void && !b.isVoided(e, i)
	}
	e.exact, e.total = sum, b.rules.Total.Apply(sum)
}

// compare is the order of all entries: those with a rank by total and keys,
// the incomplete, those without a rank by status; within each by ordinal.
func (b *Board) compare(x, y *entry) int {
	cx, cy := b.class(x), b.class(y)
	if cx != cy {
		return cx - cy
	}
	if cx == 0 {
		if c := b.better(x, y); c != 0 {
			return c
		}
	}
	return int(x.id) - int(y.id)
}

func (b *Board) class(e *entry) int {
	switch {
	case !e.competing():
		return 3
	case !e.rankable():
		return 2
	case b.byPoints() || e.complete():
		return 0
	}
	return 1
}

// byPoints says whether incomplete entries are ordered by what they have. A
// published result never ranks one.
func (b *Board) byPoints() bool { return b.rules.ByPoints && b.phase != Official }

// better is negative when x is strictly better than y, 0 when they tie.
func (b *Board) better(x, y *entry) int {
	c := y.total.Cmp(x.total)
	if b.rules.Ascending {
		c = -c
	}
	if c != 0 {
		return c
	}
	for i := range b.rules.Keys {
		if c := b.byKey(&b.rules.Keys[i], x, y); c != 0 {
			return c
		}
	}
	return decidedFirst(x, y)
}

// decidedFirst orders by decided places; an entry without one ties with all.
func decidedFirst(x, y *entry) int {
	dx, dy := x.decided, y.decided
	if dx == 0 {
		dx = 1 << 30
	}
	if dy == 0 {
		dy = 1 << 30
	}
	return dx - dy
}

func (b *Board) byKey(k *rules.Key, x, y *entry) int {
	vx, okx := x.keyValue(k)
	vy, oky := y.keyValue(k)
	switch {
	case okx != oky && okx:
		return -1
	case okx != oky:
		return 1
	case !okx:
		return 0
	case k.Ascending:
		return vx.Cmp(vy)
	}
	return vy.Cmp(vx)
}

// keyValue is what a tie-break key compares; false sorts last, whichever way.
func (e *entry) keyValue(k *rules.Key) (exact.Num, bool) {
	switch k.By {
	case "firsts":
		return exact.Int(e.firsts[k.At]), true
	case "component":
		return e.comps[k.At].value, true
	case "criterion":
		return e.crits[k.At].value, true
	case "aspect":
		return e.aspects[k.At].mark, e.aspects[k.At].settled
	}
	s := &e.aspects[k.At]
	if k.By == "time" {
		return s.raw, s.settled && !s.blank && !s.untimed
	}
	return s.best, s.settled && !s.blank
}
