package scoring

import (
	"slices"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/panel"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally"
)

// Working shows the working of an entry; the zero Working when there is none.
func (b *Board) Working(id EntryID) Working {
	e := b.entries[id]
	if e == nil {
		return Working{}
	}
	w := Working{
		Entry: id, Version: b.version, Status: e.status, Complete: e.Complete(), Total: b.fixed(e.Total), Exact: e.Exact.String(),
		Rank: e.item.Place.Rank, Pos: e.item.Place.Pos, Done: e.Done, Need: e.Need, Void: e.Voided != nil && e.Voided[len(e.Voided)-1],
		Penalties: b.workPenalties(e, b.rules.Penalties), TieBreak: b.workTie(e),
	}
	for i := range b.rules.Components {
		if b.rules.Components[i].OfTeam == e.Team {
			w.Components = append(w.Components, b.workComponent(e, i))
		}
	}
	if e.Team {
		w.Team = b.workTeam(e)
	}
	return w
}

// workTeam shows how a team's members make its total.
func (b *Board) workTeam(t *entry) *WorkedTeam {
	rule := b.rules.Teams
	w := &WorkedTeam{
		Take: rule.Take, Best: rule.Best, Counted: len(t.making), Least: rule.Least(len(t.members)),
		Exact: b.taken(t).String(), Value: t.Members.String(),
	}
	for _, m := range t.members {
		member := WorkedMember{Entry: m.id, Status: m.status, Counted: slices.Contains(t.making, m)}
		if m.Complete() {
			member.Total = b.fixed(m.Total)
		}
		w.Members = append(w.Members, member)
	}
	return w
}

func (b *Board) workComponent(e *entry, i int) WorkedComponent {
	c, p := &b.rules.Components[i], &e.Components[i]
	w := WorkedComponent{
		ID: c.Src.ID, Name: c.Src.Name.Zh, Value: p.Value.String(), Exact: p.Exact.String(), Share: c.Share.String(),
		Shared: c.Shared.Apply(p.Value.Mul(c.Share)).String(), Complete: p.Settled, Void: b.tally.VoidedComponent(&e.Sheet, i),
		Penalties: b.workPenalties(e, c.Penalties),
	}
	for j := c.First; j < c.End; j++ {
		w.Criteria = append(w.Criteria, b.workCriterion(e, j))
	}
	return w
}

func (b *Board) workCriterion(e *entry, i int) WorkedCriterion {
	c, p := &b.rules.Modules[i], &e.Criteria[i]
	w := WorkedCriterion{
		ID: c.Src.ID, Code: c.Code, Name: c.Src.Name.Zh, Value: p.Value.String(), Exact: p.Exact.String(),
		Factor: optional(c.Factor), Complete: p.Settled, Void: b.tally.VoidedCriterion(&e.Sheet, i),
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
		if s := &e.Aspects[j]; s.Settled && !s.Mark.IsZero() && !b.tally.IsVoided(&e.Sheet, j) {
			list = append(list, WorkedPenalty{Aspect: b.rules.Aspects[j].Src.ID, Takes: s.Mark.String()})
		}
	}
	return list
}

func (b *Board) workAspect(e *entry, j int) WorkedAspect {
	a, s := &b.rules.Aspects[j], &e.Aspects[j]
	w := WorkedAspect{
		ID: a.Src.ID, Sub: a.Sub, Code: a.Code, Name: a.Src.Name.Zh, Kind: string(a.Src.Kind), Max: a.Pad.Pad().Max,
		Factor: optional(a.Factor), Take: a.Take, Void: s.Void || b.tally.IsVoided(&e.Sheet, j),
	}
	if a.Each {
		w.Policy = string(a.Policy.Kind)
	}
	if s.Settled {
		w.Mark = s.Mark.String()
	}
	if a.Relative >= 0 && s.Ready && !s.Blank && !s.Void {
		if w.Measured = s.Raw.String(); b.tally.Fields[a.Relative].Known && b.tally.Fields[a.Relative].Any {
			w.Best = b.tally.Fields[a.Relative].Best.String()
		}
	}
	for i := range s.Tries {
		t := &s.Tries[i]
		try := WorkedAttempt{}
		if t.Settled {
			try.Value = t.Value.String()
		}
		for r := range t.Rounds {
			try.Rounds = append(try.Rounds, b.workRound(a, t, r))
		}
		w.Attempts = append(w.Attempts, try)
	}
	return w
}

func (b *Board) workRound(a *rules.Aspect, t *tally.Try, r int) WorkedRound {
	cells := t.Rounds[r]
	w := WorkedRound{Rejected: r < t.Open}
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
		m := workMark(&cells[i])
		if a.Each && i < len(b.tally.Seats[a.Panel]) {
			m.Chair = b.tally.Seats[a.Panel][i]
		}
		m.Dropped, m.Recused = dropped != nil && dropped[i], cells[i].Out
		if cells[i].Kind != NoKind && cells[i].Kind != Absent && !m.Dropped && !m.Recused && w.Exact != "" {
			w.Used++
		}
		w.Marks = append(w.Marks, m)
	}
	return w
}

func workMark(c *tally.Cell) WorkedMark {
	m := WorkedMark{Chair: c.Chair, MarkID: c.Mark(), Seq: c.Seq(), Value: c.Value()}
	switch c.Kind {
	case Mark:
		m.Kind, m.Mark = "mark", c.Num().String()
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
	items := b.lists[e.side()].Items()
	for _, at := range []int{e.item.Place.Pos - 2, e.item.Place.Pos} {
		if at < 0 || at >= len(items) {
			continue
		}
		o := items[at].Of
		if b.class(e) == 0 && b.class(o) == 0 && e.Total.Equal(o.Total) {
			list = append(list, b.workCompare(e, o)...)
		}
	}
	return list
}

func (b *Board) workCompare(e, o *entry) []WorkedComparison {
	var list []WorkedComparison
	keys := b.keys(e)
	for i := range keys {
		k := &keys[i]
		c := b.byKey(k, e, o)
		step := WorkedComparison{
			With: o.id, By: k.By, ID: b.keyID(k), Mine: keyText(b.keyValue(e, k)), Theirs: keyText(b.keyValue(o, k)), Ahead: c < 0,
		}
		if list = append(list, step); c != 0 {
			return list
		}
	}
	last := WorkedComparison{With: o.id, By: "shared"}
	if c := b.decidedFirst(e, o); c != 0 {
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
