package scoring

// tell raises each audience's number if its view changed and fills the Change.
func (b *Board) tell(before counts, whole bool, kind Kind, into *Change) {
	still := b.frozen && b.seen[Public].frozen
	touched, reset := b.turn(before, whole, kind, still)
	if isAct(kind) {
		b.leads = b.leading(&reset, still)
	}
	b.tellRows(&touched, into)
	if isAct(kind) {
		b.leads = b.leading(&[Audiences]bool{}, b.frozen)
	}
	for a := range touched {
		if touched[a] {
			b.n[a]++
		}
		if into != nil {
			into.N[a], into.Touched[a], into.Reset[a] = b.n[a], touched[a], reset[a]
		}
	}
	if b.frozen && !still {
		b.ice = b.view(Public)
	}
}

// isAct says whether a record can change how an audience sees the event.
func isAct(k Kind) bool { return k >= Adopt && k != SetState && k < Decide }

// turn says whose view changed beside its rows, and for whom as a whole.
func (b *Board) turn(before counts, whole bool, kind Kind, still bool) (touched, reset [Audiences]bool) {
	after := b.counts()
	act := isAct(kind)
	was := b.seen
	if act {
		b.seen = b.looks()
	}
	for a := range touched {
		now := &b.seen[a]
		touched[a] = whole || after != before && now.shows(after) != now.shows(before) || act && *now != was[a]
		reset[a] = act && touched[a]
	}
	if still {
		touched[Public], reset[Public] = false, false
	}
	return touched, reset
}

// leading says for each audience which one sees the same rows first, -1 for
// those that are told nothing of rows.
func (b *Board) leading(reset *[Audiences]bool, still bool) (leads [Audiences]int) {
	for a := range leads {
		leads[a] = a
		if reset[a] || Audience(a) == Public && still || b.seen[a].lens.none {
			leads[a] = -1
			continue
		}
		for o := range a {
			if leads[o] >= 0 && b.seen[o].lens == b.seen[a].lens {
				leads[a] = o
				break
			}
		}
	}
	return leads
}

// tellRows tells of the entries that moved. Audiences that see the same rows
// share them.
func (b *Board) tellRows(touched *[Audiences]bool, into *Change) {
	var moved [Audiences]bool
	for _, e := range b.moved {
		n, was := b.look(e)
		if n == 0 {
			continue
		}
		for a, from := range b.leads {
			if l := &b.seen[a].lens; from == a && l.shows(n, was, e.was.place) {
				if moved[a] = true; into != nil {
					b.tellRow(Audience(a), e, *l, into)
				}
			}
		}
	}
	for a, from := range b.leads {
		if from < 0 {
			continue
		}
		touched[a] = touched[a] || moved[from]
		if into != nil && from != a {
			into.Share(Audience(a), Audience(from))
		}
	}
}

func (b *Board) tellRow(a Audience, e *entry, l lens, into *Change) {
	if l.sees(&e.was) {
		b.writeRow(into.Next(a), e, l)
	} else {
		into.Leave(a, e.id)
	}
}
