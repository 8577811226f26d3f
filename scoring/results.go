package scoring

import "jiangtai/scoring/award"

// Results are the standings as package award reads them, by ordinal: who has
// which rank, flags and exact numbers, and who reaches the pass marks. Before
// publication they are what the result would be now.
func (b *Board) Results() []award.Entry {
	list := make([]award.Entry, 0, len(b.ids))
	for _, id := range b.ids {
		e := b.entries[id]
		r := award.Entry{ID: id, Rank: e.item.Place.Rank, Place: e.decided, Status: e.status, Flags: e.flags, Total: e.Total, Passed: b.passes(e), Of: e.team, In: e.in}
		for i := range b.rules.Components {
			r.Parts = append(r.Parts, award.Part{Component: b.rules.Components[i].Src.ID, Value: e.Components[i].Value})
		}
		for i := range b.rules.Keys {
			if k := &b.rules.Keys[i]; k.By == "time" && r.Seconds == nil {
				if v, ok := e.keyValue(k); ok {
					r.Seconds = &v
				}
			}
		}
		list = append(list, r)
	}
	return list
}

// passes says whether a complete entry reaches every declared pass mark. Where
// totals ascend the scheme's pass mark is the most that passes.
func (b *Board) passes(e *entry) bool {
	pass := b.rules.Scheme().Pass
	ok := e.Complete() && (pass == nil || e.Total.Equal(*pass) || e.Total.Less(*pass) == b.rules.Ascending)
	for i := range b.rules.Components {
		if p := b.rules.Components[i].Src.Pass; p != nil {
			ok = ok && !e.Components[i].Value.Less(*p)
		}
	}
	return ok
}
