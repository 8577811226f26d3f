package exact

// Texts keeps what numbers are written as: those of a contest come again and
// again, and the latest of each place stays. The zero Texts is empty.
type Texts [512]struct {
	key  int64
	text string
}

// Fixed is the number's own Fixed; one Texts is asked for one number of places.
func (t *Texts) Fixed(n Num, places int) string {
	key, ok := n.Scaled(places)
	if !ok {
		return n.Fixed(places)
	}
	at := &t[uint64(key)%uint64(len(t))]
	if at.key != key || at.text == "" {
		at.key, at.text = key, n.Fixed(places)
	}
	return at.text
}
