package rank

// Near finds things by their ordinals, quickly where those are small, as nearly all
// are. The zero Near is empty.
type Near[T any] struct {
	near []T
	far  map[uint32]T
}

// nearby is which ordinals are small.
const nearby = 1 << 14

// Find is what stands under an ordinal, the zero T for nothing.
func (n *Near[T]) Find(id uint32) T {
	if int(id) < len(n.near) {
		return n.near[id]
	}
	return n.far[id]
}

// Put puts something under an ordinal.
func (n *Near[T]) Put(id uint32, what T) {
	if id >= nearby {
		if n.far == nil {
			n.far = map[uint32]T{}
		}
		n.far[id] = what
		return
	}
	for int(id) >= len(n.near) {
		var none T
		n.near = append(n.near, none)
	}
	n.near[id] = what
}
