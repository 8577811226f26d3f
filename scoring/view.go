package scoring

import (
	"slices"

	"jiangtai/scoring/exact"
)

// head is what a view says beside its rows.
type head struct {
	phase   Phase
	frozen  bool
	sealed  bool
	release Release
	entries int
	done    int
	need    int
}

func (b *Board) heads() (h [Audiences]head) {
	for a := range h {
		h[a] = b.head(Audience(a))
	}
	return h
}

func (b *Board) head(a Audience) head {
	h := head{b.phase, b.frozen, b.Sealed(), b.shownRelease(a), len(b.ids), b.done, b.need}
	if h.release == Nothing {
		h.done, h.need = 0, 0
	}
	return h
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

func (b *Board) lens(a Audience) lens {
	r := b.shownRelease(a)
	switch a {
	case DeskCount:
		return lens{none: true}
	case Jury:
		return lens{plain: r == Progress}
	}
	return lens{none: !r.HasRows(), noMarks: r == Ranks, top: r.Top()}
}

func (l lens) sees(s *shown) bool {
	return !l.none && (l.top == 0 || s.place.Rank > 0 && s.place.Rank <= l.top)
}

// differs says whether the lens shows a difference between two states.
func (l lens) differs(x, y *shown) bool {
	vx, vy := l.sees(x), l.sees(y)
	if !vx || !vy {
		return vx != vy
	}
	if x.status != y.status || x.done != y.done || x.need != y.need {
		return true
	}
	if l.plain {
		return false
	}
	if x.place != y.place || l.noMarks {
		return x.place != y.place
	}
	return x.complete != y.complete || !x.total.Equal(y.total) || !slices.EqualFunc(x.parts, y.parts, samePart)
}

func samePart(x, y part) bool { return x.settled == y.settled && x.value.Equal(y.value) }

func (e *entry) counted() bool { return e.status == Competing || e.status == OutOfContest }

// show is what views show of the entry now. Its parts are in b.parts.
func (b *Board) show(e *entry) shown {
	s := shown{place: e.place, status: e.status, done: e.done, need: e.need, complete: e.complete() && e.counted()}
	if s.complete || b.byPoints() && e.counted() {
		s.total = e.total
	}
	b.parts = b.parts[:0]
	list := e.comps
	if len(list) == 1 {
		list = e.crits
	}
	for _, p := range list {
		if p.settled && e.counted() {
			b.parts = append(b.parts, part{value: p.value.Round(b.rules.Total.Places, b.rules.Total.Mode), settled: true})
		} else {
			b.parts = append(b.parts, part{})
		}
	}
	s.parts = b.parts
	return s
}

// row writes what the lens shows of s.
func (b *Board) row(id EntryID, s *shown, l lens) Row {
	r := Row{Entry: id, Pos: s.place.Pos, Rank: s.place.Rank, Done: s.done, Need: s.need, Status: s.status}
	if l.plain {
		at, _ := slices.BinarySearch(b.ids, id)
		r.Pos, r.Rank = at+1, 0
	}
	if l.plain || l.noMarks {
		return r
	}
	switch {
	case s.complete:
		r.Total = b.fixed(s.total)
	case b.byPoints() && (s.status == Competing || s.status == OutOfContest):
		r.Points = b.fixed(s.total)
	}
	r.Parts = make([]string, len(s.parts))
	for i, p := range s.parts {
		if p.settled {
			r.Parts[i] = b.fixed(p.value)
		}
	}
	return r
}

func (b *Board) fixed(n exact.Num) string { return n.Fixed(b.rules.Total.Places) }

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
	h := b.head(a)
	v := Standings{
		N: b.n[a], Phase: h.phase, Frozen: h.frozen, Sealed: h.sealed, Release: h.release,
		Entries: h.entries, Done: h.done, Need: h.need,
	}
	if b.rules == nil {
		return v
	}
	l := b.lens(a)
	if !l.none && !l.plain && !l.noMarks {
		v.Columns = b.rules.Columns()
	}
	if l.plain {
		for _, id := range b.ids {
			v.Rows = append(v.Rows, b.row(id, &b.entries[id].was, l))
		}
		return v
	}
	for _, e := range b.list.Items() {
		if l.sees(&e.was) {
			v.Rows = append(v.Rows, b.row(e.id, &e.was, l))
		}
	}
	return v
}

func clearChange(c *Change, seq uint64) {
	c.Seq = seq
	c.Touched, c.Reset = [Audiences]bool{}, [Audiences]bool{}
	for a := range c.Rows {
		c.Rows[a], c.Gone[a] = c.Rows[a][:0], c.Gone[a][:0]
	}
}

// tell raises each audience's number if its view changed and fills the Change.
func (b *Board) tell(before [Audiences]head, whole bool, kind Kind, into *Change) {
	var touched, reset [Audiences]bool
	var lenses [Audiences]lens
	act := kind >= Adopt && kind != SetState && kind != Decide
	for a := range touched {
		lenses[a] = b.lens(Audience(a))
		after := b.head(Audience(a))
		touched[a] = after != before[a] || whole
		reset[a] = act && touched[a]
	}
	still := b.frozen && before[Public].frozen
	if still {
		touched[Public], reset[Public] = false, false
	}
	for _, e := range b.moved {
		now := b.show(e)
		for a := range touched {
			if Audience(a) == Public && still || reset[a] || !lenses[a].differs(&e.was, &now) {
				continue
			}
			touched[a] = true
			if into != nil {
				b.tellRow(Audience(a), lenses[a], e, &now, into)
			}
		}
		kept := append(e.was.parts[:0], now.parts...)
		e.was = now
		e.was.parts = kept
	}
	for a := range touched {
		if touched[a] {
			b.n[a]++
		}
		if into != nil {
			into.N[a], into.Touched[a], into.Reset[a] = b.n[a], touched[a], reset[a]
		}
	}
	if b.frozen && !before[Public].frozen {
		b.ice = b.view(Public)
	}
}

func (b *Board) tellRow(a Audience, l lens, e *entry, now *shown, into *Change) {
	if l.sees(now) {
		into.Rows[a] = append(into.Rows[a], b.row(e.id, now, l))
	} else {
		into.Gone[a] = append(into.Gone[a], e.id)
	}
}
