package pulse

import (
	"sync"
	"time"
)

// Series is durations by the time at which they ended. Safe for concurrent use;
// make it with NewSeries.
type Series struct {
	begin time.Time
	width time.Duration

	mu    sync.Mutex // guards slots
	slots []*Spread  // nil: nothing came
}

// NewSeries begins a series whose slots are so wide.
func NewSeries(begin time.Time, width time.Duration) *Series {
	return &Series{begin: begin, width: width}
}

// Add counts a duration that ended at a moment. What ended before the series began
// is left out.
func (s *Series) Add(at time.Time, d time.Duration) {
	if at.Before(s.begin) {
		return
	}
	i := int(at.Sub(s.begin) / s.width)
	s.mu.Lock()
	defer s.mu.Unlock()
	for len(s.slots) <= i {
		s.slots = append(s.slots, nil)
	}
	if s.slots[i] == nil {
		s.slots[i] = &Spread{}
	}
	s.slots[i].Add(d)
}

// Slots are copies, from the beginning to the last in which something came.
func (s *Series) Slots() []Spread {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Spread, len(s.slots))
	for i, slot := range s.slots {
		if slot != nil {
			out[i] = *slot
		}
	}
	return out
}

// Whole is all of them together.
func (s *Series) Whole() Spread {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all Spread
	for _, slot := range s.slots {
		if slot != nil {
			all.Join(slot)
		}
	}
	return all
}
