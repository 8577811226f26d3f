package scoring

import (
	"sort"

	"jiangtai/scoring/door"
	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/tally"
)

func (b *Board) foldEntry(r *Record) bool {
	e := b.entries[r.Entry]
	if e == nil {
		return false
	}
	var ok bool
	b.uncount(e)
	if r.Kind == SetState {
		ok = Status(r.Value).Valid()
		e.become(Status(r.Value))
	} else {
		e.decided, ok = door.Number(r.Value)
	}
	b.recount(e)
	return ok
}

func (b *Board) foldAdmit(r *Record) bool {
	flags, ok := ParseFlags(r.Value)
	team := flags&Team != 0
	if !ok || r.Entry == 0 || team && b.rules.Teams == nil {
		return false
	}
	if e := b.entries[r.Entry]; e != nil {
		if e.Team != team {
			return false
		}
		b.uncount(e)
		e.flags = flags
		b.recount(e)
		return true
	}
	e := &entry{id: r.Entry, flags: flags}
	e.become(Competing)
	e.item.ID, e.item.Of = uint32(e.id), e
	e.Team, e.Short = team, team
	b.shape(e)
	b.entries[e.id] = e
	b.near.Put(uint32(e.id), e)
	at := sort.Search(len(b.ids), func(i int) bool { return b.ids[i] > r.Entry })
	b.ids = append(b.ids, 0)
	copy(b.ids[at+1:], b.ids[at:])
	b.ids[at] = r.Entry
	b.done, b.need = b.done+e.Done, b.need+e.Need
	b.enlist(e)
	if b.reckonField() {
		b.sort()
	}
	return true
}

// shape gives an entry the rules' empty parts.
func (b *Board) shape(e *entry) {
	e.Aspects = make([]tally.Aspect, len(b.rules.Aspects))
	e.Criteria = make([]tally.Criterion, len(b.rules.Modules))
	e.Components = make([]tally.Part, len(b.rules.Components))
	e.Voided, e.firsts = nil, make([]int, len(b.rules.Keys))
	b.tally.RefreshAll(&e.Sheet)
	e.stale, e.was.text, e.was.parts = true, "", nil // numbers may be written with other places
}

func (b *Board) foldSeat(r *Record) bool {
	if _, ok := b.rules.PanelAt[r.Aspect]; !ok || r.Chair == 0 {
		return false
	}
	b.chairs[r.Chair] = r.Aspect
	b.seatAll()
	b.reckon()
	return true
}

func (b *Board) seatAll() {
	b.tally.Seats = make([][]ChairID, len(b.rules.PanelList))
	for chair, panel := range b.chairs {
		if i, ok := b.rules.PanelAt[panel]; ok {
			b.tally.Seats[i] = append(b.tally.Seats[i], chair)
		}
	}
	for _, s := range b.tally.Seats {
		sort.Slice(s, func(i, j int) bool { return s[i] < s[j] })
	}
}

// reckon computes everything anew.
func (b *Board) reckon() {
	b.done, b.need = 0, 0
	for _, id := range b.ids {
		e := b.entries[id]
		for i := range e.Aspects {
			for j := range e.Aspects[i].Tries {
				b.tally.SettleTry(&b.rules.Aspects[i], &e.Aspects[i].Tries[j])
			}
		}
		b.tally.RefreshAll(&e.Sheet)
		if e.counted() {
			b.done, b.need = b.done+e.Done, b.need+e.Need
		}
	}
	b.reckonField()
	b.sort()
}

// foldAdopt takes a version into force. Aspects that did not change keep their
// marks; the others are marked again.
func (b *Board) foldAdopt(r *Record) bool {
	next := b.set[r.Version]
	if next == nil || next.Teams == nil && len(b.lists[1].Items()) > 0 {
		return false
	}
	old, seats := b.rules, b.tally.Seats
	b.rules, b.tally.Rules, b.version = next, next, r.Version
	b.read = make(tally.Values, len(next.Aspects))
	b.tally.Fields = make([]tally.Field, len(next.Relatives))
	*b.texts = exact.Texts{}
	b.seatAll()
	for _, id := range b.ids {
		e := b.entries[id]
		kept := e.Aspects
		b.shape(e)
		for i := range next.Aspects {
			a := &next.Aspects[i]
			j, ok := old.AspectAt[a.Src.ID]
			if ok && e.marked(a) && rules.KeepsMarks(a, &old.Aspects[j]) && tally.SameSeats(b.tally.Seats, a.Panel, seats, old.Aspects[j].Panel) {
				e.Aspects[i].Tries = kept[j].Tries
			}
		}
		b.recuse(e)
	}
	clear(b.finished)
	b.regroup()
	b.reckon()
	return true
}
