package clerk

import "jiangtai/scoring"

// numbers are what is known of a device's counting: which mark has which
// number. A number without a mark below the highest one is a hole: a mark that
// the device has given and nobody has seen.
type numbers struct {
	marks []uint32 // by number-1: the record's seq, or a place among the refused with refusedBit; 0 is a hole
	late  int      // how many are kept and not counted by themselves
}

// refusedBit marks the number of a mark that was refused and has no record.
const refusedBit = 1 << 31

// MaxNumber is the highest number of a device: it bounds what one can make us
// keep.
const MaxNumber = 1 << 17

// at is who has a number; 0 nobody.
func (n *numbers) at(number uint32) uint32 {
	if number == 0 || int(number) > len(n.marks) {
		return 0
	}
	return n.marks[number-1]
}

// set gives the number to a mark.
func (n *numbers) set(number, ref uint32) {
	if number == 0 || number > MaxNumber {
		return
	}
	for int(number) > len(n.marks) {
		n.marks = append(n.marks, 0)
	}
	n.marks[number-1] = ref
}

// holes are the numbers that are missing, at most limit of them.
func (n *numbers) holes(limit int) []uint32 {
	out := []uint32{}
	for i, m := range n.marks {
		if m == 0 && len(out) < limit {
			out = append(out, uint32(i+1))
		}
	}
	return out
}

// highest is the highest number seen.
func (n *numbers) highest() uint32 { return uint32(len(n.marks)) }

// device is what is known of a device.
func (b *book) device(id scoring.ID) *numbers {
	d, ok := b.devices[id]
	if !ok {
		d = &numbers{}
		b.devices[id] = d
	}
	return d
}

// count notes under which number a sender sent a record.
func (b *book) count(from, number uint32, seq uint64, late bool) {
	for len(b.counts) <= int(from) {
		var d *numbers
		if id := b.lines.senders[len(b.counts)].device; !id.IsZero() {
			d = b.device(id)
		}
		b.counts = append(b.counts, d)
	}
	if d := b.counts[from]; d != nil {
		d.set(number, uint32(seq))
		if late {
			d.late++
		}
	}
}

// isFree says whether a device's number is free for the mark: unused, or its own.
func (b *book) isFree(device scoring.ID, number uint32, mark scoring.ID) bool {
	switch ref := b.device(device).at(number); {
	case ref == 0:
		return true
	case ref&refusedBit != 0:
		return b.refused[ref&^refusedBit] == mark
	default:
		return b.lines.mark(uint64(ref)) == mark
	}
}

// refuse notes that a refused mark has the number, if that is free.
func (b *book) refuse(device scoring.ID, number uint32, mark scoring.ID) {
	d := b.device(device)
	if number == 0 || number > MaxNumber || d.at(number) != 0 {
		return
	}
	b.refused = append(b.refused, mark)
	d.set(number, refusedBit|uint32(len(b.refused)-1))
}
