package identity

import (
	"context"
	"errors"
	"time"

	"jiangtai/server/contest"
)

const (
	touchEvery = 5 * time.Second
	lapseEvery = 30 * time.Second
	pruneEvery = time.Hour
	// lookBack covers a transaction that set its time before it committed, and
	// clocks of two machines.
	lookBack = time.Minute
)

type beats struct {
	touched, lapsed, pruned time.Time
}

// Beat does what time asks for; the program calls it every second. It tells of
// sessions that ended in the last minute, writes who was seen, ends what is idle
// or too old, and forgets what is long over. One failing part does not stop
// the others; all errors come back joined.
func (d *Desk) Beat(ctx context.Context) error {
	now := d.now()
	d.cache.sweep(now)
	var errs []error
	if d.due(&d.beats.touched, touchEvery, now) {
		errs = append(errs, d.writeTouches(ctx))
	}
	if d.due(&d.beats.lapsed, lapseEvery, now) {
		errs = append(errs, d.change(ctx, func(ctx context.Context) ([]contest.ID, error) {
			return d.Beats.EndLapsed(ctx, now)
		}))
	}
	if d.due(&d.beats.pruned, pruneEvery, now) {
		errs = append(errs, d.Work.Do(ctx, func(ctx context.Context) error {
			return d.Beats.Prune(ctx, now.Add(-keepEnded))
		}))
	}
	ended, err := d.Beats.EndedSince(ctx, now.Add(-lookBack))
	if err == nil {
		d.tell(ended)
	}
	return errors.Join(append(errs, err)...)
}

// Flush writes who was seen, at once; for the end of the program.
func (d *Desk) Flush(ctx context.Context) error { return d.writeTouches(ctx) }

func (d *Desk) due(last *time.Time, every time.Duration, now time.Time) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now.Sub(*last) < every {
		return false
	}
	*last = now
	return true
}

func (d *Desk) writeTouches(ctx context.Context) error {
	touches := d.cache.drain()
	if len(touches) == 0 {
		return nil
	}
	err := d.Work.Do(ctx, func(ctx context.Context) error { return d.Beats.TouchSessions(ctx, touches) })
	if err != nil {
		d.cache.restore(touches)
	}
	return err
}
