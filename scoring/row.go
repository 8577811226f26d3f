package scoring

import (
	"slices"

	"jiangtai/scoring/tally"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/rank"
)

// shown is what views show of an entry, as numbers, so that a restart can tell
// whether a view changed without writing a row. Texts are written when a row
// first wants them.
type shown struct {
	place      rank.Place
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

// become takes what is shown now, and keeps the texts of what is as it was.
func (s *shown) become(now *shown) {
	parts, text := s.parts, s.text
	if !s.total.Equal(now.total) {
		text = ""
	}
	for len(parts) < len(now.parts) {
		parts = append(parts, shownPart{})
	}
	parts = parts[:len(now.parts)]
	for i := range now.parts {
		if p := &parts[i]; !samePart(*p, now.parts[i]) {
			*p = now.parts[i]
		}
	}
	*s = *now
	s.parts, s.text = parts, text
}

// shown is what views show of the entry now. The parts of one whose numbers have
// changed are in b.parts, until the next call.
func (b *Board) shown(e *entry) shown {
	e.stale = false
	s := shown{place: e.item.Place, status: e.status, done: e.Done, need: e.Need, complete: e.Complete() && e.counted()}
	if s.complete || b.byPoints() && e.counted() {
		s.total = e.Total
	}
	b.parts = b.parts[:0]
	if len(e.Components) == 1 {
		for i := range e.Criteria {
			b.showPart(e, &e.Criteria[i].Part)
		}
	} else {
		for i := range e.Components {
			b.showPart(e, &e.Components[i])
		}
	}
	s.parts = b.parts
	return s
}

func (b *Board) showPart(e *entry, p *tally.Part) {
	shows := shownPart{}
	if p.Settled && e.counted() {
		shows.value, shows.settled = b.rules.Total.Apply(p.Value), true
	}
	b.parts = append(b.parts, shows)
}

func (e *entry) counted() bool { return e.status == Competing || e.status == OutOfContest }

// row is what the lens shows of an entry.
func (b *Board) row(e *entry, l lens) Row {
	var r Row
	if !l.plain && !l.noMarks {
		r.Parts = make([]string, 0, len(e.was.parts))
	}
	b.writeRow(&r, e, l)
	return r
}

// writeRow fills a row, in the room that its parts have.
func (b *Board) writeRow(r *Row, e *entry, l lens) {
	s := &e.was
	r.Entry, r.Pos, r.Rank, r.Done, r.Need, r.Status = e.id, s.place.Pos, s.place.Rank, s.done, s.need, s.status
	if l.plain {
		at, _ := slices.BinarySearch(b.ids, e.id)
		r.Pos, r.Rank = at+1, 0
	}
	if l.plain || l.noMarks {
		r.Parts = nil
		return
	}
	points := b.byPoints() && e.counted()
	if s.text == "" && (s.complete || points) {
		s.text = b.fixed(s.total)
	}
	switch {
	case s.complete:
		r.Total = s.text
	case points:
		r.Points = s.text
	}
	for i := range s.parts {
		p := &s.parts[i]
		if p.text == "" && p.settled {
			p.text = b.fixed(p.value)
		}
		r.Parts = append(r.Parts, p.text)
	}
}

// manyTexts is how many texts of numbers a board keeps.
const manyTexts = 1 << 12

// fixed writes a number with the places of totals, each only once.
func (b *Board) fixed(n exact.Num) string {
	places := b.rules.Total.Places
	key, ok := n.Scaled(places)
	if !ok {
		return n.Fixed(places)
	}
	text, known := b.texts[key]
	if !known {
		if len(b.texts) >= manyTexts {
			clear(b.texts)
		}
		text = n.Fixed(places)
		b.texts[key] = text
	}
	return text
}
