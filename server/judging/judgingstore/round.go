package judgingstore

import (
	"context"

	"jiangtai/server/fault"
	"jiangtai/server/judging"
	"jiangtai/server/judging/clerk"
)

// maxJoined is the most batches of one transaction.
const maxJoined = 256

// round is the clerks that share the next commit. They are let in together, when
// nothing is being written; whoever comes last with his batch writes them all. So what
// arrives while one commit is under way is one commit itself, and nobody is woken to
// write for the others.
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
	if s.now.rests() {
		s.now.expected = 1
		s.mu.Unlock()
		return &s.now
	}
	let := make(chan struct{})
	s.line = append(s.line, let)
	s.mu.Unlock()
	<-let
	return &s.now
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
		s.mu.Unlock()
		s.flush(r.writer, r.joined)
		s.mu.Lock()
		clear(r.joined)
		r.joined = r.joined[:0]
	}
	r.expected = min(len(s.line), maxJoined)
	for _, let := range s.line[:r.expected] {
		close(let)
	}
	s.line = append(s.line[:0], s.line[r.expected:]...)
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
