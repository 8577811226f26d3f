package rising

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"jiangtai/server/contest"
)

// Queue is the events that are still to be opened. The zero Queue has none. It is safe
// for concurrent use.
type Queue struct {
	left atomic.Int64 // how many are expected: 0 asks for no lock

	mu    sync.Mutex
	order []contest.ID // who awaits one puts it last; taken from the end
	due   map[contest.ID]chan struct{}
	taken map[contest.ID]bool
}

// Expect puts events into the queue; it is called once, before all else.
func (q *Queue) Expect(events []contest.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.due, q.taken = make(map[contest.ID]chan struct{}, len(events)), map[contest.ID]bool{}
	for _, id := range events {
		if q.due[id] == nil {
			q.due[id], q.order = make(chan struct{}), append(q.order, id)
		}
	}
	slices.Reverse(q.order)
	q.left.Store(int64(len(q.due)))
}

// Run opens all events, so many at a time, and gives the joined errors of those that did
// not open.
func (q *Queue) Run(many int, open func(event contest.ID) error) error {
	var mu sync.Mutex // guards failed
	var failed []error
	var group sync.WaitGroup
	for range many {
		group.Go(func() {
			for id, ok := q.take(); ok; id, ok = q.take() {
				if err := open(id); err != nil {
					mu.Lock()
					failed = append(failed, err)
					mu.Unlock()
				}
				q.done(id)
			}
		})
	}
	group.Wait()
	return errors.Join(failed...)
}

func (q *Queue) take() (contest.ID, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.order) > 0 {
		id := q.order[len(q.order)-1]
		q.order = q.order[:len(q.order)-1]
		if !q.taken[id] {
			q.taken[id] = true
			return id, true
		}
	}
	return contest.ID{}, false
}

func (q *Queue) done(id contest.ID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	close(q.due[id])
	delete(q.due, id)
	q.left.Add(-1)
}

// Await waits until an event is no longer expected, and has it opened next; for the zero
// id until none is, in the order in which they come. The error is the context's.
func (q *Queue) Await(ctx context.Context, event contest.ID) error {
	if q.left.Load() == 0 {
		return nil
	}
	if event.IsZero() {
		return q.awaitAll(ctx)
	}
	q.mu.Lock()
	done := q.due[event]
	if done != nil && !q.taken[event] {
		q.order = append(q.order, event)
	}
	q.mu.Unlock()
	if done == nil {
		return nil
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (q *Queue) awaitAll(ctx context.Context) error {
	for q.left.Load() > 0 {
		var done chan struct{}
		q.mu.Lock()
		for _, done = range q.due {
			break
		}
		q.mu.Unlock()
		if done == nil { // the last one was opened since we looked
			return nil
		}
		select {
		case <-done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
