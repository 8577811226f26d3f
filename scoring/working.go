package scoring

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/panel"
	"jiangtai/scoring/rules"
)

// Working shows the working of an entry; the zero Working when there is none.
func (b *Board) Working(id EntryID) Working {
	e := b.entries[id]
	if e == nil {
		return Working{}
	}
	w := Working{
		Entry: id, Version: b.version, Status: e.status, Complete: e.complete(), Total: b.fixed(e.total), Exact: e.exact.String(),
		Rank: e.place.Rank, Pos: e.place.Pos, Done: e.done, Need: e.need, Void: e.voided != nil && e.voided[len(e.voided)-1],
		Penalties: b.workPenalties(e, b.rules.Penalties), TieBreak: b.workTie(e),
	}
	for i := range b.rules.Components {
		w.Components = append(w.Components, b.workComponent(e, i))
	}
	return w
}

func (b *Board) workComponent(e *entry, i int) WorkedComponent {
	c, p := &b.rules.Components[i], &e.comps[i]
	w := WorkedComponent{
		ID: c.Src.ID, Name: c.Src.Name.Zh, Value: p.value.String(), Exact: p.exact.String(), Share: c.Share.String(),
		Shared: c.Shared.Apply(p.value.Mul(c.Share)).String(), Complete: p.settled, Void: b.voidedComponent(e, i),
		Penalties: b.workPenalties(e, c.Penalties),
	}
	for j := c.First; j < c.End; j++ {
		w.Criteria = append(w.Criteria, b.workCriterion(e, j))
	}
	return w
}

func (b *Board) workCriterion(e *entry, i int) WorkedCriterion {
	c, p := &b.rules.Modules[i], &e.crits[i]
	w := WorkedCriterion{
		ID: c.Src.ID, Code: c.Code, Name: c.Src.Name.Zh, Value: p.value.String(), Exact: p.exact.String(),
		Factor: optional(c.Factor), Complete: p.settled, Void: b.voidedCriterion(e, i),
	}
	for j := c.First; j < c.End; j++ {
		if b.rules.Aspects[j].Level == "criterion" {
			w.Penalties = append(w.Penalties, b.workPenalties(e, []int{j})...)
		}
		w.Aspects = append(w.Aspects, b.workAspect(e, j))
	}
	return w
}

func (b *Board) workPenalties(e *entry, aspects []int) []WorkedPenalty {
	var list []WorkedPenalty
	for _, j := range aspects {
		if s := &e.aspects[j]; s.settled && !s.mark.IsZero() && !b.isVoided(e, j) {
			list = append(list, WorkedPenalty{Aspect: b.rules.Aspects[j].Src.ID, Takes: s.mark.String()})
		}
	}
	return list
}

func (b *Board) workAspect(e *entry, j int) WorkedAspect {
	a, s := &b.rules.Aspects[j], &e.aspects[j]
	w := WorkedAspect{
		ID: a.Src.ID, Sub: a.Sub, Code: a.Code, Name: a.Src.Name.Zh, Kind: string(a.Src.Kind), Max: a.Pad.Pad().Max,
		Factor: optional(a.Factor), Take: a.Take, Void: s.void || b.isVoided(e, j),
	}
	if a.Each {
		w.Policy = string(a.Policy.Kind)
	}
	if s.settled {
		w.Mark = s.mark.String()
	}
	if a.Relative >= 0 && s.ready && !s.blank && !s.void {
		if w.Measured = s.raw.String(); b.fields[a.Relative].known && b.fields[a.Relative].any {
			w.Best = b.fields[a.Relative].best.String()
		}
	}
	for i := range s.tries {
		t := &s.tries[i]
		try := WorkedAttempt{}
		if t.settled {
			try.Value = t.value.String()
		}
		for r := range t.rounds {
			try.Rounds = append(try.Rounds, b.workRound(a, t, r))
		}
		w.Attempts = append(w.Attempts, try)
	}
	return w
}

func (b *Board) workRound(a *rules.Aspect, t *try, r int) WorkedRound {
	cells := t.rounds[r]
	w := WorkedRound{Rejected: r < t.open}
	var dropped []bool
	if r == t.open && t.settled {
		w.Exact = cells[0].num.String()
		if a.Each {
			list := votes(cells, nil)
			v, _ := panel.Value(a.Policy, list)
			dropped, w.Exact = panel.Dropped(a.Policy, list), v.String()
		}
	}
	for i := range cells {
		m := workMark(&cells[i])
		if a.Each && i < len(b.seats[a.Panel]) {
			m.Chair = b.seats[a.Panel][i]
		}
		m.Dropped = dropped != nil && dropped[i]
		if cells[i].kind != NoKind && cells[i].kind != Absent && !m.Dropped && w.Exact != "" {
			w.Used++
		}
		w.Marks = append(w.Marks, m)
	}
	return w
}

func workMark(c *cell) WorkedMark {
	m := WorkedMark{Chair: c.chair, MarkID: c.mark, Seq: c.seq, Value: c.value}
	switch c.kind {
	case Mark:
		m.Kind, m.Mark = "mark", c.num.String()
	case NotPerformed:
		m.Kind, m.Mark = "not_performed", "0"
	case Absent:
		m.Kind = "absent"
	default:
		m.Kind = "missing"
	}
	return m
}

// workTie compares with the neighbours that have the same total.
func (b *Board) workTie(e *entry) []WorkedComparison {
	var list []WorkedComparison
	for _, at := range []int{e.place.Pos - 2, e.place.Pos} {
		if at < 0 || at >= len(b.ids) {
			continue
		}
		o := b.list.Items()[at]
		if b.class(e) == 0 && b.class(o) == 0 && e.total.Equal(o.total) {
			list = append(list, b.workCompare(e, o)...)
		}
	}
	return list
}

func (b *Board) workCompare(e, o *entry) []WorkedComparison {
	var list []WorkedComparison
	for i := range b.rules.Keys {
		k := &b.rules.Keys[i]
		c := b.byKey(k, e, o)
		step := WorkedComparison{
			With: o.id, By: k.By, ID: b.keyID(k), Mine: keyText(e.keyValue(k)), Theirs: keyText(o.keyValue(k)), Ahead: c < 0,
		}
		if list = append(list, step); c != 0 {
			return list
		}
	}
	last := WorkedComparison{With: o.id, By: "shared"}
	if c := decidedFirst(e, o); c != 0 {
		last.By, last.Ahead = "decision", c < 0
	}
	return append(list, last)
}

func (b *Board) keyID(k *rules.Key) string {
	switch k.By {
	case "firsts":
		return ""
	case "component":
		return b.rules.Components[k.At].Src.ID
	case "criterion":
		return b.rules.Modules[k.At].Src.ID
	}
	return b.rules.Aspects[k.At].Src.ID
}

func keyText(n exact.Num, ok bool) string {
	if !ok {
		return ""
	}
	return n.String()
}

func optional(n *exact.Num) string {
	if n == nil {
		return ""
	}
	return n.String()
}
