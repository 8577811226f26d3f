package lookup

import "math/bits"

// Table has things under texts. The zero Table is empty. It is not safe for
// concurrent writing.
type Table[T any] struct {
	slots []slot[T] // a power of two, half of them empty at least
	n     int
}

type slot[T any] struct {
	key  string
	here bool
	what T
}

// Len is how many things there are.
func (t *Table[T]) Len() int { return t.n }

// Find is what stands under a text; false for nothing.
func (t *Table[T]) Find(key string) (what T, ok bool) {
	if t.n == 0 {
		return what, false
	}
	for i := spot(key, len(t.slots)); ; i = (i + 1) & (len(t.slots) - 1) {
		s := &t.slots[i]
		if !s.here {
			return what, false
		}
		if s.key == key {
			return s.what, true
		}
	}
}

// Put puts something under a text, in place of what stood there.
func (t *Table[T]) Put(key string, what T) {
	if 2*(t.n+1) > len(t.slots) {
		old := t.slots
		t.slots, t.n = make([]slot[T], max(2*len(old), 4)), 0
		for i := range old {
			if old[i].here {
				t.put(old[i])
			}
		}
	}
	t.put(slot[T]{key, true, what})
}

func (t *Table[T]) put(is slot[T]) {
	i := spot(is.key, len(t.slots))
	for t.slots[i].here && t.slots[i].key != is.key {
		i = (i + 1) & (len(t.slots) - 1)
	}
	if !t.slots[i].here {
		t.n++
	}
	t.slots[i] = is
}

// spot is where a text is looked for first, of n places. It reads the ends of the
// text: what is told apart by its middle alone stands side by side.
func spot(key string, n int) int {
	k, h := len(key), uint64(len(key))
	switch {
	case k >= 8:
		h ^= eight(key) ^ bits.RotateLeft64(eight(key[k-8:]), 29)
	case k >= 4:
		h ^= four(key) ^ four(key[k-4:])<<32
	case k > 0:
		h ^= uint64(key[0])<<8 ^ uint64(key[k/2])<<16 ^ uint64(key[k-1])<<24
	}
	hi, lo := bits.Mul64(h, 0x9e3779b97f4a7c15)
	return int(hi^lo>>32) & (n - 1)
}

func four(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

func eight(s string) uint64 { return four(s) | four(s[4:])<<32 }
