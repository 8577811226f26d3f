package blindtest

import (
	"context"
	"maps"
	"slices"
	"sync"

	"jiangtai/server/blind"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Memory is a blind.Store without a database, and the Work of its rig.
type Memory struct {
	mu  sync.Mutex // guards now
	now state
	one sync.Mutex // held during Do: one transaction at a time
}

type state struct {
	checkIns map[contest.ID]blind.CheckIn
	arrivals map[contest.ID]map[contest.ID]blind.Arrival
	draws    []blind.Draw
	pairs    map[contest.ID]map[contest.ID]blind.Pair
	strikes  []blind.Strike
	steps    map[contest.ID][]blind.Step
}

func (s state) clone() state {
	out := state{
		checkIns: maps.Clone(s.checkIns), draws: slices.Clone(s.draws), strikes: slices.Clone(s.strikes),
		arrivals: map[contest.ID]map[contest.ID]blind.Arrival{}, pairs: map[contest.ID]map[contest.ID]blind.Pair{},
		steps: maps.Clone(s.steps),
	}
	for k, v := range s.arrivals {
		out.arrivals[k] = maps.Clone(v)
	}
	for k, v := range s.pairs {
		out.pairs[k] = maps.Clone(v)
	}
	return out
}

// NewMemory makes an empty store.
func NewMemory() *Memory {
	return &Memory{now: state{
		checkIns: map[contest.ID]blind.CheckIn{}, arrivals: map[contest.ID]map[contest.ID]blind.Arrival{},
		pairs: map[contest.ID]map[contest.ID]blind.Pair{}, steps: map[contest.ID][]blind.Step{},
	}}
}

type within struct{}

// Do is blind.Work: what fn wrote is forgotten when it fails.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error {
	if ctx.Value(within{}) != nil {
		return fn(ctx)
	}
	m.one.Lock()
	defer m.one.Unlock()
	m.mu.Lock()
	before := m.now.clone()
	m.mu.Unlock()
	err := fn(context.WithValue(ctx, within{}, true))
	if err != nil {
		m.mu.Lock()
		defer m.mu.Unlock()
		m.now = before
	}
	return err
}

// FindCheckIn is blind.CheckIns.
func (m *Memory) FindCheckIn(_ context.Context, event contest.ID) (blind.CheckIn, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now.checkIns[event], nil
}

// SaveCheckIn is blind.CheckIns.
func (m *Memory) SaveCheckIn(_ context.Context, event contest.ID, c blind.CheckIn) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.checkIns[event] = c
	return nil
}

// ListArrivals is blind.CheckIns.
func (m *Memory) ListArrivals(_ context.Context, event contest.ID) ([]blind.Arrival, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Collect(maps.Values(m.now.arrivals[event])), nil
}

// SaveArrivals is blind.CheckIns.
func (m *Memory) SaveArrivals(_ context.Context, event contest.ID, list []blind.Arrival) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now.arrivals[event] == nil {
		m.now.arrivals[event] = map[contest.ID]blind.Arrival{}
	}
	for _, v := range list {
		m.now.arrivals[event][v.Entry] = v
	}
	return nil
}

// ListDraws is blind.Draws.
func (m *Memory) ListDraws(_ context.Context, event contest.ID) ([]blind.Draw, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.now.draws), func(d blind.Draw) bool { return d.Event != event }), nil
}

// CreateDraw is blind.Draws.
func (m *Memory) CreateDraw(_ context.Context, d blind.Draw) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.ContainsFunc(m.now.draws, func(o blind.Draw) bool { return o.Event == d.Event && o.Layer == d.Layer && o.Phase != blind.Void }) {
		return fault.New(fault.Stale, "blind.already_drawn")
	}
	m.now.draws = append(m.now.draws, d)
	return nil
}

// ChangeDraw is blind.Draws.
func (m *Memory) ChangeDraw(_ context.Context, d blind.Draw) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, o := range m.now.draws {
		if o.ID == d.ID {
			m.now.draws[i] = d
		}
	}
	return nil
}

// ListPairs is blind.Pairs.
func (m *Memory) ListPairs(_ context.Context, d blind.Draw) ([]blind.Pair, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Collect(maps.Values(m.now.pairs[d.ID])), nil
}

// SavePairs is blind.Pairs.
func (m *Memory) SavePairs(_ context.Context, d blind.Draw, list []blind.Pair) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now.pairs[d.ID] == nil {
		m.now.pairs[d.ID] = map[contest.ID]blind.Pair{}
	}
	for _, p := range list {
		for _, o := range m.now.pairs[d.ID] {
			if o.Label == p.Label && o.Entry != p.Entry {
				return fault.New(fault.Stale, "blind.label_taken")
			}
		}
		m.now.pairs[d.ID][p.Entry] = p
	}
	return nil
}

// StrikePair is blind.Pairs.
func (m *Memory) StrikePair(_ context.Context, entry contest.ID, s blind.Strike) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.now.pairs[s.Draw], entry)
	m.now.strikes = append(m.now.strikes, s)
	return nil
}

// ListStrikes is blind.Pairs.
func (m *Memory) ListStrikes(_ context.Context, draw contest.ID) ([]blind.Strike, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.now.strikes), func(s blind.Strike) bool { return s.Draw != draw }), nil
}

// AppendStep is blind.Steps.
func (m *Memory) AppendStep(_ context.Context, event contest.ID, s blind.Step) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.steps[event] = append(slices.Clone(m.now.steps[event]), s)
	return nil
}

// ListSteps is blind.Steps.
func (m *Memory) ListSteps(_ context.Context, event contest.ID) ([]blind.Step, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now.steps[event], nil
}
