package recusaltest

import (
	"context"
	"slices"
	"sync"

	"jiangtai/server/blind/recusal"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Memory is a recusal.Store without a database. It takes nothing back: use cases
// write last.
type Memory struct {
	mu      sync.Mutex // guards the rest
	ties    []recusal.Tie
	homes   []recusal.Home
	decided []recusal.Decision
}

// NewMemory makes an empty store.
func NewMemory() *Memory { return &Memory{} }

// ListTies is recusal.Ties.
func (m *Memory) ListTies(_ context.Context, event contest.ID) ([]recusal.Tie, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.ties), func(t recusal.Tie) bool { return t.Event != event }), nil
}

// AppendTie is recusal.Ties.
func (m *Memory) AppendTie(_ context.Context, t recusal.Tie) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.ties, func(o recusal.Tie) bool { return o.ID == t.ID })
	switch {
	case i < 0:
		m.ties = append(m.ties, t)
	case m.ties[i].Version >= t.Version:
		return fault.New(fault.Stale, "blind.tie_changed")
	default:
		m.ties[i] = t
	}
	return nil
}

// ListHomes is recusal.Ties.
func (m *Memory) ListHomes(_ context.Context, event contest.ID) ([]recusal.Home, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.homes), func(h recusal.Home) bool { return h.Event != event }), nil
}

// SaveHome is recusal.Ties.
func (m *Memory) SaveHome(_ context.Context, h recusal.Home) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.homes = slices.DeleteFunc(m.homes, func(o recusal.Home) bool { return o.Event == h.Event && o.Chair == h.Chair })
	m.homes = append(m.homes, h)
	return nil
}

// ListDecisions is recusal.Decisions.
func (m *Memory) ListDecisions(_ context.Context, event contest.ID) ([]recusal.Decision, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.decided), func(d recusal.Decision) bool { return d.Event != event }), nil
}

// AppendDecision is recusal.Decisions.
func (m *Memory) AppendDecision(_ context.Context, d recusal.Decision) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.ContainsFunc(m.decided, func(o recusal.Decision) bool { return o.Event == d.Event && o.Number == d.Number }) {
		return fault.New(fault.Stale, "blind.tie_changed")
	}
	m.decided = append(m.decided, d)
	return nil
}
