package judgingstore

import (
	"context"
	"runtime"

	"jiangtai/server/fault"
	"jiangtai/server/judging"
)

const (
	// maxJoined is the most batches of one transaction.
	maxJoined = 256
	// large is how many records of the last commit make it worth while to write two at once.
	large = 256
)

// round writes one commit after another, while anybody is in line, in a goroutine of its
// own. It has the batches filled itself, one behind the other: until they are, the
// database rests, and clerks that were woken for it would stand behind all the tablets'
// goroutines that are ready to run.
type round struct {
	store  *Store
	writer *writer
	size   int // ledgers in hand; 0: it rests
	joined []*waiting
}

// waiting is a clerk in line, and his batch once it is filled.
type waiting struct {
	fill  func() *judging.Batch
	batch *judging.Batch
	done  chan error
	moved bool // its head was where it was expected
}

// Join implements clerk.Rounds. What is in line has an outcome, within the store's limits
// of time.
func (s *Store) Join(fill func() *judging.Batch) error {
	w := &waiting{fill: fill, done: make(chan error, 1)}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return fault.New(fault.Unavailable, "judging.closing")
	}
	s.line = append(s.line, w)
	s.begin()
	s.mu.Unlock()
	return <-w.done
}

// Append implements judging.Ledgers: a batch that is filled.
func (s *Store) Append(_ context.Context, b *judging.Batch) error {
	return s.Join(func() *judging.Batch { return b }) //nolint:contextcheck // others' batches are written with it: nobody's context ends it
}

// begin lets a round that rests write what is in line.
func (s *Store) begin() {
	if r := s.resting(); r != nil {
		r.take()
		go r.run()
	}
}

// resting is a round that may begin. The other one begins only where commits are large,
// and is no smaller than what is under way: two small ones would be twice the work for
// the marks of one.
func (s *Store) resting() (free *round) {
	if len(s.line) == 0 {
		return nil
	}
	for i := range s.rounds {
		switch r := &s.rounds[i]; {
		case r.size == 0:
			free = r
		case s.last < large || min(len(s.line), maxJoined) < r.size:
			return nil
		}
	}
	return free
}

// take takes those in hand who are first in line.
func (r *round) take() {
	s := r.store
	r.size = min(len(s.line), maxJoined)
	r.joined = append(r.joined[:0], s.line[:r.size]...)
	n := copy(s.line, s.line[r.size:])
	clear(s.line[n:])
	s.line = s.line[:n]
}

// run writes until nobody is in line, or the other round is to write those who are.
func (r *round) run() {
	// Whoever is ready to run may have a mark for these batches, or a batch for the next
	// commit. Where nobody is, this is no wait.
	runtime.Gosched()
	s := r.store
	for goes := true; goes; {
		r.fill()
		if len(r.joined) > 0 {
			s.flush(r.writer, r.joined)
		}
		clear(r.joined)
		s.mu.Lock()
		r.size = 0
		if goes = s.resting() == r; goes {
			r.take()
		} else {
			s.begin()
			s.idle.Broadcast()
		}
		s.mu.Unlock()
	}
}

// fill has the batches filled, and lets those go who have none.
func (r *round) fill() {
	all, records := r.joined, 0
	r.joined = r.joined[:0]
	for _, w := range all {
		if w.batch = w.fill(); w.batch == nil {
			w.done <- nil
			continue
		}
		records += len(w.batch.Lines)
		r.joined = append(r.joined, w)
	}
	if records == 0 {
		return
	}
	s := r.store
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = records
	s.begin()
}
