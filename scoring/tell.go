package scoring

import "jiangtai/scoring/lens"

// tell raises each audience's number if its view changed and fills the Change.
func (b *Board) tell(before lens.Counts, whole bool, kind Kind, into *Change) {
	still := b.frozen && b.seen[Public].Frozen
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
func (b *Board) turn(before lens.Counts, whole bool, kind Kind, still bool) (touched, reset [Audiences]bool) {
	after := b.counts()
	switch act := isAct(kind); {
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

// lead is a way of seeing rows, and the audiences that share it: rows are
// written for the first of them.
type lead struct {
	lens lens.Lens
	who  []Audience
}

// leading finds the ways in which those see rows who are told of them.
func (b *Board) leading(reset *[Audiences]bool, still bool) []lead {
	var leads []lead
next:
	for a := range Audiences {
		if l := b.seen[a].Lens; !reset[a] && !l.None && !(a == Public && still) {
			for i := range leads {
				if leads[i].lens == l {
					leads[i].who = append(leads[i].who, a)
					continue next
				}
			}
			leads = append(leads, lead{l, []Audience{a}})
		}
	}
	return leads
}

// tellRows tells of the entries that moved. Audiences that see the same rows
// share them.
func (b *Board) tellRows(touched *[Audiences]bool, into *Change) {
	for _, e := range b.moved {
		n, was := b.look(e)
		if n == 0 {
			continue
		}
		for i := range b.leads {
			if l := &b.leads[i]; l.lens.Shows(n, was, e.was.place) {
				touched[l.who[0]] = true
				if into != nil {
					b.tellRow(l.who[0], e, l.lens, into)
				}
			}
		}
	}
	for i := range b.leads {
		who := b.leads[i].who
		for _, a := range who[1:] {
			touched[a] = touched[a] || touched[who[0]]
			if into != nil {
				into.Share(a, who[0])
			}
		}
	}
}

func (b *Board) tellRow(a Audience, e *entry, l lens.Lens, into *Change) {
	if l.Sees(e.was.place) {
		b.writeRow(into.Next(a), e, l)
	} else {
		into.Leave(a, e.id)
	}
}
