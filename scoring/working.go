package scoring

import (
	"slices"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/working"
)

// Working shows the working of an entry; the zero Working when there is none.
func (b *Board) Working(id EntryID) Working {
	e := b.entries[id]
	if e == nil {
		return Working{}
	}
	sheet := working.Sheet{Counter: &b.tally, Of: &e.Sheet}
	w := Working{
		Entry: id, Version: b.version, Status: e.status, Complete: e.Complete(), Total: b.fixed(e.Total), Exact: e.Exact.String(),
		Rank: e.item.Place.Rank, Pos: e.item.Place.Pos, Done: e.Done, Need: e.Need, Void: e.Voided != nil && e.Voided[len(e.Voided)-1],
		Penalties: sheet.Penalties(b.rules.Penalties), TieBreak: b.workTie(e),
	}
	for i := range b.rules.Components {
		if b.rules.Components[i].OfTeam == e.Team {
			w.Components = append(w.Components, sheet.Component(i))
		}
	}
	if e.Team {
		w.Team = b.workTeam(e)
	}
	return w
}

// workTeam shows how a team's members make its total.
func (b *Board) workTeam(t *entry) *working.Team {
	rule := b.rules.Teams
	w := &working.Team{
		Take: rule.Take, Best: rule.Best, Counted: len(t.making), Least: rule.Least(len(t.members)),
		Exact: b.taken(t).String(), Value: t.Members.String(),
	}
	for _, m := range t.members {
		member := working.Member{Entry: m.id, Status: m.status, Counted: slices.Contains(t.making, m)}
		if m.Complete() {
			member.Total = b.fixed(m.Total)
		}
		w.Members = append(w.Members, member)
	}
	return w
}

// workTie compares with the neighbours that have the same total.
func (b *Board) workTie(e *entry) []working.Comparison {
	var list []working.Comparison
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

func (b *Board) workCompare(e, o *entry) []working.Comparison {
	var list []working.Comparison
	keys := b.keys(e)
	for i := range keys {
		k := &keys[i]
		c := b.byKey(k, e, o)
		step := working.Comparison{
			With: o.id, By: k.By, ID: b.rules.Names(k), Mine: keyText(b.keyValue(e, k)), Theirs: keyText(b.keyValue(o, k)), Ahead: c < 0,
		}
		if list = append(list, step); c != 0 {
			return list
		}
	}
	last := working.Comparison{With: o.id, By: "shared"}
	if c := b.decidedFirst(e, o); c != 0 {
		last.By, last.Ahead = "decision", c < 0
	}
	return append(list, last)
}

func keyText(n exact.Num, ok bool) string {
	if !ok {
		return ""
	}
	return n.String()
}
