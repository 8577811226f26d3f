package programme_test

import (
	"fmt"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"jiangtai/server/programme/programmetest"
)

// The store that the room's tests use keeps the same contract as the real one.
func TestMemoryConforms(t *testing.T) {
	m := programmetest.NewMemory()
	programmetest.Conform(t, m, m)
}

func TestRoundTrip(t *testing.T) {
	var n atomic.Int64
	rapid.Check(t, func(rt *rapid.T) {
		programmetest.RoundTrip(t.Context(), rt, programmetest.InMemory(), fmt.Sprintf("trip-%d", n.Add(1)))
	})
}
