package clerk

import "jiangtai/scoring"

// numbers are what is known of a device's counting: which mark has which
// number. A number without a mark below the highest one is a hole: a mark that
// the device has given and nobody has seen.
type numbers struct {
	marks []scoring.ID // by number-1; zero is a hole
	late  int          // how many are kept and not counted by themselves
}

// MaxNumber is the highest number of a device: it bounds what one can make us
// keep.
const MaxNumber = 1 << 17

// free says whether the number is free for the mark: unused, or its own.
func (n *numbers) free(number uint32, mark scoring.ID) bool {
	if int(number) > len(n.marks) {
		return true
	}
	at := n.marks[number-1]
	return at.IsZero() || at == mark
}

// take notes that the mark has the number.
func (n *numbers) take(number uint32, mark scoring.ID) {
	if number == 0 || number > MaxNumber {
		return
	}
	for int(number) > len(n.marks) {
		n.marks = append(n.marks, scoring.ID{})
	}
	n.marks[number-1] = mark
}

// holes are the numbers that are missing, at most limit of them.
func (n *numbers) holes(limit int) []uint32 {
	out := []uint32{}
	for i, m := range n.marks {
		if m.IsZero() && len(out) < limit {
			out = append(out, uint32(i+1))
		}
	}
	return out
}

// highest is the highest number seen.
func (n *numbers) highest() uint32 { return uint32(len(n.marks)) }
