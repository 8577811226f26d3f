package tally

// Room gives out small slices from large ones: a board has a hundred thousand of
// them, which live as long as it does. The zero Room is empty.
type Room[T any] struct{ free []T }

// Chunk is how many elements of a board are made at once.
const Chunk = 256

// Take gives n empty elements that nobody else has; appending to them makes a
// slice of its own. When there are not so many left, chunk are made.
func (r *Room[T]) Take(n, chunk int) []T {
	if len(r.free) < n {
		r.free = make([]T, max(n, chunk))
	}
	out := r.free[:n:n]
	r.free = r.free[n:]
	return out
}
