package scoring

// arena gives out small slices from large ones: a board has a hundred thousand
// of them, which live as long as it does.
type arena[T any] struct{ free []T }

// chunk is how many elements of a board are made at once.
const chunk = 256

// take gives n empty elements that nobody else has; appending to them makes a
// slice of its own.
func (a *arena[T]) take(n, chunk int) []T {
	if len(a.free) < n {
		a.free = make([]T, max(n, chunk))
	}
	out := a.free[:n:n]
	a.free = a.free[n:]
	return out
}
