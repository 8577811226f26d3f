package judgingstore

import (
	"context"

	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/judging/clerk"
)

const (
	// maxJoined is the most batches of one transaction.
	maxJoined = 256
	// large is how many records of the last commit make it worth while to write two at once.
	large = 256
)

// round is the clerks that share the next commit. They are let in together, when
// nothing is being written, or one large commit; whoever comes last with his batch
// writes them all. So what arrives while one commit is under way is one commit itself,
// and nobody is woken to write for the others. A ledger is in one round only: its clerk
// waits for the outcome.
type round struct {
	store    *Store
	expected int // of those let in, who have neither come with a batch nor passed
	joined   []*waiting
	writer   *writer
}

// waiting is a batch whose sender waits.
type waiting struct {
	batch *judging.Batch
	done  chan error
	moved bool // its head was where it was expected
}

// Turn implements clerk.Turns.
func (s *Store) Turn() clerk.Turn {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return closing{}
	}
	if r := s.resting(1); r != nil {
		r.expected = 1
		s.mu.Unlock()
		return r
	}
	let := make(chan *round, 1)
	s.line = append(s.line, let)
	s.admit()
	s.mu.Unlock()
	return <-let
}

// resting is a round that so many may begin. The other one begins only where commits
// are large, and is no smaller than what is under way: two small ones would be twice
// the work for the marks of one.
func (s *Store) resting(n int) (free *round) {
	for i := range s.rounds {
		switch r := &s.rounds[i]; {
		case r.rests():
			free = r
		case s.last < large || n < r.expected+len(r.joined):
			return nil
		}
	}
	return free
}

// admit lets those in line in, if a round may begin.
func (s *Store) admit() {
	n := min(len(s.line), maxJoined)
	r := s.resting(n)
	if n == 0 || r == nil {
		return
	}
	r.expected = n
	for _, let := range s.line[:n] {
		let <- r
	}
	s.line = append(s.line[:0], s.line[n:]...)
}

// Append implements clerk.Turn. The context does not end it: what is in a round has
// an outcome, within the store's limits of time.
func (r *round) Append(_ context.Context, b *judging.Batch) error {
	w := &waiting{batch: b, done: make(chan error, 1)}
	r.store.mu.Lock()
	r.joined = append(r.joined, w)
	r.leave() //nolint:contextcheck // others' batches are written with it: nobody's context ends it
	return <-w.done
}

// Pass implements clerk.Turn.
func (r *round) Pass() {
	r.store.mu.Lock()
	r.leave()
}

// leave counts one who came or passed; the last one writes, and lets those in who
// came meanwhile. It unlocks.
func (r *round) leave() {
	s := r.store
	defer s.mu.Unlock()
	if r.expected--; r.expected > 0 {
		return
	}
	if len(r.joined) > 0 {
		s.last = 0
		for _, w := range r.joined {
			s.last += len(w.batch.Lines)
		}
		s.mu.Unlock()
		s.flush(r.writer, r.joined)
		s.mu.Lock()
		clear(r.joined)
		r.joined = r.joined[:0]
	}
	s.admit()
	s.idle.Broadcast()
}

// rests says that nobody writes or is about to.
func (r *round) rests() bool { return r.expected == 0 && len(r.joined) == 0 }

// Append implements judging.Ledgers: a batch that nobody waited for.
func (s *Store) Append(ctx context.Context, b *judging.Batch) error {
	return s.Turn().Append(ctx, b)
}

// closing is the turn that a closed store gives.
type closing struct{}

func (closing) Append(context.Context, *judging.Batch) error {
	return fault.New(fault.Unavailable, "judging.closing")
}

func (closing) Pass() {}
