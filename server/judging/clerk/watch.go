package clerk

import "time"

// stopwatch times the stages of one commit. Without a meter it does nothing.
type stopwatch struct {
	Stages

	clerk *Clerk
	at    time.Time
}

// watch begins to time the jobs in hand.
func (c *Clerk) watch() stopwatch {
	w := stopwatch{clerk: c}
	if c.cfg.Meter == nil {
		return w
	}
	w.at = c.cfg.Now()
	for _, j := range c.jobs {
		w.Waited = max(w.Waited, w.at.Sub(j.at))
	}
	return w
}

// lap gives the time since the last lap to a stage.
func (w *stopwatch) lap(stage *time.Duration) {
	if w.clerk.cfg.Meter == nil {
		return
	}
	now := w.clerk.cfg.Now()
	*stage, w.at = now.Sub(w.at), now
}

func (w *stopwatch) tell(records int) {
	if m := w.clerk.cfg.Meter; m != nil {
		w.Records = records
		m.Took(w.Stages)
	}
}
