package rank_test

import (
	"sort"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/scoring/rank"
)

type runner struct {
	id, points int
	out        bool
	place      rank.Place
}

func compare(a, b *runner) int {
	if a.out != b.out {
		if a.out {
			return 1
		}
		return -1
	}
	if a.points != b.points && !a.out {
		return b.points - a.points
	}
	return a.id - b.id
}

func newList() *rank.List[*runner] {
	return rank.New(rank.Rule[*runner]{
		Compare: compare,
		Tied:    func(a, b *runner) bool { return !a.out && !b.out && a.points == b.points },
		Ranked:  func(r *runner) bool { return !r.out },
		Place:   func(r *runner) *rank.Place { return &r.place },
	})
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
				if !o.out && o.points > r.points {
					p.Rank++
				}
			}
		}
		places[r.id] = p
	}
	return places
}

// TestListEqualsNaive: after every change all places are the naive ones, and
// exactly the runners whose place changed were visited, each once.
func TestListEqualsNaive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := newList()
		var all []*runner
		for step := range rapid.IntRange(1, 60).Draw(t, "steps") {
			before := naive(all)
			visited := map[int]int{}
			visit := func(r *runner) { visited[r.id]++ }
			if len(all) == 0 || rapid.IntRange(0, 3).Draw(t, "add") == 0 {
				r := &runner{id: step, points: rapid.IntRange(0, 5).Draw(t, "points"), out: rapid.IntRange(0, 4).Draw(t, "out") == 0}
				all = append(all, r)
				list.Add(r, visit)
			} else {
				r := all[rapid.IntRange(0, len(all)-1).Draw(t, "who")]
				r.points, r.out = rapid.IntRange(0, 5).Draw(t, "points"), rapid.IntRange(0, 4).Draw(t, "out") == 0
				list.Fix(r, visit)
			}
			after := naive(all)
			for _, r := range all {
				if r.place != after[r.id] {
					t.Fatalf("runner %d is at %+v, naive %+v", r.id, r.place, after[r.id])
				}
				want := 0
				if before[r.id] != after[r.id] {
					want = 1
				}
				if visited[r.id] != want {
					t.Fatalf("runner %d visited %d times, its place went from %+v to %+v", r.id, visited[r.id], before[r.id], after[r.id])
				}
			}
			for i, r := range list.Items() {
				if r.place.Pos != i+1 {
					t.Fatalf("item %d has pos %d", i, r.place.Pos)
				}
			}
		}
	})
}

func TestSortAfterARuleChanged(t *testing.T) {
	ascending := false
	list := rank.New(rank.Rule[*runner]{
		Compare: func(a, b *runner) int {
			if ascending {
				a, b = b, a
			}
			return compare(a, b)
		},
		Tied:   func(a, b *runner) bool { return a.points == b.points },
		Ranked: func(*runner) bool { return true },
		Place:  func(r *runner) *rank.Place { return &r.place },
	})
	all := []*runner{{id: 1, points: 3}, {id: 2, points: 2}, {id: 3, points: 1}}
	for _, r := range all {
		list.Add(r, func(*runner) {})
	}
	ascending = true
	moved := 0
	list.Sort(func(*runner) { moved++ })
	if moved != 2 || all[2].place != (rank.Place{Pos: 1, Rank: 1}) || all[1].place.Pos != 2 || all[0].place.Rank != 3 {
		t.Fatalf("%d moved: %+v %+v %+v", moved, *all[0], *all[1], *all[2])
	}
}

// TestSharedRanks is competition ranking as it is printed: 1 2 2 4.
func TestSharedRanks(t *testing.T) {
	list := newList()
	all := []*runner{{id: 1, points: 9}, {id: 2, points: 8}, {id: 3, points: 8}, {id: 4, points: 7}, {id: 5, out: true}}
	for _, r := range all {
		list.Add(r, func(*runner) {})
	}
	for i, want := range []int{1, 2, 2, 4, 0} {
		if all[i].place.Rank != want {
			t.Errorf("runner %d has rank %d, want %d", i+1, all[i].place.Rank, want)
		}
	}
}

// TestTieGroupBehindTheMove: a runner who leaves a tie group lifts or sinks
// those who stay, though their positions do not change.
func TestTieGroupBehindTheMove(t *testing.T) {
	list := newList()
	all := []*runner{{id: 1, points: 5}, {id: 2, points: 5}, {id: 3, points: 5}}
	for _, r := range all {
		list.Add(r, func(*runner) {})
	}
	all[0].points = 6
	var visited []int
	list.Fix(all[0], func(r *runner) { visited = append(visited, r.id) })
	if all[1].place.Rank != 2 || all[2].place.Rank != 2 || len(visited) != 2 {
		t.Fatalf("%+v %+v, visited %v", all[1].place, all[2].place, visited)
	}
}

func BenchmarkFix(b *testing.B) {
	list := newList()
	var all []*runner
	for i := range 200 {
		r := &runner{id: i, points: i * 7 % 101}
		all = append(all, r)
		list.Add(r, func(*runner) {})
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		i++
		r := all[i%len(all)]
		r.points = (r.points + i) % 101
		list.Fix(r, func(*runner) {})
	}
}
