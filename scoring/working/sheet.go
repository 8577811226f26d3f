package working

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/panel"
	"jiangtai/scoring/record"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally"
)

// Sheet shows how one entry's marks make its parts.
type Sheet struct {
	*tally.Counter
	Of *tally.Sheet
}

// Penalties are what the aspects take, of those that take something.
func (s Sheet) Penalties(aspects []int) []Penalty {
	var list []Penalty
	for _, j := range aspects {
		if a := &s.Of.Aspects[j]; a.Settled && !a.Mark.IsZero() && !s.IsVoided(s.Of, j) {
			list = append(list, Penalty{Aspect: s.Rules.Aspects[j].Src.ID, Takes: a.Mark.String()})
		}
	}
	return list
}

// Component is the i-th component with all below it.
func (s Sheet) Component(i int) Component {
	c, p := &s.Rules.Components[i], &s.Of.Components[i]
	w := Component{
		ID: c.Src.ID, Name: c.Src.Name.Zh, Value: p.Value.String(), Exact: p.Exact.String(), Share: c.Share.String(),
		Shared: c.Shared.Apply(p.Value.Mul(c.Share)).String(), Complete: p.Settled, Void: s.VoidedComponent(s.Of, i),
		Penalties: s.Penalties(c.Penalties),
	}
	for j := c.First; j < c.End; j++ {
		w.Criteria = append(w.Criteria, s.criterion(j))
	}
	return w
}

func (s Sheet) criterion(i int) Criterion {
	c, p := &s.Rules.Modules[i], &s.Of.Criteria[i]
	w := Criterion{
		ID: c.Src.ID, Code: c.Code, Name: c.Src.Name.Zh, Value: p.Value.String(), Exact: p.Exact.String(),
		Factor: optional(c.Factor), Complete: p.Settled, Void: s.VoidedCriterion(s.Of, i),
	}
	for j := c.First; j < c.End; j++ {
		if s.Rules.Aspects[j].Level == "criterion" {
			w.Penalties = append(w.Penalties, s.Penalties([]int{j})...)
		}
		w.Aspects = append(w.Aspects, s.aspect(j))
	}
	return w
}

func (s Sheet) aspect(j int) Aspect {
	a, is := &s.Rules.Aspects[j], &s.Of.Aspects[j]
	w := Aspect{
		ID: a.Src.ID, Sub: a.Sub, Code: a.Code, Name: a.Src.Name.Zh, Kind: string(a.Src.Kind), Max: a.Pad.Pad().Max,
		Factor: optional(a.Factor), Take: a.Take, Void: is.Void || s.IsVoided(s.Of, j),
	}
	if a.Each {
		w.Policy = string(a.Policy.Kind)
	}
	if is.Settled {
		w.Mark = is.Mark.String()
	}
	if a.Relative >= 0 && is.Ready && !is.Blank && !is.Void {
		if w.Measured = is.Raw.String(); s.Fields[a.Relative].Known && s.Fields[a.Relative].Any {
			w.Best = s.Fields[a.Relative].Best.String()
		}
	}
	for i := range is.Tries {
		t := &is.Tries[i]
		try := Attempt{}
		if t.Settled {
			try.Value = t.Value.String()
		}
		for r := range t.Rounds {
			try.Rounds = append(try.Rounds, s.round(a, t, r))
		}
		w.Attempts = append(w.Attempts, try)
	}
	return w
}

func (s Sheet) round(a *rules.Aspect, t *tally.Try, r int) Round {
	cells := t.Rounds[r]
	w := Round{Rejected: r < t.Open}
	var dropped []bool
	if r == t.Open && t.Settled {
		w.Exact = cells[0].Num().String()
		if a.Each {
			list := tally.Votes(cells, nil)
			v, _ := panel.Value(a.Policy, list)
			dropped, w.Exact = panel.Dropped(a.Policy, list), v.String()
		}
	}
	for i := range cells {
		m := markOf(&cells[i])
		if a.Each && i < len(s.Seats[a.Panel]) {
			m.Chair = s.Seats[a.Panel][i]
		}
		m.Dropped, m.Recused = dropped != nil && dropped[i], cells[i].Out
		if cells[i].Said() && !m.Dropped && !m.Recused && w.Exact != "" {
			w.Used++
		}
		w.Marks = append(w.Marks, m)
	}
	return w
}

func markOf(c *tally.Cell) Mark {
	m := Mark{Chair: c.Chair, MarkID: c.Mark(), Seq: c.Seq(), Value: c.Value()}
	switch c.Kind {
	case record.Mark:
		m.Kind, m.Mark = "mark", c.Num().String()
	case record.NotPerformed:
		m.Kind, m.Mark = "not_performed", "0"
	case record.Absent:
		m.Kind = "absent"
	default:
		m.Kind = "missing"
	}
	return m
}

func optional(n *exact.Num) string {
	if n == nil {
		return ""
	}
	return n.String()
}
