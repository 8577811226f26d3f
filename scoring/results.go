package scoring

import (
	"jiangtai/scoring/award"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/tally"
)

// Results are the standings as package award reads them, by ordinal: who has
// which rank, place, flags and exact numbers, what it belongs to, and who reaches
// the pass marks. Before publication they are what the result would be now. A
// team's part in what persons are marked in is the sum of its members that
// count, a person's in what teams are marked in is 0.
func (b *Board) Results() []award.Entry {
	list := make([]award.Entry, 0, len(b.ids))
	for _, id := range b.ids {
		e := b.entries[id]
		r := award.Entry{
			ID: id, Rank: e.item.Rank, Place: e.decided, Status: e.status, Flags: e.flags, Total: e.Total, Passed: b.passes(e),
			Of: e.ofID(), In: e.in,
		}
		for i := range b.rules.Components {
			r.Parts = append(r.Parts, award.Part{Component: b.rules.Components[i].Src.ID, Value: b.componentOf(e, i)})
		}
		keys := b.keys(e)
		for i := range keys {
			if k := &keys[i]; k.By == "time" && r.Seconds == nil {
				if v, ok := b.keyValue(e, k); ok {
					r.Seconds = &v
				}
			}
		}
		list = append(list, r)
	}
	return list
}

func (b *Board) componentOf(e *entry, i int) exact.Num {
	if e.Team && !b.rules.Components[i].OfTeam {
		sum, _ := e.ofMembers(func(m *entry) *tally.Part { return &m.Components[i] })
		return sum
	}
	return e.Components[i].Value
}

// passes says whether a complete entry reaches every pass mark that is declared
// for it. Where totals ascend the scheme's pass mark is the most that passes; it
// is of persons.
func (b *Board) passes(e *entry) bool {
	pass := b.rules.Scheme().Pass
	ok := e.Complete() && (pass == nil || e.Team || e.Total.Equal(*pass) || e.Total.Less(*pass) == b.rules.Ascending)
	for i := range b.rules.Components {
		c := &b.rules.Components[i]
		if p := c.Src.Pass; p != nil && c.OfTeam == e.Team {
			ok = ok && !e.Components[i].Value.Less(*p)
		}
	}
	return ok
}
