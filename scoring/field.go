package scoring

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally"
)

// reckonField computes anew what depends on all entries: relative marks, and
// counts of firsts. It says whether any entry's may have changed by it.
func (b *Board) reckonField() bool {
	changed := false
	for k, i := range b.rules.Relatives {
		if now := b.fieldOf(i); !now.Equal(b.tally.Fields[k]) {
			b.tally.Fields[k], changed = now, true
			b.spreadField(i)
		}
	}
	for k := range b.rules.Keys {
		if key := &b.rules.Keys[k]; key.By == "firsts" {
			changed = b.countFirsts(key) || changed
		}
	}
	return changed
}

// fieldOf asks every entry that is ranked and competes. What is voided is not
// waited for and is nobody's best.
func (b *Board) fieldOf(aspect int) tally.Field {
	f, lower := tally.Field{Known: true}, b.rules.Aspects[aspect].Lower
	for _, id := range b.ids {
		e := b.entries[id]
		s := &e.Aspects[aspect]
		if !e.marked(&b.rules.Aspects[aspect]) || !e.rankable() || b.tally.IsVoided(&e.Sheet, aspect) {
			continue
		}
		switch {
		case !s.Ready:
			f.Known = f.Known && !b.rules.Aspects[aspect].Required
		case s.Blank || s.Void:
		case !f.Any || lower == s.Raw.Less(f.Best) && !s.Raw.Equal(f.Best):
			f.Best, f.Any = s.Raw, true
		}
	}
	if !f.Known {
		return tally.Field{}
	}
	return f
}

// spreadField gives every entry the marks that the new field makes.
func (b *Board) spreadField(aspect int) {
	a := &b.rules.Aspects[aspect]
	for _, id := range b.ids {
		e := b.entries[id]
		if !e.marked(a) {
			continue
		}
		s := &e.Aspects[aspect]
		was := s.Settled
		b.tally.Relate(a, s)
		if a.Required && !b.tally.IsVoided(&e.Sheet, aspect) && was != s.Settled {
			e.Open += map[bool]int{true: -1, false: 1}[s.Settled]
		}
		b.tally.AddUp(&e.Sheet, aspect)
	}
}

// countFirsts counts in how many of the key's criteria each ranked entry has
// the best value of all ranked ones; shared firsts count for each.
func (b *Board) countFirsts(key *rules.Key) bool {
	counts := make([]int, len(b.ids))
	for m := key.From; m < key.To; m++ {
		if b.rules.Modules[m].OfTeam {
			continue
		}
		best, found := b.bestValue(m)
		for i, id := range b.ids {
			if e := b.entries[id]; found && !e.Team && b.class(e) == 0 && e.Criteria[m].Value.Equal(best) {
				counts[i]++
			}
		}
	}
	changed := false
	for i, id := range b.ids {
		e := b.entries[id]
		changed = changed || e.firsts[key.At] != counts[i]
		e.firsts[key.At] = counts[i]
	}
	return changed
}

func (b *Board) bestValue(module int) (best exact.Num, found bool) {
	for _, id := range b.ids {
		e := b.entries[id]
		if e.Team || b.class(e) != 0 {
			continue
		}
		v := e.Criteria[module].Value
		if c := v.Cmp(best); !found || c != 0 && (c < 0) == b.rules.Ascending {
			best, found = v, true
		}
	}
	return best, found
}
