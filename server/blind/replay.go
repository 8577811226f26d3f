package blind

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"jiangtai/server/contest"
)

// Replaying is what a draw all at once was made of. All of it is in the record
// that is told after the unsealing; docs/blind.md says how to do the same with
// other means.
type Replaying struct {
	Event contest.ID
	Layer Layer
	Seed  []byte
	Words string
	Pool  []string   // the labels in their order, before the draw
	Runs  [][]string // who was drawn in each run, in any order
}

// Commitment is what is shown before a draw: the SHA-256 of its seed.
func Commitment(seed []byte) string {
	sum := sha256.Sum256(seed)
	return hex.EncodeToString(sum[:])
}

// Replay draws again: the label of each that was drawn. Labels of the pool are
// brought into the order of the seed; within a run the drawn are sorted by length
// and then by bytes, and each takes the next label. It does nothing but compute,
// and gives fewer where the pool is too small.
func Replay(r Replaying) map[string]string {
	order := permuted(r)
	out, next := map[string]string{}, 0
	for _, run := range r.Runs {
		for _, from := range natural(run) {
			if next < len(order) {
				out[from] = order[next]
				next++
			}
		}
	}
	return out
}

// natural is the order of labels as people count: 2 before 10.
func natural(list []string) []string {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	return out
}

// permuted is the pool in the order of the seed: Fisher and Yates from the end,
// with numbers of a stream of SHA-256.
func permuted(r Replaying) []string {
	list := slices.Clone(r.Pool)
	s := newStream(r)
	for i := len(list) - 1; i > 0; i-- {
		j := s.below(uint64(i) + 1)
		list[i], list[j] = list[j], list[i]
	}
	return list
}

// stream gives numbers: the first 8 bytes of SHA-256(key, counter), where key is
// SHA-256 over a title, the event, the layer, the seed and the words.
type stream struct {
	key   [32]byte
	count uint64
}

const drawTitle = "jiangtai/draw/1\n"

func newStream(r Replaying) *stream {
	h := sha256.New()
	h.Write([]byte(drawTitle + r.Event.String() + "\n" + string(r.Layer) + "\n" + hex.EncodeToString(r.Seed) + "\n" + r.Words + "\n"))
	return &stream{key: [32]byte(h.Sum(nil))}
}

func (s *stream) next() uint64 {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(s.key[:], s.count))
	s.count++
	return binary.BigEndian.Uint64(sum[:8])
}

// below is a number under n, each equally likely: what lies above the last whole
// multiple of n is drawn again.
func (s *stream) below(n uint64) uint64 {
	limit := -(-n % n) // 2^64 - 2^64 mod n; 0 stands for 2^64
	for {
		if v := s.next(); limit == 0 || v < limit {
			return v % n
		}
	}
}
