package rank_test

import (
	"slices"
	"sort"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/rank"
)

// runner has points, of which the more the better; fine decides between equal
// points; out is not ranked.
type runner struct {
	id, points, fine int
	out              bool
	item             rank.Item[*runner]
}

func newRunner(id, points int) *runner {
	r := &runner{id: id, points: points}
	r.item.ID, r.item.Of = uint32(id), r
	return r.stand()
}

func (r *runner) stand() *runner {
	r.item.Class, r.item.Key = 0, -int64(r.points)
	if r.out {
		r.item.Class = 1
	}
	return r
}

func tie(a, b *runner) int { return b.fine - a.fine }

func compare(a, b *runner) int {
	switch {
	case a.out != b.out && a.out:
		return 1
	case a.out != b.out:
		return -1
	case a.out:
	case a.points != b.points:
		return b.points - a.points
	case a.fine != b.fine:
		return b.fine - a.fine
	}
	return a.id - b.id
}

// naive ranks from scratch: one more than the number strictly better.
func naive(all []*runner) map[int]rank.Place {
	sorted := append([]*runner(nil), all...)
	sort.Slice(sorted, func(i, j int) bool { return compare(sorted[i], sorted[j]) < 0 })
	places := map[int]rank.Place{}
	for i, r := range sorted {
		p := rank.Place{Pos: i + 1}
		if !r.out {
			p.Rank = 1
			for _, o := range all {
				if !o.out && (o.points > r.points || o.points == r.points && o.fine > r.fine) {
					p.Rank++
				}
			}
		}
		places[r.id] = p
	}
	return places
}

func (r *runner) draw(t *rapid.T) *runner {
	r.points, r.fine = rapid.IntRange(0, 5).Draw(t, "points"), rapid.IntRange(0, 2).Draw(t, "fine")
	r.out = rapid.IntRange(0, 4).Draw(t, "out") == 0
	return r.stand()
}

// TestListEqualsNaive: after every change all places are the naive ones, and
// exactly the runners whose place changed are told of, each once.
func TestListEqualsNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rank.New(tie)
		var all, moved []*runner
		for step := range rapid.IntRange(1, 60).Draw(t, "steps") {
			before := naive(all)
			switch who, act := rapid.IntRange(0, max(len(all)-1, 0)).Draw(t, "who"), rapid.IntRange(0, 7).Draw(t, "act"); {
			case len(all) == 0 || act < 3:
				r := newRunner(step, 0).draw(t)
				all, moved = append(all, r), list.Add(&r.item, moved[:0])
			case act == 3:
				r := all[who]
				all = slices.Delete(all, who, who+1)
				if moved = list.Remove(&r.item, moved[:0]); r.item.Place != (rank.Place{}) {
					t.Fatalf("a runner who left has place %+v", r.item.Place)
				}
			default:
				moved = list.Fix(&all[who].draw(t).item, moved[:0])
			}
			holdAgainstNaive(t, list, all, before, moved)
		}
	})
}

func holdAgainstNaive(t *rapid.T, list *rank.List[*runner], all []*runner, before map[int]rank.Place, moved []*runner) {
	told := map[int]int{}
	for _, r := range moved {
		told[r.id]++
	}
	after := naive(all)
	for _, r := range all {
		if r.item.Place != after[r.id] {
			t.Fatalf("runner %d is at %+v, naive %+v", r.id, r.item.Place, after[r.id])
		}
		want := 0
		if before[r.id] != after[r.id] {
			want = 1
		}
		if told[r.id] != want {
			t.Fatalf("runner %d told of %d times, its place went from %+v to %+v", r.id, told[r.id], before[r.id], after[r.id])
		}
	}
	if len(list.Items()) != len(all) {
		t.Fatalf("%d items of %d", len(list.Items()), len(all))
	}
	for i, item := range list.Items() {
		if item.Pos != i+1 || &item.Of.item != item {
			t.Fatalf("item %d has pos %d", i, item.Pos)
		}
	}
}

// TestFarMoves: runners who pass more neighbours than are looked at one by one.
func TestFarMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rank.New(tie)
		var all []*runner
		for i := range 40 {
			all = append(all, newRunner(i, i%17))
			list.Add(&all[i].item, nil)
		}
		for range 10 {
			r, before := all[rapid.IntRange(0, 39).Draw(t, "who")], naive(all)
			r.points = rapid.IntRange(-1, 18).Draw(t, "points")
			holdAgainstNaive(t, list, all, before, list.Fix(&r.stand().item, nil))
		}
	})
}

func TestSortAfterEverythingChanged(t *testing.T) {
	list := rank.New(tie)
	all := []*runner{newRunner(1, 3), newRunner(2, 2), newRunner(3, 1)}
	for _, r := range all {
		list.Add(&r.item, nil)
	}
	for i, r := range all {
		r.points = i
		r.stand()
	}
	list.Sort()
	for i, want := range []rank.Place{{Pos: 3, Rank: 3}, {Pos: 2, Rank: 2}, {Pos: 1, Rank: 1}} {
		if all[i].item.Place != want {
			t.Errorf("runner %d is at %+v, want %+v", i+1, all[i].item.Place, want)
		}
	}
}

// TestSharedRanks is competition ranking as it is printed: 1 2 2 4.
func TestSharedRanks(t *testing.T) {
	list := rank.New(tie)
	last := newRunner(5, 10)
	last.out = true
	all := []*runner{newRunner(1, 9), newRunner(2, 8), newRunner(3, 8), newRunner(4, 7), last.stand()}
	for _, r := range all {
		list.Add(&r.item, nil)
	}
	for i, want := range []int{1, 2, 2, 4, 0} {
		if all[i].item.Rank != want {
			t.Errorf("runner %d has rank %d, want %d", i+1, all[i].item.Rank, want)
		}
	}
}

// TestTieGroupBehindTheMove: a runner who leaves a tie group lifts or sinks
// those who stay, though their positions do not change.
func TestTieGroupBehindTheMove(t *testing.T) {
	list := rank.New(tie)
	all := []*runner{newRunner(1, 5), newRunner(2, 5), newRunner(3, 5)}
	for _, r := range all {
		list.Add(&r.item, nil)
	}
	all[0].points = 6
	moved := list.Fix(&all[0].stand().item, nil)
	if all[1].item.Rank != 2 || all[2].item.Rank != 2 || len(moved) != 2 {
		t.Fatalf("%+v %+v, %d moved", all[1].item.Place, all[2].item.Place, len(moved))
	}
}

func BenchmarkFix(b *testing.B) {
	list := rank.New(tie)
	var all, moved []*runner
	for i := range 200 {
		all = append(all, newRunner(i, i*7%101))
		list.Add(&all[i].item, nil)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		r := all[i%len(all)]
		r.points = (r.points + i) % 101
		moved = list.Fix(&r.stand().item, moved[:0])
	}
}
