package results

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"strconv"

	"jiangtai/scoring"
)

// sheets are the digests of all entries' marks as they count now, whoever gave
// them: two boards with equal marks of an entry give equal digests. Totals and
// ranks are not in them, since these move with other entries' marks.
func sheets(b *scoring.Board) map[scoring.EntryID]Sum {
	lines := map[scoring.EntryID][][]byte{}
	seen := map[scoring.ID]bool{} // one mark may stand for a whole panel
	note := func(chair scoring.ChairID) {
		for _, m := range b.Marks(chair) {
			if !seen[m.MarkID] {
				seen[m.MarkID] = true
				lines[m.Entry] = append(lines[m.Entry], line(m, b.Recused(m.Chair, m.Entry)))
			}
		}
	}
	note(0)
	for _, c := range b.Chairs() {
		note(c.Chair)
	}
	out := make(map[scoring.EntryID]Sum)
	for _, id := range b.Entries() {
		slices.SortFunc(lines[id], bytes.Compare)
		out[id] = sha256.Sum256(bytes.Join(lines[id], nil))
	}
	return out
}

// line is one mark; no part of it but the value can hold what stands between them.
// One that a recusal left out is another line.
func line(m scoring.CellMark, recused bool) []byte {
	out := make([]byte, 0, 64)
	out = append(out, m.Aspect...)
	for _, n := range []uint64{uint64(m.Attempt), uint64(m.Round), uint64(m.Chair), uint64(m.Kind)} {
		out = strconv.AppendUint(append(out, 0), n, 10)
	}
	out = append(out, 0)
	out = append(out, m.Value...)
	if recused {
		out = append(out, 0)
	}
	return append(out, '\n')
}

// blank is the digest of a sheet without a mark.
var blank = Sum(sha256.Sum256(nil))
