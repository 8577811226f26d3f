package rehearsal

import (
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

func TestMicroReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := micro(rapid.Int64Range(-1e15, 1e15).Draw(t, "m"))
		if got := parseMicro(m.String(), -1); got != m {
			t.Fatalf("%d → %s → %d", m, m, got)
		}
	})
}

func TestMicroFallsBackOnWhatIsNoNumber(t *testing.T) {
	for _, s := range []string{"", "x", "1.1234567", "2/3"} {
		if got := parseMicro(s, 42); got != 42 {
			t.Errorf("%q → %d, want the fallback", s, got)
		}
	}
}

func TestBetweenStaysInsideAndOnStep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := micro(rapid.Int64Range(-1e9, 1e9).Draw(t, "low"))
		step := micro(rapid.Int64Range(1, 1e6).Draw(t, "step"))
		high := low + step*micro(rapid.Int64Range(1, 1000).Draw(t, "n"))
		h := Hand{rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))}
		got := h.between(low, high, step)
		if got < low || got > high || got%step != 0 {
			t.Fatalf("%d is not a multiple of %d from %d to %d", got, step, low, high)
		}
	})
}
