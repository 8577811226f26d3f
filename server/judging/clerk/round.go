package clerk

import "context"

// Rounds may be implemented by a Ledgers that joins the batches of many ledgers.
type Rounds interface {
	// Join has a batch written with those of others who wait, and gives its outcome as
	// Append does. fill is called when the next commit is put together, so that the batch
	// has all that came until then: once, by another goroutine, while the caller waits;
	// others wait for it. Where it gives no batch nothing is written, and the outcome is
	// nil. An error without a call of fill is Unavailable.
	Join(fill func() *Batch) error
}

// commit fills the next batch and has it written.
func (c *Clerk) commit() error {
	c.filled = false
	if r, ok := c.cfg.Ledgers.(Rounds); ok {
		return r.Join(c.next)
	}
	if b := c.next(); b != nil {
		return c.cfg.Ledgers.Append(context.Background(), b)
	}
	return nil
}

// fillNext makes the next batch of what is left; nil: all of that is answered. The first
// one of the jobs in hand takes in those that wait.
func (c *Clerk) fillNext() *Batch {
	c.join()
	c.watch.begin(c)
	c.mu.Lock()
	c.used, c.filled = c.fill(c.left()), true
	c.mu.Unlock()
	if len(c.batch.items) == 0 {
		return nil
	}
	c.watch.lap(&c.watch.Checked)
	return &c.batch.Batch
}

// join takes the jobs that wait into the ones in hand, up to one that wants the clerk for
// itself.
func (c *Clerk) join() {
	for !c.joined && len(c.todo) < maxBatch && c.jobs[len(c.jobs)-1].prepare == nil {
		select {
		case j, ok := <-c.queue:
			if !ok {
				c.joined = true
				return
			}
			c.jobs = append(c.jobs, j)
			c.take()
		default:
			c.joined = true
			return
		}
	}
	c.joined = true
}

// take gives the items of the first jobs in hand to be answered, as many as go together.
func (c *Clerk) take() {
	for c.taken < len(c.jobs) && (c.taken == 0 || c.jobs[c.taken].prepare == nil) {
		j := c.jobs[c.taken]
		c.taken++
		for i := range j.items {
			c.todo = append(c.todo, &j.items[i])
		}
		if j.prepare != nil {
			return
		}
	}
}
