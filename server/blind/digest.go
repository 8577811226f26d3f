package blind

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"jiangtai/server/contest"
)

// digest is the commitment to the pairs of a layer: SHA-256 over the sorted
// leaves, each the SHA-256 of one salted pair with its entry's number in the
// engine. It tells nothing of the pairs.
func digest(event contest.ID, layer Layer, pairs []Pair) string {
	leaves := make([][]byte, 0, len(pairs))
	for _, p := range pairs {
		leaf := sha256.Sum256([]byte("jiangtai/pair/1\n" + event.String() + "\n" + string(layer) + "\n" + p.Entry.String() + "\n" +
			p.From + "\n" + p.Label + "\n" + strconv.Itoa(int(p.Ordinal)) + "\n" + hex.EncodeToString(p.Salt[:])))
		leaves = append(leaves, leaf[:])
	}
	slices.SortFunc(leaves, bytes.Compare)
	sum := sha256.Sum256(slices.Concat(append([][]byte{[]byte("jiangtai/pairs/1\n")}, leaves...)...))
	return hex.EncodeToString(sum[:])
}
