package crowd_test

import (
	"testing"
	"time"

	"jiangtai/server/rehearsal/crowd"
)

// TestDelayIsThePages holds the waits against frontend/src/shared/live/client.ts.
func TestDelayIsThePages(t *testing.T) {
	for _, c := range []struct {
		tries       int
		least, most time.Duration
	}{
		{0, 500 * time.Millisecond, time.Second},
		{1, 500 * time.Millisecond, 2 * time.Second},
		{3, 500 * time.Millisecond, 8 * time.Second},
		{4, 500 * time.Millisecond, 8 * time.Second},
		{1000, 500 * time.Millisecond, 8 * time.Second},
	} {
		if least, most := crowd.Delay(c.tries, 0), crowd.Delay(c.tries, 1); least != c.least || most != c.most {
			t.Errorf("after %d tries: %v to %v, want %v to %v", c.tries, least, most, c.least, c.most)
		}
	}
}
