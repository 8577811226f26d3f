package hub_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"jiangtai/server/hub"
)

// TestPackedOnce: readers who take packed frames get them, the others do not, and a
// frame is packed once for all of them, and never where nobody asks.
func TestPackedOnce(t *testing.T) {
	var packed atomic.Int64
	h := start(t, func(c *hub.Config) {
		c.Pack = func(p []byte) []byte {
			packed.Add(1)
			return append([]byte("packed "), lines(p)...)
		}
	})
	b := newBoard(h, "a", 0)
	open := func(takes bool) *sink {
		s := &sink{room: -1}
		r, err := h.Join(s, takes)
		if err != nil {
			t.Fatal(err)
		}
		s.mu.Lock()
		s.reader = r
		s.mu.Unlock()
		r.Subscribe(b.topic, hub.At{Epoch: 1, N: 0})
		return s
	}
	plain := open(false)
	b.publish()
	eventually(t, "one frame", func() bool { return len(plain.frames()) == 1 })
	if packed.Load() != 0 {
		t.Errorf("packed %d times for nobody", packed.Load())
	}
	some := []*sink{open(true), open(true), open(true), open(true)}
	for _, s := range some {
		eventually(t, "what was there", func() bool { return len(s.frames()) == 1 })
	}
	b.publish()
	for _, s := range append(some, plain) {
		eventually(t, "the second", func() bool { return len(s.frames()) == 2 })
	}
	if got := packed.Load(); got != 2 {
		t.Errorf("packed %d times, want 2", got)
	}
	for _, s := range some {
		if !slices.Equal(s.frames()[1:], []string{"packed " + plain.frames()[1]}) {
			t.Errorf("got %q beside %q", s.frames(), plain.frames())
		}
	}
}
