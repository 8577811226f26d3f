package scoring

import "jiangtai/scoring/rank"

// side is the list that an entry stands in: 0 persons, 1 teams.
func (e *entry) side() int {
	if e.Team {
		return 1
	}
	return 0
}

// enlist puts an entry into its list.
func (b *Board) enlist(e *entry) {
	b.stand(e)
	b.moved = b.lists[e.side()].Add(&e.item, b.moved)
}

// join puts an entry into the list of its group by a grouping.
func (b *Board) join(e *entry, at int) {
	n := e.in[at]
	if n == 0 {
		return
	}
	if e.within == nil {
		e.within = &groupItems{}
	}
	lists := &b.within[e.side()][at]
	if *lists == nil {
		*lists = map[uint16]*rank.List[*entry]{}
	}
	if (*lists)[n] == nil {
		(*lists)[n] = rank.New(b.tie)
	}
	e.within[at] = rank.Item[*entry]{Class: e.item.Class, Key: e.item.Key, ID: e.item.ID, Of: e}
	b.moved = (*lists)[n].Add(&e.within[at], b.moved)
}

// leave takes an entry out of the list of its group.
func (b *Board) leave(e *entry, at int) {
	if e.within != nil && e.within[at].Pos > 0 {
		b.moved = b.within[e.side()][at][e.in[at]].Remove(&e.within[at], b.moved)
	}
}

// regroup makes the lists of groups anew, for the groupings that the rules rank
// by.
func (b *Board) regroup() {
	b.within = [2][len(Groups{})]map[uint16]*rank.List[*entry]{}
	for _, id := range b.ids {
		e := b.entries[id]
		e.within = nil
		for i := range b.rules.Rankings {
			b.join(e, b.rules.Rankings[i].At)
		}
	}
}

// sort orders everything anew; every entry may look different.
func (b *Board) sort() {
	for _, item := range b.lists[1].Items() {
		b.gather(item.Of)
	}
	b.moved = b.moved[:0]
	for _, id := range b.ids {
		e := b.entries[id]
		e.stale = true
		b.stand(e)
		if e.within != nil {
			for at := range e.within {
				e.within[at].Class, e.within[at].Key = e.item.Class, e.item.Key
			}
		}
		b.moved = append(b.moved, e)
	}
	for side := range b.lists {
		b.lists[side].Sort()
		for at := range b.within[side] {
			for _, l := range b.within[side][at] {
				l.Sort()
			}
		}
	}
}

// spot is where an entry stands beside the whole ranking: its team, and its
// groups with its rank in each.
type spot struct {
	of    EntryID
	in    Groups
	ranks [len(Groups{})]int32
}

func (b *Board) spot(e *entry) spot {
	s := spot{of: e.ofID()}
	if e.within == nil {
		return s
	}
	for at := range e.within {
		if item := &e.within[at]; item.Pos > 0 {
			s.in[at], s.ranks[at] = e.in[at], int32(item.Rank)
		}
	}
	return s
}
