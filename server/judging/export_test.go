package judging

import (
	"runtime"

	"jiangtai/server/contest"
)

// Waiting waits until so many jobs stand in an event's queue, or no more come,
// and says how many do.
func (d *Desk) Waiting(event contest.ID, want int) int {
	d.mu.Lock()
	p := d.posts[event]
	d.mu.Unlock()
	for range 10_000_000 {
		if p.Waiting() >= want {
			break
		}
		runtime.Gosched()
	}
	return p.Waiting()
}
