package lookup

// Longest is the most steps that one of n texts is found in.
func Longest(n int, text func(int) string) (most int) {
	var t Table[int]
	for i := range n {
		t.Put(text(i), i)
	}
	for i := range n {
		at := spot(text(i), len(t.slots))
		for steps := 1; ; steps++ {
			if t.slots[at].what == i && t.slots[at].here {
				most = max(most, steps)
				break
			}
			at = (at + 1) & (len(t.slots) - 1)
		}
	}
	return most
}
