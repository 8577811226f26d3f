package scoring

import "slices"

// Belongs is what an entry belongs to: a member's team, 0 for none, and the numbers
// of its groups. Of an unknown entry it is nothing.
func (b *Board) Belongs(id EntryID) (team EntryID, in Groups) {
	if e := b.entries[id]; e != nil {
		return e.team, e.in
	}
	return 0, Groups{}
}

// Recused says whether a chair's marks for an entry are left out.
func (b *Board) Recused(chair ChairID, id EntryID) bool {
	e := b.entries[id]
	if e == nil {
		return false
	}
	_, found := slices.BinarySearch(e.recused, chair)
	return found
}
