package rank

import (
	"cmp"
	"slices"
	"sort"
)

// Place is where an item stands: Pos counts 1, 2, 3 …; Rank is shared by ties
// and 0 for items that are not ranked.
type Place struct {
	Pos  int
	Rank int
}

// Item is one thing that a list orders. It lies in what it stands for, so that
// a comparison reads no more than this. The caller writes Class and Key and then
// calls Fix or Sort; the list writes Place.
type Item[T any] struct {
	Place
	Class int    // 0 is ranked; the others stand behind, by class, and share nothing
	Key   int64  // the lesser stands first; of equal keys the list's tie rule decides
	ID    uint32 // the last resort, so that the order does not depend on history
	Of    T      // whose place it is
}

// List is the order. It is not safe for concurrent use.
type List[T any] struct {
	tie   func(a, b T) int
	items []*Item[T]
	spare []T
}

// New makes an empty list. tie compares two ranked items of equal keys: negative
// when a stands before b, 0 when they share a rank.
func New[T any](tie func(a, b T) int) *List[T] { return &List[T]{tie: tie} }

// Items are the items in order; the caller must not change the slice.
func (l *List[T]) Items() []*Item[T] { return l.items }

// Add puts an item in and appends everything whose place is new to moved, the
// item among them.
func (l *List[T]) Add(item *Item[T], moved []T) []T {
	at := sort.Search(len(l.items), func(i int) bool { return l.compare(item, l.items[i]) < 0 })
	l.items = slices.Insert(l.items, at, item)
	item.Place = Place{}
	return l.number(at, len(l.items)-1, moved)
}

// Remove takes an item out and appends everything whose place is new to moved;
// the item has none any more and is not among them.
func (l *List[T]) Remove(item *Item[T], moved []T) []T {
	at := item.Pos - 1
	l.items = slices.Delete(l.items, at, at+1)
	item.Place = Place{}
	return l.number(at, len(l.items)-1, moved)
}

// Fix puts an item that has changed where it now belongs and appends everything
// whose place is new to moved; the item itself only if its place is.
func (l *List[T]) Fix(item *Item[T], moved []T) []T {
	from := item.Pos - 1
	to := from
	for to > 0 && from-to < near && l.compare(item, l.items[to-1]) < 0 {
		l.items[to] = l.items[to-1]
		to--
	}
	for to >= from && to < len(l.items)-1 && to-from < near && l.compare(item, l.items[to+1]) > 0 {
		l.items[to] = l.items[to+1]
		to++
	}
	if to == from-near || to == from+near {
		to = l.far(item, to)
	}
	l.items[to] = item
	return l.number(min(from, to), max(from, to), moved)
}

// near is how many places a mark usually moves an entry at most: so far it is looked
// for one by one, and what is left is halved.
const near = 4

// far is where an item that came as far as at will stand, and makes room for it there.
func (l *List[T]) far(item *Item[T], at int) int {
	before := l.items[:at]
	to := sort.Search(len(before), func(i int) bool { return l.compare(item, before[i]) < 0 })
	if to < at {
		copy(l.items[to+1:at+1], l.items[to:at])
		return to
	}
	behind := l.items[at+1:]
	n := sort.Search(len(behind), func(i int) bool { return l.compare(item, behind[i]) < 0 })
	copy(l.items[at:at+n], behind[:n])
	return at + n
}

// Sort orders everything anew, after many have changed.
func (l *List[T]) Sort() {
	slices.SortFunc(l.items, l.compare)
	l.spare = l.number(0, len(l.items)-1, l.spare[:0])
}

// compare never answers 0 for two different items.
func (l *List[T]) compare(a, b *Item[T]) int {
	switch {
	case a.Class != b.Class:
		return a.Class - b.Class
	case a.Class != 0:
	case a.Key < b.Key:
		return -1
	case a.Key > b.Key:
		return 1
	default:
		if c := l.tie(a.Of, b.Of); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.ID, b.ID)
}

// number writes places from lo on. Behind hi it stops at the first item whose
// place stays: a rank depends on the position and the neighbour before only.
func (l *List[T]) number(lo, hi int, moved []T) []T {
	var before *Item[T]
	if lo > 0 {
		before = l.items[lo-1]
	}
	for i := lo; i < len(l.items); i++ {
		item, next := l.items[i], Place{Pos: i + 1}
		if item.Class == 0 {
			next.Rank = i + 1
			if before != nil && before.Key == item.Key && l.tie(before.Of, item.Of) == 0 {
				next.Rank = before.Rank
			}
		}
		if item.Place != next {
			item.Place = next
			moved = append(moved, item.Of)
		} else if i > hi {
			break
		}
		before = item
	}
	return moved
}
