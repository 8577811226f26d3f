package keyingtest

import (
	"context"
	"slices"
	"sync"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/keying"
)

// Memory is keying's Store and Work. It is safe for concurrent use.
type Memory struct {
	mu        sync.Mutex // guards what follows
	ways      map[contest.ID]keying.Way
	passes    []keying.Pass
	keyed     []keying.Keyed
	decisions []keying.Decision
	pictures  map[keying.At][]byte // of chair 1
}

// NewMemory is an empty one.
func NewMemory() *Memory {
	return &Memory{ways: map[contest.ID]keying.Way{}, pictures: map[keying.At][]byte{}}
}

// Do is keying.Work; nothing is rolled back.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error { return fn(ctx) }

// FindWay is keying.Ways.
func (m *Memory) FindWay(_ context.Context, event contest.ID) (keying.Way, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.ways[event], nil
}

// PutWay is keying.Ways.
func (m *Memory) PutWay(_ context.Context, event contest.ID, way keying.Way, _ contest.ID, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.ways[event] = way
	return nil
}

// CreatePass is keying.Passes.
func (m *Memory) CreatePass(_ context.Context, p keying.Pass) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.ContainsFunc(m.passes, func(o keying.Pass) bool { return o.Of == p.Of && (o.Place == p.Place || o.By == p.By) }) {
		return fault.New(fault.Stale, "keying.taken")
	}
	m.passes = append(m.passes, p)
	return nil
}

// ListPasses is keying.Passes.
func (m *Memory) ListPasses(context.Context, contest.ID) ([]keying.Pass, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.passes), nil
}

// RemovePass is keying.Passes.
func (m *Memory) RemovePass(_ context.Context, id contest.ID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.ContainsFunc(m.keyed, func(k keying.Keyed) bool { return k.Pass == id && k.IsClosed }) {
		return fault.New(fault.Stale, "keying.closed")
	}
	m.keyed = slices.DeleteFunc(m.keyed, func(k keying.Keyed) bool { return k.Pass == id })
	m.passes = slices.DeleteFunc(m.passes, func(p keying.Pass) bool { return p.ID == id })
	return nil
}

// PutKeyed is keying.Passes.
func (m *Memory) PutKeyed(_ context.Context, pass contest.ID, list []keying.Keyed) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range list {
		m.keyed = slices.DeleteFunc(m.keyed, func(o keying.Keyed) bool { return o.Pass == pass && o.At == k.At && !o.IsClosed })
		m.keyed = append(m.keyed, k)
	}
	return nil
}

// ClosePass is keying.Passes.
func (m *Memory) ClosePass(_ context.Context, pass contest.ID, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.keyed {
		m.keyed[i].IsClosed = m.keyed[i].IsClosed || m.keyed[i].Pass == pass
	}
	return nil
}

// ListKeyed is keying.Findings.
func (m *Memory) ListKeyed(_ context.Context, passes []contest.ID) ([]keying.Keyed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.keyed), func(k keying.Keyed) bool { return !slices.Contains(passes, k.Pass) }), nil
}

// CreateDecision is keying.Findings.
func (m *Memory) CreateDecision(_ context.Context, d keying.Decision) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.decisions = append(m.decisions, d)
	return nil
}

// ListDecisions is keying.Findings.
func (m *Memory) ListDecisions(context.Context, contest.ID) ([]keying.Decision, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.decisions), nil
}

// PutPhoto is keying.Pictures.
func (m *Memory) PutPhoto(_ context.Context, _ keying.Photo, cells []keying.Picture) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range cells {
		m.pictures[keying.At{Work: c.Work, Aspect: c.Aspect, Attempt: c.Attempt}] = c.JPEG
	}
	return nil
}

// FindPicture is keying.Pictures.
func (m *Memory) FindPicture(_ context.Context, _ contest.ID, _ scoring.ChairID, at keying.At) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if jpeg, ok := m.pictures[keying.At{Work: at.Work, Aspect: at.Aspect, Attempt: at.Attempt}]; ok {
		return jpeg, nil
	}
	return nil, fault.New(fault.Missing, "keying.no_picture")
}

// ListPictures is keying.Pictures.
func (m *Memory) ListPictures(context.Context, contest.ID, scoring.ChairID) ([]keying.Picture, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []keying.Picture
	for at := range m.pictures {
		out = append(out, keying.Picture{Work: at.Work, Aspect: at.Aspect, Attempt: at.Attempt})
	}
	return out, nil
}

// CountPictures is keying.Pictures.
func (m *Memory) CountPictures(context.Context, contest.ID) (map[scoring.ChairID]int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return map[scoring.ChairID]int{1: len(m.pictures)}, nil
}
