package scoring

import (
	"slices"

	"jiangtai/scoring/rank"
)

// look is what an audience sees of the event beside its counts. It changes by
// acts alone.
type look struct {
	phase   Phase
	frozen  bool
	sealed  bool
	release Release
	lens    lens
}

// looks are how every audience sees the event now.
func (b *Board) looks() (l [Audiences]look) {
	for i := range l {
		a := Audience(i)
		l[i] = look{b.phase, b.frozen, b.Sealed(), b.shownRelease(a), b.lensOf(a)}
	}
	return l
}

// counts are what views count.
type counts struct{ entries, done, need int }

func (b *Board) counts() counts { return counts{len(b.ids), b.done, b.need} }

// shows is what of the counts the audience may know.
func (l look) shows(c counts) counts {
	if l.release == Nothing {
		c.done, c.need = 0, 0
	}
	return c
}

// shownRelease is what holds for an audience: a published result is whole; a
// sealed event shows progress at most, whatever its policy, and its panels see
// no aggregates.
func (b *Board) shownRelease(a Audience) Release {
	switch a {
	case Public:
		switch {
		case b.phase == Official:
			return Live
		case b.Sealed() && b.release.HasRows():
			return Progress
		}
		return b.release
	case Jury:
		if b.Sealed() {
			return Progress
		}
	}
	return Live
}

// lens is what an audience sees of rows.
type lens struct {
	none    bool
	plain   bool // only who, how far, status; in the order of ordinals
	noMarks bool // places only
	top     int
}

func (b *Board) lensOf(a Audience) lens {
	r := b.shownRelease(a)
	switch a {
	case DeskCount:
		return lens{none: true}
	case Jury:
		return lens{plain: r == Progress}
	}
	return lens{none: !r.HasRows(), noMarks: r == Ranks, top: r.Top()}
}

func (l lens) sees(s *shown) bool { return l.seesAt(s.place) }

func (l lens) seesAt(p rank.Place) bool {
	return !l.none && (l.top == 0 || p.Rank > 0 && p.Rank <= l.top)
}

// shows says whether the lens shows any of what is new of an entry that stood at
// was and stands at now.
func (l *lens) shows(n news, was, now rank.Place) bool {
	before, after := l.seesAt(was), l.seesAt(now)
	switch {
	case !before || !after:
		return before != after
	case l.plain:
		return n&newProgress != 0
	case l.noMarks:
		return n&^newMarks != 0
	}
	return true
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
	l := b.lensOf(a)
	if !l.none && !l.plain && !l.noMarks {
		v.Columns = b.rules.Columns()
	}
	if l.plain {
		for _, id := range b.ids {
			v.Rows = append(v.Rows, b.row(b.entries[id], l))
		}
		return v
	}
	for side := range b.lists {
		for _, item := range b.lists[side].Items() {
			if e := item.Of; l.sees(&e.was) {
				v.Rows = append(v.Rows, b.row(e, l))
			}
		}
	}
	return v
}
