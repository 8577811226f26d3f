package scoring

import (
	"jiangtai/scoring/lens"
	"jiangtai/scoring/rank"
	"jiangtai/scoring/report"
)

// tell raises each audience's number if its view changed and fills the Change.
func (b *Board) tell(before lens.Counts, whole bool, kind Kind, into *Change) {
	var touched, reset [Audiences]bool
	act, still := isAct(kind), b.frozen && b.seen[Public].Frozen
	if act || whole || b.counts() != before {
		touched, reset = b.turn(before, whole, act, still)
	}
	if act {
		b.tellAct(&touched, &reset, still, into)
	} else {
		b.tellRows(&touched, into)
	}
	for a := range touched {
		if touched[a] {
			b.n[a]++
		}
		if into != nil {
			into.N[a], into.Touched[a], into.Reset[a] = b.n[a], touched[a], reset[a]
		}
	}
	if act && b.frozen && !still {
		b.ice = b.view(Public)
	}
}

// tellAct tells of rows those who did not see all change.
func (b *Board) tellAct(touched, reset *[Audiences]bool, still bool, into *Change) {
	untold := *reset
	untold[Public] = untold[Public] || still
	b.leads = lens.Leads(&b.seen, &untold)
	b.tellRows(touched, into)
	b.leads = lens.Leads(&b.seen, &[Audiences]bool{Public: b.frozen})
}

// isAct says whether a record can change how an audience sees the event.
func isAct(k Kind) bool { return k >= Adopt && k != SetState && k < Decide }

// turn says whose view changed beside its rows, and for whom as a whole.
func (b *Board) turn(before lens.Counts, whole, act, still bool) (touched, reset [Audiences]bool) {
	after := b.counts()
	switch {
	case act:
		was := b.seen
		b.seen = b.looks()
		for a := range touched {
			now := &b.seen[a]
			reset[a] = whole || now.Shows(after) != now.Shows(before) || *now != was[a]
		}
		touched = reset
	case whole || after != before:
		for a := range touched {
			l := &b.seen[a]
			touched[a] = whole || l.Shows(after) != l.Shows(before)
		}
	}
	if still {
		touched[Public], reset[Public] = false, false
	}
	return touched, reset
}

// tellRows tells of the entries that moved. Audiences that see the same rows
// share them.
func (b *Board) tellRows(touched *[Audiences]bool, into *Change) {
	b.news = b.news[:0]
	for _, e := range b.moved {
		if n, was := b.look(e); n != 0 {
			b.news = append(b.news, news{e, n, was})
		}
	}
	for i := range b.leads {
		l := &b.leads[i]
		told := b.tellLead(l, into)
		for _, a := range l.Who {
			touched[a] = touched[a] || told
		}
	}
}

// tellLead tells those who see alike, and says whether there was anything to tell.
func (b *Board) tellLead(l *lens.Lead, into *Change) (told bool) {
	rows, gone := into.Room(l.Who[0])
	for i := range b.news {
		e := b.news[i].of
		if !l.All && !l.Lens.Shows(b.news[i].what, b.news[i].was, e.was.place) {
			continue
		}
		told = true
		switch {
		case into == nil:
		case l.All || l.Lens.Sees(e.was.place):
			rows = report.More(rows)
			b.writeRow(&rows[len(rows)-1], e, &l.Lens)
		default:
			gone = append(gone, e.id)
		}
	}
	if told {
		into.Tell(l.Who, rows, gone)
	}
	return told
}

// news is what of an entry looks different.
type news struct {
	of   *entry
	what lens.News
	was  rank.Place
}
