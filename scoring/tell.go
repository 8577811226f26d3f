package scoring

// tell raises each audience's number if its view changed and fills the Change.
func (b *Board) tell(before counts, whole bool, kind Kind, into *Change) {
	still := b.frozen && b.seen[Public].frozen
	touched, reset := b.turn(before, whole, kind, still)
	b.tellRows(&touched, &reset, still, into)
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

// turn says whose view changed beside its rows, and for whom as a whole.
func (b *Board) turn(before counts, whole bool, kind Kind, still bool) (touched, reset [Audiences]bool) {
	after := b.counts()
	act := kind >= Adopt && kind != SetState && kind != Decide
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

// tellRows tells of the entries that moved. Audiences that see the same rows
// share them.
func (b *Board) tellRows(touched, reset *[Audiences]bool, still bool, into *Change) {
	var leads, silent [Audiences]int
	for a := range leads {
		leads[a] = a
		if reset[a] || Audience(a) == Public && still {
			silent[a] = 1
		}
		for o := range a {
			if b.seen[o].lens == b.seen[a].lens && silent[o] == silent[a] {
				leads[a] = o
				break
			}
		}
	}
	var moved [Audiences]bool
	for _, e := range b.moved {
		now := b.shown(e)
		var differs [Audiences]bool
		for a := range leads {
			differs[a] = leads[a] == a && silent[a] == 0 && b.seen[a].lens.differs(&e.was, &now)
		}
		e.was.become(&now)
		for a := range differs {
			moved[a] = moved[a] || differs[a]
			if differs[a] && into != nil {
				b.tellRow(Audience(a), e, into)
			}
		}
	}
	for a, from := range leads {
		touched[a] = touched[a] || moved[from]
		if into != nil && from != a {
			into.Share(Audience(a), Audience(from))
		}
	}
}

func (b *Board) tellRow(a Audience, e *entry, into *Change) {
	if l := b.seen[a].lens; l.sees(&e.was) {
		b.writeRow(into.Next(a), e, l)
	} else {
		into.Leave(a, e.id)
	}
}
