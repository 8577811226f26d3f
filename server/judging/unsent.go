package judging

import (
	"sync"
	"time"

	"jiangtai/server/contest"
)

// unsent remembers what tablets last said of their outboxes. It is a report and
// not a record: it lives in memory and comes again with the next request.
type unsent struct {
	mu   sync.Mutex // guards said
	said map[contest.ID]Unsent
}

// Unsent is what a tablet last said of its outbox.
type Unsent struct {
	Pending int
	At      time.Time
}

func newUnsent() *unsent { return &unsent{said: map[contest.ID]Unsent{}} }

// Pending notes how many marks a tablet has not sent yet.
func (d *Desk) Pending(actor contest.Actor, count int) {
	if actor.Device.IsZero() {
		return
	}
	d.unsent.mu.Lock()
	defer d.unsent.mu.Unlock()
	d.unsent.said[actor.Device] = Unsent{Pending: max(0, count), At: d.cfg.Now()}
}

// Outbox is what a device last said; ok is false when it said nothing since the
// start.
func (d *Desk) Outbox(device contest.ID) (u Unsent, ok bool) {
	d.unsent.mu.Lock()
	defer d.unsent.mu.Unlock()
	u, ok = d.unsent.said[device]
	return u, ok
}
