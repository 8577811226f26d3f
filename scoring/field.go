package scoring

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
)

// field is what a relative aspect needs to know of all entries (全场): the best of
// them, once none is waited for.
type field struct {
	known bool
	any   bool // somebody of the field has a value
	best  exact.Num
}

func (f field) equal(o field) bool {
	return f.known == o.known && f.any == o.any && f.best.Equal(o.best)
}

// relate gives a relative aspect its mark: of the best all of it, of others
// their proportion, never more than all. Until the field is known there is none.
func (b *Board) relate(a *rules.Aspect, s *aspectState) {
	f := &b.fields[a.Relative]
	s.mark, s.settled = exact.Zero, s.ready && f.known
	if !s.settled || s.blank || s.void || !f.any {
		return
	}
	part, whole := s.raw, f.best
	if a.Lower {
		part, whole = f.best, s.raw
	}
	switch {
	case !part.Less(whole) && (a.Lower || part.Sign() > 0): // of a lower-is-better 0 against 0
		s.mark = *a.Src.Max
	case whole.Sign() > 0:
		s.mark = a.Src.Max.Mul(part.Div(whole))
	}
	if a.Factor != nil {
		s.mark = s.mark.Mul(*a.Factor)
	}
	s.mark = a.Round.Apply(s.mark)
}

// reckonField computes anew what depends on all entries: relative marks, and
// counts of firsts. It says whether any entry's may have changed by it.
func (b *Board) reckonField() bool {
	changed := false
	for k, i := range b.rules.Relatives {
		if now := b.fieldOf(i); !now.equal(b.fields[k]) {
			b.fields[k], changed = now, true
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
func (b *Board) fieldOf(aspect int) field {
	f, lower := field{known: true}, b.rules.Aspects[aspect].Lower
	for _, id := range b.ids {
		e := b.entries[id]
		s := &e.aspects[aspect]
		if !e.rankable() || b.isVoided(e, aspect) {
			continue
		}
		switch {
		case !s.ready:
			f.known = f.known && !b.rules.Aspects[aspect].Required
		case s.blank || s.void:
		case !f.any || lower == s.raw.Less(f.best) && !s.raw.Equal(f.best):
			f.best, f.any = s.raw, true
		}
	}
	if !f.known {
		return field{}
	}
	return f
}

// spreadField gives every entry the marks that the new field makes.
func (b *Board) spreadField(aspect int) {
	a := &b.rules.Aspects[aspect]
	for _, id := range b.ids {
		e := b.entries[id]
		s := &e.aspects[aspect]
		was := s.settled
		b.relate(a, s)
		if a.Required && !b.isVoided(e, aspect) && was != s.settled {
			e.open += map[bool]int{true: -1, false: 1}[s.settled]
		}
		b.sumCriterion(e, a.Module)
		b.sumComponent(e, a.Component)
		b.sumTotal(e)
	}
}

// countFirsts counts in how many of the key's criteria each ranked entry has
// the best value of all ranked ones; shared firsts count for each.
func (b *Board) countFirsts(key *rules.Key) bool {
	counts := make([]int, len(b.ids))
	for m := key.From; m < key.To; m++ {
		best, found := b.bestValue(m)
		for i, id := range b.ids {
			if e := b.entries[id]; found && b.class(e) == 0 && e.crits[m].value.Equal(best) {
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
		if b.class(e) != 0 {
			continue
		}
		v := e.crits[module].value
		if c := v.Cmp(best); !found || c != 0 && (c < 0) == b.rules.Ascending {
			best, found = v, true
		}
	}
	return best, found
}
