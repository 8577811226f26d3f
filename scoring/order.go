package scoring

import (
	"math"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
)

// beyond is the key of totals that no key holds.
const beyond = math.MaxInt64

// better is negative when x is strictly better than y, 0 when they tie.
func (b *Board) better(x, y *entry) int {
	c := y.Total.Cmp(x.Total)
	if b.rules.Ascending {
		c = -c
	}
	if c != 0 {
		return c
	}
	return b.breakTie(x, y)
}

func (b *Board) breakTie(x, y *entry) int {
	keys := b.keys(x)
	for i := range keys {
		if c := b.byKey(&keys[i], x, y); c != 0 {
			return c
		}
	}
	return b.decidedFirst(x, y)
}

// keys are what decides between entries of one list with equal totals.
func (b *Board) keys(e *entry) []rules.Key {
	if e.Team {
		return b.rules.Teams.Keys
	}
	return b.rules.Keys
}

// decidedFirst orders by decided places where they split ranks; an entry without
// one ties with all.
func (b *Board) decidedFirst(x, y *entry) int {
	if !b.rules.Decides {
		return 0
	}
	dx, dy := x.decided, y.decided
	if dx == 0 {
		dx = 1 << 30
	}
	if dy == 0 {
		dy = 1 << 30
	}
	return dx - dy
}

func (b *Board) byKey(k *rules.Key, x, y *entry) int {
	vx, okx := b.keyValue(x, k)
	vy, oky := b.keyValue(y, k)
	switch {
	case okx != oky && okx:
		return -1
	case okx != oky:
		return 1
	case !okx:
		return 0
	case k.Ascending:
		return vx.Cmp(vy)
	}
	return vy.Cmp(vx)
}

// keyValue is what a tie-break key compares; false sorts last, whichever way. Of
// what persons are marked in a team has the sum of its members that count.
func (b *Board) keyValue(e *entry, k *rules.Key) (exact.Num, bool) {
	if !e.Team || b.rules.OfTeam(k) {
		return e.key(k)
	}
	sum := exact.Zero
	for _, m := range e.making {
		v, ok := m.key(k)
		if !ok {
			return exact.Zero, false
		}
		sum = sum.Add(v)
	}
	return sum, len(e.making) > 0
}

func (e *entry) key(k *rules.Key) (exact.Num, bool) {
	if k.By == "firsts" {
		return exact.Int(e.firsts[k.At]), true
	}
	return e.Sheet.Key(k)
}
