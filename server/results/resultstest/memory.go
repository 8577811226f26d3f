package resultstest

import (
	"context"
	"maps"
	"slices"
	"sync"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/results"
)

// Memory is results.Store and results.Work in memory. Transactions run one after
// another and are undone when they fail.
type Memory struct {
	turn sync.Mutex // one transaction at a time
	mu   sync.Mutex // guards now
	now  state
}

type state struct {
	rechecks map[contest.ID][]results.Recheck
	notices  map[contest.ID][]results.Notice
}

var (
	_ results.Store = (*Memory)(nil)
	_ results.Work  = (*Memory)(nil)
)

// NewMemory is an empty store.
func NewMemory() *Memory {
	return &Memory{now: state{map[contest.ID][]results.Recheck{}, map[contest.ID][]results.Notice{}}}
}

// Do runs fn and undoes what it wrote when it fails.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error {
	m.turn.Lock()
	defer m.turn.Unlock()
	m.mu.Lock()
	before := state{maps.Clone(m.now.rechecks), maps.Clone(m.now.notices)}
	m.mu.Unlock()
	err := fn(ctx)
	if err != nil {
		m.mu.Lock()
		m.now = before
		m.mu.Unlock()
	}
	return err
}

// NewestRecheck is results.Store.
func (m *Memory) NewestRecheck(_ context.Context, event contest.ID) (results.Recheck, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := m.now.rechecks[event]
	if len(list) == 0 {
		return results.Recheck{}, false, nil
	}
	r := list[len(list)-1]
	r.Findings = slices.Clone(r.Findings)
	return r, true, nil
}

// AppendRecheck is results.Store.
func (m *Memory) AppendRecheck(_ context.Context, r results.Recheck) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := m.now.rechecks[r.Event]
	if r.Number <= len(list) {
		return fault.New(fault.Stale, "results.recheck_drawn")
	}
	m.now.rechecks[r.Event] = append(slices.Clone(list), r)
	return nil
}

// AppendFinding is results.Store.
func (m *Memory) AppendFinding(_ context.Context, event contest.ID, recheck int, f results.Finding) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := slices.Clone(m.now.rechecks[event])
	r := &list[recheck-1]
	if f.Number <= len(r.Findings) {
		return fault.New(fault.Stale, "results.changed")
	}
	r.Findings = append(slices.Clone(r.Findings), f)
	m.now.rechecks[event] = list
	return nil
}

// NewestNotice is results.Store.
func (m *Memory) NewestNotice(_ context.Context, event contest.ID) (results.Notice, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := m.now.notices[event]
	if len(list) == 0 {
		return results.Notice{}, false, nil
	}
	return list[len(list)-1], true, nil
}

// AppendNotice is results.Store.
func (m *Memory) AppendNotice(_ context.Context, n results.Notice) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := m.now.notices[n.Event]
	if n.Number <= len(list) {
		return fault.New(fault.Stale, "results.changed")
	}
	m.now.notices[n.Event] = append(slices.Clone(list), n)
	return nil
}
