package stagestest

import (
	"context"
	"maps"
	"slices"
	"sync"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/stages"
)

// Memory is stages.Store and stages.Work in memory. Transactions run one after
// another and are undone when they fail.
type Memory struct {
	turn sync.Mutex // one transaction at a time
	mu   sync.Mutex // guards the rest
	acts map[contest.ID][]stages.Act
	also []func() func() // what others keep and undo with us
}

var (
	_ stages.Store = (*Memory)(nil)
	_ stages.Work  = (*Memory)(nil)
)

// NewMemory is an empty store.
func NewMemory() *Memory { return &Memory{acts: map[contest.ID][]stages.Act{}} }

// Undo has keep called before each transaction, and what it answers when the
// transaction fails: a test's other rooms are undone with it.
func (m *Memory) Undo(keep func() func()) { m.also = append(m.also, keep) }

// Do runs fn and undoes what it wrote when it fails.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error {
	m.turn.Lock()
	defer m.turn.Unlock()
	m.mu.Lock()
	before := maps.Clone(m.acts)
	m.mu.Unlock()
	var undo []func()
	for _, keep := range m.also {
		undo = append(undo, keep())
	}
	err := fn(ctx)
	if err != nil {
		m.mu.Lock()
		m.acts = before
		m.mu.Unlock()
		for _, f := range undo {
			f()
		}
	}
	return err
}

// ListActs is stages.Store.
func (m *Memory) ListActs(_ context.Context, event contest.ID) ([]stages.Act, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.acts[event]), nil
}

// AppendAct is stages.Store.
func (m *Memory) AppendAct(_ context.Context, a stages.Act) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := m.acts[a.Event]
	if a.Number <= len(list) {
		return fault.New(fault.Stale, "stages.changed")
	}
	if len(a.Moves) == 0 {
		a.Moves = nil
	}
	m.acts[a.Event] = append(slices.Clone(list), a)
	return nil
}

// ListLinks is stages.Store.
func (m *Memory) ListLinks(context.Context) (map[contest.ID]contest.ID, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[contest.ID]contest.ID{}
	for event, acts := range m.acts {
		for _, a := range acts {
			switch {
			case a.Kind == stages.Follow && a.Follows.IsZero():
				delete(out, event)
			case a.Kind == stages.Follow:
				out[event] = a.Follows
			}
		}
	}
	return out, nil
}
