package ledger

import (
	"crypto/sha256"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Tree is the Merkle tree over a ledger's chain hashes, kept in memory: 64
// bytes a record. Not safe for concurrent use. The zero Tree is empty.
type Tree struct {
	size   int64
	stored []tlog.Hash
}

// ReadHashes gives stored hashes to tlog.
func (t *Tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, x := range indexes {
		if x < 0 || x >= int64(len(t.stored)) {
			return nil, fmt.Errorf("ledger: no stored hash %d in a tree of %d records", x, t.size)
		}
		out[i] = t.stored[x]
	}
	return out, nil
}

// Size is the number of records.
func (t *Tree) Size() uint64 { return uint64(t.size) }

// Add appends one record's chain hash.
func (t *Tree) Add(h Hash) {
	// The same as tlog.StoredHashesForRecordHash, without its allocations: a
	// test holds the two against each other.
	node := leaf(h)
	t.stored = append(t.stored, node)
	n := t.size
	for level := 0; n>>uint(level)&1 == 1; level++ {
		left := t.stored[tlog.StoredHashIndex(level, n>>uint(level)-1)]
		node = tlog.NodeHash(left, node)
		t.stored = append(t.stored, node)
	}
	t.size++
}

// Cut takes the tree back to a size it had: an append that failed never was.
func (t *Tree) Cut(size uint64) {
	if int64(size) >= t.size {
		return
	}
	t.size = int64(size)
	t.stored = t.stored[:tlog.StoredHashCount(t.size)]
}

// Root is the root over the first size records; size is at most Size.
func (t *Tree) Root(size uint64) (Hash, error) {
	h, err := tlog.TreeHash(int64(size), t)
	return Hash(h), err
}

// Path proves that record seq (1 and up) is in the tree of the first size
// records.
func (t *Tree) Path(seq, size uint64) ([]Hash, error) {
	if seq == 0 || seq > size || size > uint64(t.size) {
		return nil, fmt.Errorf("ledger: no path for record %d in %d of %d", seq, size, t.size)
	}
	p, err := tlog.ProveRecord(int64(size), int64(seq)-1, t)
	if err != nil {
		return nil, err
	}
	out := make([]Hash, len(p))
	for i := range p {
		out[i] = Hash(p[i])
	}
	return out, nil
}

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
