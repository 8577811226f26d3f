package scoring

// Belongs is what an entry belongs to: a member's team, 0 for none, and the numbers
// of its groups. Of an unknown entry it is nothing.
func (b *Board) Belongs(id EntryID) (team EntryID, in Groups) {
	if e := b.entries[id]; e != nil {
		return e.ofID(), e.in
	}
	return 0, Groups{}
}

// Recused says whether a chair's marks for an entry are left out.
func (b *Board) Recused(chair ChairID, id EntryID) bool {
	e := b.entries[id]
	return e != nil && e.isRecused(chair)
}
