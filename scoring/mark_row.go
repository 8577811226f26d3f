package scoring

import (
	"slices"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/lens"
	"jiangtai/scoring/rank"
	"jiangtai/scoring/tally"
)

// shown is what views show of an entry, as numbers, so that a restart can tell
// whether a view changed without writing a row. Texts are written when a row
// first wants them.
type shown struct {
	place      rank.Place
	spot       spot
	status     Status
	done, need int
	complete   bool
	total      exact.Num
	text       string // of total; "" not written yet
	parts      []shownPart
}

type shownPart struct {
	value   exact.Num
	settled bool
	text    string
}

// look takes what is shown of the entry now, keeps the texts of what is as it
// was, and says what is new; of one that is not stale only the place can be.
func (b *Board) look(e *entry) (n lens.News, was rank.Place) {
	s := &e.was
	was = s.place
	if was != e.item.Place {
		s.place, n = e.item.Place, lens.Place
	}
	if b.rules.Teams != nil || e.within != nil || s.spot.in != (Groups{}) {
		if now := b.spot(e); s.spot != now {
			s.spot, n = now, n|lens.Place
		}
	}
	if !e.stale {
		return n, was
	}
	e.stale = false
	counted := e.counted()
	if s.status != e.status || s.done != e.Done || s.need != e.Need {
		s.status, s.done, s.need = e.status, e.Done, e.Need
		n |= lens.Progress
	}
	total, complete := exact.Zero, counted && e.Complete()
	if complete || counted && b.byPoints() {
		total = e.Total
	}
	if s.complete != complete || !s.total.Equal(total) {
		s.complete, s.total, s.text = complete, total, ""
		n |= lens.Marks
	}
	if b.lookAtParts(e, counted) {
		n |= lens.Marks
	}
	return n, was
}

// lookAtParts does the components, of a single one the criteria.
func (b *Board) lookAtParts(e *entry, counted bool) (changed bool) {
	s, n := &e.was, len(e.Components)
	if n == 1 {
		n = len(e.Criteria)
	}
	if len(s.parts) != n {
		s.parts, changed = make([]shownPart, n), true
	}
	for i := range s.parts {
		value, settled := b.part(e, i)
		if settled = settled && counted; settled {
			value = b.rules.Total.Apply(value)
		}
		if old := &s.parts[i]; old.settled != settled || !old.value.Equal(value) {
			*old, changed = shownPart{value: value, settled: settled}, true
		}
	}
	return changed
}

// part is what a row shows in a column: a team's of what persons are marked in is
// the sum of its members that count, a person's of what teams are marked in none.
func (b *Board) part(e *entry, i int) (value exact.Num, settled bool) {
	ofTeam := b.rules.Components[min(i, len(e.Components)-1)].OfTeam
	switch {
	case ofTeam == e.Team:
		p := e.column(i)
		return p.Value, p.Settled
	case e.Team:
		return e.ofMembers(func(m *entry) *tally.Part { return m.column(i) })
	}
	return exact.Zero, false
}

// column is the i-th part that rows show.
func (e *entry) column(i int) *tally.Part {
	if len(e.Components) == 1 {
		return &e.Criteria[i].Part
	}
	return &e.Components[i]
}

// row is what the lens shows of an entry.
func (b *Board) row(e *entry, l lens.Lens) Row {
	var r Row
	if !l.Plain && !l.NoMarks {
		r.Parts = make([]string, 0, len(e.was.parts))
	}
	b.writeRow(&r, e, &l)
	return r
}

// writeRow writes every field of a row, in the room that its parts have.
func (b *Board) writeRow(r *Row, e *entry, l *lens.Lens) {
	s := &e.was
	r.Entry, r.Pos, r.Rank, r.Done, r.Need, r.Status = e.id, s.place.Pos, s.place.Rank, s.done, s.need, s.status
	r.Team, r.Of, r.Total, r.Points = e.Team, s.spot.of, "", ""
	if l.Plain {
		at, _ := slices.BinarySearch(b.ids, e.id)
		r.Pos, r.Rank, r.Team, r.Of, r.Parts, r.In = at+1, 0, false, 0, nil, nil
		return
	}
	for i := range b.rules.Rankings {
		at := b.rules.Rankings[i].At
		r.In = append(r.In, Within{Group: int(s.spot.in[at]), Rank: int(s.spot.ranks[at])})
	}
	if l.NoMarks {
		r.Parts = nil
		return
	}
	points := !s.complete && b.byPoints() && e.counted()
	if s.text == "" && (s.complete || points) {
		s.text = b.fixed(s.total)
	}
	switch {
	case s.complete:
		r.Total = s.text
	case points:
		r.Points = s.text
	}
	parts := r.Parts
	for i := range s.parts {
		p := &s.parts[i]
		if p.text == "" && p.settled {
			p.text = b.fixed(p.value)
		}
		parts = append(parts, p.text)
	}
	r.Parts = parts
}

// fixed writes a number with the places of totals.
func (b *Board) fixed(n exact.Num) string { return b.texts.Fixed(n, b.rules.Total.Places) }
