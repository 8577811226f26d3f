package rank

import "sort"

// Place is where an item stands: Pos counts 1, 2, 3 …; Rank is shared by ties
// and 0 for items that are not ranked.
type Place struct {
	Pos  int
	Rank int
}

// Rule says how items compare.
type Rule[T any] struct {
	// Compare orders items: negative when a stands before b. It never answers
	// 0 for two different items, or their order would depend on history.
	Compare func(a, b T) int
	// Tied says that two ranked items that stand beside each other share a rank.
	Tied func(a, b T) bool
	// Ranked says whether the item has a rank; all ranked items stand before
	// all others.
	Ranked func(a T) bool
	// Place is where the list keeps the item's place. The list writes it.
	Place func(a T) *Place
}

// List is the order. It is not safe for concurrent use.
type List[T any] struct {
	rule  Rule[T]
	items []T
}

// New makes an empty list.
func New[T any](rule Rule[T]) *List[T] { return &List[T]{rule: rule} }

// Items are the items in order; the caller must not change the slice.
func (l *List[T]) Items() []T { return l.items }

// Add puts an item in and visits every item whose place is new, the item among
// them.
func (l *List[T]) Add(item T, visit func(T)) {
	at := l.find(item)
	l.items = append(l.items, item)
	copy(l.items[at+1:], l.items[at:])
	l.items[at] = item
	*l.rule.Place(item) = Place{}
	l.number(at, len(l.items)-1, visit)
}

// Fix puts an item that has changed where it now belongs and visits every item
// whose place is new; the item itself only if its place is.
func (l *List[T]) Fix(item T, visit func(T)) {
	from := l.rule.Place(item).Pos - 1
	if l.stays(from) {
		l.number(from, from, visit)
		return
	}
	to := l.goal(item, from)
	if to < from {
		copy(l.items[to+1:from+1], l.items[to:from])
	} else {
		copy(l.items[from:to], l.items[from+1:to+1])
	}
	l.items[to] = item
	l.number(min(from, to), max(from, to), visit)
}

// near is how many places a mark usually moves an entry at most.
const near = 4

// goal is where an item at from, which does not belong there any more, will
// stand: it looks at its neighbours first, and halves what is left.
func (l *List[T]) goal(item T, from int) int {
	before := func(i int) bool { return l.rule.Compare(item, l.items[i]) < 0 }
	if from > 0 && before(from-1) {
		to := from - 1
		for to > 0 && from-to < near && before(to-1) {
			to--
		}
		if to > 0 && from-to == near && before(to-1) {
			to = sort.Search(to-1, before)
		}
		return to
	}
	to := from + 1
	for to < len(l.items)-1 && to-from < near && !before(to+1) {
		to++
	}
	if to-from == near {
		rest := l.items[to+1:]
		to += sort.Search(len(rest), func(i int) bool { return l.rule.Compare(item, rest[i]) < 0 })
	}
	return to
}

// Sort orders everything anew, after a change of rule, and visits every item
// whose place is new.
func (l *List[T]) Sort(visit func(T)) {
	sort.Slice(l.items, func(i, j int) bool { return l.rule.Compare(l.items[i], l.items[j]) < 0 })
	l.number(0, len(l.items)-1, visit)
}

func (l *List[T]) stays(i int) bool {
	return (i == 0 || l.rule.Compare(l.items[i-1], l.items[i]) < 0) &&
		(i == len(l.items)-1 || l.rule.Compare(l.items[i], l.items[i+1]) < 0)
}

func (l *List[T]) find(item T) int {
	return sort.Search(len(l.items), func(i int) bool { return l.rule.Compare(item, l.items[i]) < 0 })
}

// number writes places from lo on. Behind hi it stops at the first item whose
// place stays: a rank depends on the position and the neighbour before only.
func (l *List[T]) number(lo, hi int, visit func(T)) {
	for i := lo; i < len(l.items); i++ {
		next := Place{Pos: i + 1}
		if l.rule.Ranked(l.items[i]) {
			next.Rank = i + 1
			if i > 0 && l.rule.Tied(l.items[i-1], l.items[i]) {
				next.Rank = l.rule.Place(l.items[i-1]).Rank
			}
		}
		place := l.rule.Place(l.items[i])
		if *place != next {
			*place = next
			visit(l.items[i])
		} else if i > hi {
			return
		}
	}
}
