package scheme

import (
	"strconv"

	"jiangtai/scoring/exact"
)

// checkComponents walks the tree and holds the declared totals against what
// the parts add up to.
func (k *checker) checkComponents() {
	if len(k.s.Components) == 0 {
		k.add("/components", "scheme.missing", "")
		return
	}
	weighted := k.s.Composing() == Weighted
	weights, total, closed, persons := exact.Zero, exact.Zero, true, false
	for i := range k.s.Components {
		c, at := &k.s.Components[i], "/components/"+strconv.Itoa(i)
		best, ok := k.component(at, c)
		if c.Of == OfTeam {
			k.teamComponent(at, c)
			continue
		}
		share := exact.One
		persons = true
		switch {
		case weighted && c.Weight == nil:
			k.add(at+"/weight", "scheme.missing", "")
		case !weighted && c.Weight != nil:
			k.add(at+"/weight", "scheme.field_not_used", "sum")
		case weighted:
			share = *c.Weight
			weights = weights.Add(share)
		case c.Factor != nil:
			share = *c.Factor
		}
		if weighted && c.Factor != nil {
			k.add(at+"/factor", "scheme.field_not_used", "weighted")
		}
		k.positive(at+"/weight", c.Weight)
		k.positive(at+"/factor", c.Factor)
		total, closed = total.Add(share.Mul(best)), closed && ok
	}
	if !persons {
		k.add("/components", "scheme.no_persons", "")
		return
	}
	if weighted && !weights.Equal(exact.One) {
		k.add("/components", "scheme.weights_not_one", weights.String())
	}
	k.declared("/total", k.s.Total, total, closed)
	k.pass("/pass", k.s.Pass, total, closed)
	if k.aspects > maxAspects {
		k.add("/components", "scheme.too_many_aspects", strconv.Itoa(k.aspects))
	}
}

// component answers the best mark, and false where the scale is open.
func (k *checker) component(at string, c *Component) (Num, bool) {
	k.inTeam = c.Of == OfTeam
	k.id(at+"/id", "component", c.ID)
	k.text(at+"/name", &c.Name)
	k.oneOf(at+"/of", c.Of, "", OfTeam)
	if len(c.Criteria) == 0 {
		k.add(at+"/criteria", "scheme.missing", "")
	}
	sum, closed := exact.Zero, true
	for i := range c.Criteria {
		best, ok := k.criterion(at+"/criteria/"+strconv.Itoa(i), &c.Criteria[i])
		sum, closed = sum.Add(best), closed && ok
	}
	k.inTeam = false
	k.declared(at+"/max", c.Max, sum, closed)
	k.pass(at+"/pass", c.Pass, sum, closed)
	return sum, closed
}

func (k *checker) criterion(at string, c *Criterion) (Num, bool) {
	k.id(at+"/id", "criterion", c.ID)
	k.text(at+"/name", &c.Name)
	k.oneOf(at+"/identity", string(c.Identity), "", "open", "seat", "coded")
	k.positive(at+"/factor", c.Factor)
	if len(c.Subs) == 0 {
		k.add(at+"/subs", "scheme.missing", "")
	}
	sum, closed := exact.Zero, true
	for i := range c.Subs {
		sub, subAt := &c.Subs[i], at+"/subs/"+strconv.Itoa(i)
		k.id(subAt+"/id", "sub", sub.ID)
		k.text(subAt+"/name", &sub.Name)
		if len(sub.Aspects) == 0 {
			k.add(subAt+"/aspects", "scheme.missing", "")
		}
		for j := range sub.Aspects {
			best, ok := k.aspect(subAt+"/aspects/"+strconv.Itoa(j), &sub.Aspects[j])
			sum, closed = sum.Add(best), closed && ok
		}
	}
	if c.Factor != nil {
		sum = sum.Mul(*c.Factor)
	}
	k.declared(at+"/max", c.Max, sum, closed)
	return sum, closed
}

func (k *checker) declared(at string, declared *Num, actual Num, closed bool) {
	switch {
	case declared == nil:
	case !closed:
		k.add(at, "scheme.open_scale", declared.String())
	case !declared.Equal(actual):
		k.add(at, "scheme.does_not_add_up", declared.String()+" ≠ "+actual.String())
	}
}

func (k *checker) pass(at string, pass *Num, best Num, closed bool) {
	if pass != nil && (pass.Sign() < 0 || closed && best.Less(*pass)) {
		k.add(at, "scheme.pass_above_max", pass.String())
	}
}

// BestMark is the most that the aspect can add, with its factor, and false
// where its scale is open. It reads a scheme that has been checked.
func (s *Scheme) BestMark(a *Aspect) (Num, bool) {
	best, closed := bestInput(a)
	if a.Each() && a.Kind != Relative {
		n, ok := s.marksAdded(a)
		best, closed = best.Mul(exact.Int(n)), closed && ok
	}
	if a.Factor != nil {
		best = best.Mul(*a.Factor)
	}
	return best, closed
}

// bestInput is the best mark that one chair can give.
func bestInput(a *Aspect) (Num, bool) {
	best := exact.Zero
	switch a.Kind {
	case Gate, Penalty:
		return best, true
	case Time:
		if a.Mode == "tiebreak" {
			return best, true
		}
		if a.Mode == "seconds" {
			return best, false
		}
	}
	if a.Max != nil {
		return *a.Max, true
	}
	if a.Else != nil {
		best = *a.Else
	}
	for _, b := range a.Bands {
		best = maxOf(best, b.Mark)
	}
	for _, r := range a.Rows {
		best = maxOf(best, r.Mark)
	}
	for _, g := range a.Grades {
		best = maxOf(best, g.To)
	}
	return best, len(a.Bands)+len(a.Rows)+len(a.Grades) > 0
}

func maxOf(a Num, b *Num) Num {
	if b == nil {
		return a
	}
	return exact.Max(a, *b)
}

// marksAdded is how many chairs' marks a sum policy adds; 1 for a mean.
func (s *Scheme) marksAdded(a *Aspect) (int, bool) {
	p := s.PolicyOf(a)
	if p.Kind != SumAll && p.Kind != Middle {
		return 1, true
	}
	for i := range s.Panels {
		if s.Panels[i].ID == a.Panel && s.Panels[i].Chairs > 0 {
			return s.Panels[i].Chairs - p.High - p.Low, true
		}
	}
	return 1, false
}

// PolicyOf is the policy that holds for an aspect: its own, else for a
// judgement the mean of at least three, else its panel's, else the mean.
func (s *Scheme) PolicyOf(a *Aspect) Policy {
	if a.Policy != nil {
		return *a.Policy
	}
	if a.Kind == Judgement {
		return Policy{Kind: Mean, Least: 3}
	}
	for i := range s.Panels {
		if s.Panels[i].ID == a.Panel && s.Panels[i].Policy != nil {
			return *s.Panels[i].Policy
		}
	}
	return Policy{Kind: Mean}
}
