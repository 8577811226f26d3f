package rank_test

import (
	"testing"

	"jiangtai/scoring/rank"
)

func TestNear(t *testing.T) {
	var n rank.Near[*int]
	what := map[uint32]*int{1: new(int), 7: new(int), 1<<14 - 1: new(int), 1 << 14: new(int), 1 << 31: new(int)}
	for id, at := range what {
		n.Put(id, at)
	}
	for _, id := range []uint32{0, 1, 2, 7, 8, 1<<14 - 1, 1 << 14, 1<<14 + 1, 1 << 31} {
		if got := n.Find(id); got != what[id] {
			t.Errorf("%d finds another", id)
		}
	}
}
