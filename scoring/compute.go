package scoring

import "jiangtai/scoring/exact"

// refresh computes an entry anew after its aspect changed; -1 is all of it.
func (b *Board) refresh(e *entry, aspect int) {
	if aspect < 0 {
		b.refreshAll(e)
		return
	}
	a, s := &b.rules.aspects[aspect], &e.aspects[aspect]
	before, voids := *s, s.voids
	b.settleAspect(a, s)
	if voids != s.voids || b.isVoided(e, aspect) {
		b.refreshAll(e)
		return
	}
	if a.required {
		e.done += s.done - before.done
		e.need += s.need - before.need
		if before.settled != s.settled {
			e.open += map[bool]int{true: -1, false: 1}[s.settled]
		}
	}
	b.sumCriterion(e, a.criterion)
	b.sumComponent(e, a.component)
	b.sumTotal(e)
}

func (b *Board) refreshAll(e *entry) {
	r := b.rules
	for i := range r.aspects {
		b.settleAspect(&r.aspects[i], &e.aspects[i])
	}
	b.spreadVoids(e)
	e.open, e.done, e.need = 0, 0, 0
	for i := range r.aspects {
		s := &e.aspects[i]
		if !r.aspects[i].required || b.isVoided(e, i) {
			continue
		}
		e.done += s.done
		e.need += s.need
		if !s.settled {
			e.open++
		}
	}
	for i := range r.criteria {
		b.sumCriterion(e, i)
	}
	for i := range r.components {
		b.sumComponent(e, i)
	}
	b.sumTotal(e)
}

// spreadVoids marks what gates and violations void. A voided part is 0 and
// needs no marks.
func (b *Board) spreadVoids(e *entry) {
	r := b.rules
	if !r.voiding {
		return
	}
	if e.voided == nil {
		e.voided = make([]bool, len(r.aspects)+len(r.criteria)+len(r.components)+1)
	}
	clear(e.voided)
	for i := range r.aspects {
		a, sort := &r.aspects[i], e.aspects[i].voids
		target := a.target
		if sort == "gate" {
			sort = a.voids
		} else {
			target = map[string]int{"criterion": a.criterion, "component": a.component}[sort]
		}
		switch sort {
		case "aspect":
			e.voided[target] = true
		case "criterion":
			e.voided[len(r.aspects)+target] = true
		case "component":
			e.voided[len(r.aspects)+len(r.criteria)+target] = true
		case "entry":
			e.voided[len(e.voided)-1] = true
		}
	}
}

func (b *Board) isVoided(e *entry, aspect int) bool {
	a := &b.rules.aspects[aspect]
	return e.voided != nil && (e.voided[aspect] || b.voidedCriterion(e, a.criterion))
}

func (b *Board) voidedCriterion(e *entry, i int) bool {
	return e.voided != nil && (e.voided[len(b.rules.aspects)+i] || b.voidedComponent(e, b.rules.criteria[i].component))
}

func (b *Board) voidedComponent(e *entry, i int) bool {
	return e.voided != nil && (e.voided[len(e.voided)-1] || e.voided[len(b.rules.aspects)+len(b.rules.criteria)+i])
}

func (b *Board) sumCriterion(e *entry, i int) {
	c := &b.rules.criteria[i]
	sum, off, p := exact.Zero, exact.Zero, part{settled: true}
	for j := c.first; j < c.end; j++ {
		a, s := &b.rules.aspects[j], &e.aspects[j]
		if b.isVoided(e, j) {
			continue
		}
		if a.required && !s.settled {
			p.settled = false
		}
		switch {
		case !s.settled:
		case a.level == "":
			sum = sum.Add(s.mark)
		case a.level == "criterion":
			off = off.Add(s.mark)
		}
	}
	if c.factor != nil {
		sum = sum.Mul(*c.factor)
	}
	if c.penalties {
		sum = exact.Max(sum.Sub(off), exact.Min(sum, exact.Zero))
	}
	if b.voidedCriterion(e, i) {
		sum = exact.Zero
	}
	p.exact, p.value = sum, c.round.apply(sum)
	e.crits[i] = p
}

func (b *Board) sumComponent(e *entry, i int) {
	c := &b.rules.components[i]
	sum, p := exact.Zero, part{settled: true}
	for j := c.first; j < c.end; j++ {
		sum = sum.Add(e.crits[j].value)
		p.settled = p.settled && e.crits[j].settled
	}
	if len(c.penalties) > 0 {
		sum = exact.Max(sum.Sub(b.penalties(e, c.penalties)), exact.Min(sum, exact.Zero))
	}
	if b.voidedComponent(e, i) {
		sum = exact.Zero
	}
	p.exact, p.value = sum, c.round.apply(sum)
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
	for i := range b.rules.components {
		c := &b.rules.components[i]
		sum = sum.Add(c.shared.apply(e.comps[i].value.Mul(c.share)))
	}
	if len(b.rules.penalties) > 0 {
		sum = exact.Max(sum.Sub(b.penalties(e, b.rules.penalties)), exact.Min(sum, exact.Zero))
	}
	for _, i := range b.rules.timed {
		e.blank = e.blank || e.aspects[i].void && !b.isVoided(e, i)
	}
	e.exact, e.total = sum, b.rules.total.apply(sum)
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
func (b *Board) byPoints() bool { return b.rules.byPoints && b.phase != Official }

// better is negative when x is strictly better than y, 0 when they tie.
func (b *Board) better(x, y *entry) int {
	c := y.total.Cmp(x.total)
	if b.rules.ascending {
		c = -c
	}
	if c != 0 {
		return c
	}
	for i := range b.rules.keys {
		if c := b.byKey(&b.rules.keys[i], x, y); c != 0 {
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

func (b *Board) byKey(k *keyRule, x, y *entry) int {
	vx, okx := x.keyValue(k)
	vy, oky := y.keyValue(k)
	switch {
	case okx != oky && okx:
		return -1
	case okx != oky:
		return 1
	case !okx:
		return 0
	case k.ascending:
		return vx.Cmp(vy)
	}
	return vy.Cmp(vx)
}

// keyValue is what a tie-break key compares; false sorts last, whichever way.
func (e *entry) keyValue(k *keyRule) (exact.Num, bool) {
	switch k.by {
	case "component":
		return e.comps[k.at].value, true
	case "criterion":
		return e.crits[k.at].value, true
	case "aspect":
		return e.aspects[k.at].mark, e.aspects[k.at].settled
	}
	s := &e.aspects[k.at]
	if k.by == "time" {
		return s.raw, s.settled && !s.blank && !s.void
	}
	return s.best, s.settled && !s.blank
}
