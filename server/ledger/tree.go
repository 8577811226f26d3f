package ledger

import (
	"crypto/sha256"
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Tree is the Merkle tree over a ledger's chain hashes, kept in memory: 40 bytes a
// record, none of those that it knows in brief (see Brief). Adding costs nothing but
// that: nodes are made when somebody first asks for what lies above them, and those of
// the lowest levels are kept only while neighbours are asked for. Not safe for
// concurrent use. The zero Tree is empty.
type Tree struct {
	size   uint64
	base   uint64        // so many first records are known by their peaks alone
	peaks  []tlog.Hash   // by level: the nodes that the first base records make together
	chains [][]byte      // pages of chain hashes
	levels [][]tlog.Hash // nodes from level low on, of all that is hashed already, from base's on
	nearby [2]group      // of the record asked for last, and of the newest
	edge   edge
}

const (
	// page is how many chain hashes lie together: growing copies none of them.
	page     = 512
	hashSize = 32
	// low is the level from which on nodes are kept.
	low = 3
)

// Size is the number of records.
func (t *Tree) Size() uint64 { return t.size }

// Chain is the chain hash of record seq, Base+1 to Size.
func (t *Tree) Chain(seq uint64) Hash { return Hash(t.place(seq)) }

func (t *Tree) place(seq uint64) []byte {
	n := seq - 1 - t.base
	at := n % page * hashSize
	return t.chains[n/page][at : at+hashSize]
}

// Add appends one record's chain hash.
func (t *Tree) Add(h Hash) {
	if t.size-t.base == uint64(len(t.chains))*page {
		t.chains = append(t.chains, make([]byte, page*hashSize))
	}
	t.size++
	copy(t.place(t.size), h[:])
}

// Pages cuts bytes into pages without copying more than the last, which gets its
// full length.
func Pages(b []byte, size int) [][]byte {
	pages := make([][]byte, 0, len(b)/size+1)
	for ; len(b) >= size; b = b[size:] {
		pages = append(pages, b[:size:size])
	}
	if len(b) > 0 {
		last := make([]byte, size)
		copy(last, b)
		pages = append(pages, last)
	}
	return pages
}

// Cut takes the tree back to a size it had, Base at the least: an append that failed
// never was.
func (t *Tree) Cut(size uint64) {
	if size >= t.size {
		return
	}
	t.size, t.nearby, t.edge.end = size, [2]group{}, 0
	t.chains = t.chains[:(size-t.base+page-1)/page]
	for i := range t.levels {
		if n := size>>(low+i) - t.base>>(low+i); n < uint64(len(t.levels[i])) {
			t.levels[i] = t.levels[i][:n]
		}
	}
}

// grow makes the nodes that are kept.
func (t *Tree) grow() {
	for level := low; t.size>>level > 0; level++ {
		i := level - low
		if i == len(t.levels) {
			t.levels = append(t.levels, nil)
		}
		for n := t.base>>level + uint64(len(t.levels[i])); n < t.size>>level; n++ {
			t.levels[i] = append(t.levels[i], t.join(level, n))
		}
	}
}

// join makes a node of the two below it.
func (t *Tree) join(level int, n uint64) tlog.Hash {
	return tlog.NodeHash(t.node(level-1, 2*n), t.node(level-1, 2*n+1))
}

// node is the hash over the n-th 2^level records, if it is not forgotten.
func (t *Tree) node(level int, n uint64) tlog.Hash {
	switch first := t.base >> level; {
	case n < first:
		return t.peaks[level]
	case level < low:
		return t.lowNode(level, n)
	}
	return t.levels[level-low][n-t.base>>level]
}

// ReadHashes gives hashes to tlog.
func (t *Tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	t.grow()
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x < 0 || x >= tlog.StoredHashCount(int64(t.size)) {
			return nil, fmt.Errorf("ledger: no stored hash %d in a tree of %d records", x, t.size)
		}
		level, n := tlog.SplitStoredHashIndex(x)
		if t.isForgotten(level, uint64(n)) {
			return nil, fmt.Errorf("ledger: stored hash %d is below the first %d records", x, t.base)
		}
		out[i] = t.node(level, uint64(n))
	}
	return out, nil
}

// Root is the root over the first size records, Base to Size.
func (t *Tree) Root(size uint64) (Hash, error) {
	if size == 0 || size < t.base || size > t.size {
		h, err := tlog.TreeHash(int64(size), t)
		return Hash(h), err
	}
	t.grow()
	return Hash(t.over(0, size)), nil
}

// Path proves that record seq (Base+1 and up) is in the tree of the first size
// records.
func (t *Tree) Path(seq, size uint64) ([]Hash, error) {
	if seq <= t.base || seq > size || size > t.size {
		return nil, fmt.Errorf("ledger: no path for record %d in %d of %d", seq, size, t.size)
	}
	// The same as tlog.ProveRecord, which allocates for every level of every record
	// of a commit: a test holds the two against each other.
	t.grow()
	out := make([]Hash, bits.Len64(size-1))
	at := len(out)
	for lo, hi := uint64(0), size; hi-lo > 1; {
		middle := lo + below(hi-lo)
		at--
		if seq <= middle {
			out[at], hi = Hash(t.over(middle, hi)), middle
		} else {
			out[at], lo = Hash(t.over(lo, middle)), middle
		}
	}
	return out[at:], nil
}

// over is the hash over the records from lo to hi, which are what a subtree of
// RFC 6962 covers.
func (t *Tree) over(lo, hi uint64) tlog.Hash {
	n := hi - lo
	if n&(n-1) == 0 {
		level := bits.TrailingZeros64(n)
		return t.node(level, lo>>level)
	}
	if h, ok := t.edge.find(lo, hi); ok {
		return h
	}
	middle := lo + below(n)
	h := tlog.NodeHash(t.over(lo, middle), t.over(middle, hi))
	t.edge.keep(lo, hi, h)
	return h
}

// below is the greatest power of two below n, which is 2 at the least.
func below(n uint64) uint64 { return 1 << (bits.Len64(n-1) - 1) }

func leaf(h Hash) tlog.Hash {
	var b [33]byte
	copy(b[1:], h[:])
	return sha256.Sum256(b[:])
}

func checkPath(path []Hash, size uint64, root Hash, seq uint64, h Hash) error {
	p := make(tlog.RecordProof, len(path))
	for i := range path {
		p[i] = tlog.Hash(path[i])
	}
	return tlog.CheckRecord(p, int64(size), tlog.Hash(root), int64(seq)-1, leaf(h))
}
