package evidencetest

import (
	"context"
	"slices"
	"sync"

	"jiangtai/server/contest"
	"jiangtai/server/evidence"
	"jiangtai/server/fault"
)

// Memory is evidence.Store and evidence.Work in memory; a transaction that fails is
// undone.
type Memory struct {
	turn  sync.Mutex // one transaction at a time
	mu    sync.Mutex // guards the rest
	list  []evidence.Photo
	files map[contest.ID][]byte
}

// NewMemory is an empty store.
func NewMemory() *Memory { return &Memory{files: map[contest.ID][]byte{}} }

// Do is evidence.Work.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error {
	m.turn.Lock()
	defer m.turn.Unlock()
	m.mu.Lock()
	before := slices.Clone(m.list)
	m.mu.Unlock()
	err := fn(ctx)
	if err != nil {
		m.mu.Lock()
		m.list = before
		m.mu.Unlock()
	}
	return err
}

// Create is evidence.Store.
func (m *Memory) Create(_ context.Context, p evidence.Photo, file []byte) (evidence.Photo, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i := slices.IndexFunc(m.list, func(o evidence.Photo) bool { return o.ID == p.ID }); i >= 0 {
		return m.list[i], false, nil
	}
	m.list = append(m.list, p)
	m.files[p.ID] = file
	return p, true, nil
}

// Count is evidence.Store.
func (m *Memory) Count(_ context.Context, p evidence.Photo) (event, cell int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, o := range m.list {
		if o.Event != p.Event {
			continue
		}
		event++
		if o.Chair == p.Chair && o.Work == p.Work && o.Aspect == p.Aspect {
			cell++
		}
	}
	return event, cell, nil
}

// List is evidence.Store.
func (m *Memory) List(_ context.Context, event contest.ID) ([]evidence.Photo, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.list), func(p evidence.Photo) bool { return p.Event != event }), nil
}

// Find is evidence.Store.
func (m *Memory) Find(_ context.Context, event, id contest.ID) (evidence.Photo, []byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.list {
		if p.Event == event && p.ID == id {
			return p, m.files[id], nil
		}
	}
	return evidence.Photo{}, nil, fault.New(fault.Missing, "evidence.missing")
}
