package ledger

import (
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Base is how many first records the tree knows in brief: of them there is neither a
// hash nor a path, but every root from there on, and every path of what follows.
func (t *Tree) Base() uint64 { return t.base }

// Brief is a tree of the same records that knows the first n of them, Base to Size, in
// brief: by the roots of the whole subtrees that they make, a hash for each bit of n.
func (t *Tree) Brief(n uint64) Tree {
	t.grow()
	b := Tree{base: n, size: n, peaks: make([]tlog.Hash, bits.Len64(n))}
	for level := range b.peaks {
		if n>>level&1 == 1 {
			b.peaks[level] = t.node(level, n>>level-1)
		}
	}
	for seq := n + 1; seq <= t.size; seq++ {
		b.Add(t.Chain(seq))
	}
	return b
}

// Peaks are what the tree knows of its first Base records; see TreeOf.
func (t *Tree) Peaks() []Hash {
	var out []Hash
	for level := range t.peaks {
		if t.base>>level&1 == 1 {
			out = append(out, Hash(t.peaks[level]))
		}
	}
	return out
}

// TreeOf is a tree of n records that it knows in brief, by the Peaks of another; false
// where n records have more peaks, or fewer.
func TreeOf(n uint64, peaks []Hash) (Tree, bool) {
	if bits.OnesCount64(n) != len(peaks) {
		return Tree{}, false
	}
	t := Tree{base: n, size: n, peaks: make([]tlog.Hash, bits.Len64(n))}
	for level := range t.peaks {
		if n>>level&1 == 1 {
			t.peaks[level], peaks = tlog.Hash(peaks[0]), peaks[1:]
		}
	}
	return t, true
}

// isForgotten says whether the node lies below a peak.
func (t *Tree) isForgotten(level int, n uint64) bool {
	first := t.base >> level
	return n < first && (n+1 < first || first&1 == 0)
}
