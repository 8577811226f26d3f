package scoring

import (
	"slices"

	"jiangtai/scoring/door"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/record"
	"jiangtai/scoring/tally"
)

// regather computes a team anew after a member of it changed.
func (b *Board) regather(t *entry) {
	b.gather(t)
	t.stale = true
	b.fix(t)
}

// gather takes a team's total from its members: those that compete, are ranked
// and have everything in. Of the best so many stand those first that the ranking
// of persons has first.
func (b *Board) gather(t *entry) {
	rule := b.rules.Teams
	t.making = t.making[:0]
	for _, m := range t.members {
		if m.rankable() && m.Complete() {
			t.making = append(t.making, m)
		}
	}
	short := len(t.making) < rule.Least(len(t.members))
	if rule.Take == "best" && len(t.making) > rule.Best {
		slices.SortStableFunc(t.making, b.better)
		t.making = t.making[:rule.Best]
	}
	b.tally.Gather(&t.Sheet, rule.Round.Apply(b.taken(t)), short)
}

// taken is what the members that count make together, before it is rounded.
func (b *Board) taken(t *entry) exact.Num {
	sum := exact.Zero
	for _, m := range t.making {
		sum = sum.Add(m.Total)
	}
	if b.rules.Teams.Take == "mean" && len(t.making) > 0 {
		return sum.Div(exact.Int(len(t.making)))
	}
	return sum
}

// ofMembers is the sum of a part of the members that count; false when none does.
func (e *entry) ofMembers(part func(*entry) *tally.Part) (sum exact.Num, ok bool) {
	for _, m := range e.making {
		sum = sum.Add(part(m).Value)
	}
	return sum, len(e.making) > 0
}

// Members are a team's members, ascending; none for a person.
func (b *Board) Members(team EntryID) []EntryID {
	var list []EntryID
	if t := b.entries[team]; t != nil {
		for _, m := range t.members {
			list = append(list, m.id)
		}
	}
	return list
}

// foldBelong says what an entry belongs to.
func (b *Board) foldBelong(r *Record) bool {
	e := b.entries[r.Entry]
	n, ok := 0, r.Value == ""
	if !ok {
		n, ok = door.Number(r.Value)
	}
	if e == nil || !ok {
		return false
	}
	if r.Aspect == OfTeam {
		return b.joinTeam(e, EntryID(n))
	}
	at := record.GroupAt(r.Aspect)
	if at < 0 {
		return false
	}
	b.moved = append(b.moved, e)
	b.leave(e, at)
	if e.in[at] = uint16(n); b.rules.Ranks(at) {
		b.join(e, at)
	}
	return true
}

func (b *Board) joinTeam(e *entry, id EntryID) bool {
	to := b.entries[id]
	if e.Team || id > 0 && (to == nil || !to.Team) {
		return false
	}
	b.moved = append(b.moved, e)
	from := e.of
	if e.of = to; from != nil {
		at, _ := slices.BinarySearchFunc(from.members, e.id, byOrdinal)
		from.members = slices.Delete(from.members, at, at+1)
		b.regather(from)
	}
	if to != nil {
		at, _ := slices.BinarySearchFunc(to.members, e.id, byOrdinal)
		to.members = slices.Insert(to.members, at, e)
		b.regather(to)
	}
	return true
}

func byOrdinal(e *entry, id EntryID) int { return int(e.id) - int(id) }
