package scoring

import "fmt"

// Recall is Apply for a record of which it is known already what it led to: of what
// is given for cells nothing is computed until the next act or Recalled, whichever
// comes first. Nobody may look at the board before Recalled.
func (b *Board) Recall(r Record) error {
	switch r.Kind {
	case Mark, NotPerformed, Absent, Withdraw, Finish:
	default:
		b.settle()
		return b.Apply(r, nil)
	}
	if r.Seq != b.seq+1 || b.rules == nil {
		return fmt.Errorf("%w: %d after %d", errOrder, r.Seq, b.seq)
	}
	b.seq, b.owes = r.Seq, true
	if !b.foldMark(&r.Command, r.Seq) {
		return fmt.Errorf("%w: seq %d kind %d", errRecord, r.Seq, r.Kind)
	}
	return nil
}

// Recalled ends a recall: the board is as after as many Applies, and n is how often
// the audiences were told by then, see Standings.N.
func (b *Board) Recalled(n [Audiences]uint64) {
	b.settle()
	b.n, b.ice.N = n, n[Public]
}

func (b *Board) settle() {
	if !b.owes {
		return
	}
	b.owes = false
	b.reckon()
	for _, e := range b.moved {
		b.look(e)
	}
}

// Told is how often each audience was told, see Recalled.
func (b *Board) Told() [Audiences]uint64 { return b.n }
