package scoring

import (
	"slices"

	"jiangtai/scoring/lens"
)

// looks are how every audience sees the event now.
func (b *Board) looks() (l [Audiences]lens.Look) {
	for a := range l {
		l[a] = lens.Of(Audience(a), b.state())
	}
	return l
}

func (b *Board) state() lens.State {
	return lens.State{Phase: b.phase, Frozen: b.frozen, Sealed: b.Sealed(), Release: b.release}
}

func (b *Board) counts() lens.Counts {
	return lens.Counts{Entries: len(b.ids), Done: b.done, Need: b.need}
}

// View is what an audience may see now. It is a copy.
func (b *Board) View(a Audience) Standings {
	if a == Public && b.frozen {
		ice := b.ice
		ice.Rows = slices.Clone(ice.Rows)
		return ice
	}
	return b.view(a)
}

func (b *Board) view(a Audience) Standings {
	v := b.header(a)
	if b.rules == nil {
		return v
	}
	l := lens.Of(a, b.state()).Lens
	if !l.None && !l.Plain && !l.NoMarks {
		v.Columns = b.rules.Columns()
	}
	if l.Plain {
		for _, id := range b.ids {
			v.Rows = append(v.Rows, b.row(b.entries[id], l))
		}
		return v
	}
	for side := range b.lists {
		for _, item := range b.lists[side].Items() {
			if e := item.Of; l.Sees(e.was.place) {
				v.Rows = append(v.Rows, b.row(e, l))
			}
		}
	}
	return v
}
