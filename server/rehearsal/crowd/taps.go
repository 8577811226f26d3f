package crowd

import (
	"sync"
	"time"
)

// Taps are the moments at which an event's marks were sent, by entry. The zero
// Taps is empty; safe for concurrent use.
type Taps struct {
	mu sync.Mutex // guards at
	at map[string][]time.Time
}

// Tap says that a further mark of an entry is sent now. It must be called in the
// order of time.
func (t *Taps) Tap(entry string, now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.at == nil {
		t.at = map[string][]time.Time{}
	}
	t.at[entry] = append(t.at[entry], now)
}

// between gives when the marks after the first so many were sent, up to the n-th.
func (t *Taps) between(entry string, after, n int) []time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	list := t.at[entry]
	return list[min(after, len(list)):max(min(after, len(list)), min(n, len(list)))]
}
