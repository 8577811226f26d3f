package pulse

import (
	"math/bits"
	"time"
)

// fine is the number of steps between a power of two and the next.
const fine = 64

// Spread collects durations and gives their quantiles, to a hundredth and a half.
// The zero Spread is empty. It is not safe for concurrent use.
type Spread struct {
	n     int64
	most  time.Duration
	steps [64 * fine]int64
}

// Add counts a duration.
func (s *Spread) Add(d time.Duration) {
	s.n++
	s.most = max(s.most, d)
	s.steps[step(d)]++
}

// Count is how many were added.
func (s *Spread) Count() int64 { return s.n }

// Most is the longest.
func (s *Spread) Most() time.Duration { return s.most }

// Reset empties it.
func (s *Spread) Reset() { *s = Spread{} }

// Quantile is the shortest duration that the given share of all does not exceed.
func (s *Spread) Quantile(share float64) time.Duration {
	want, seen := int64(share*float64(s.n)), int64(0)
	for i, c := range s.steps {
		if seen += c; seen > want {
			return length(i)
		}
	}
	return s.most
}

func step(d time.Duration) int {
	v := uint64(max(d, 0))
	if v < fine {
		return int(v)
	}
	shift := bits.Len64(v) - bits.Len(fine)
	return (shift+1)*fine + int(v>>shift) - fine
}

// Within is how many are no longer than d, to the same accuracy.
func (s *Spread) Within(d time.Duration) int64 {
	n := int64(0)
	for _, c := range s.steps[:step(d)+1] {
		n += c
	}
	return n
}

// length is the middle of a step.
func length(i int) time.Duration {
	if i < 2*fine {
		return time.Duration(i)
	}
	shift := i/fine - 1
	return time.Duration(i%fine+fine)<<shift + 1<<shift/2
}

// Join adds all that another has counted.
func (s *Spread) Join(other *Spread) {
	s.n += other.n
	s.most = max(s.most, other.most)
	for i, c := range other.steps {
		s.steps[i] += c
	}
}
