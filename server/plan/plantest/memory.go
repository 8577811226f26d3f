package plantest

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/plan"
)

// Memory is plan.Store and plan.Work in memory. Transactions run one after
// another and are undone when they fail.
type Memory struct {
	turn sync.Mutex // one transaction at a time
	mu   sync.Mutex // guards now
	now  state
}

type state struct {
	filings  map[contest.ID]plan.Filing
	contacts map[contest.ID]plan.Contact
	steps    []plan.Step
	files    []plan.File
}

func (s state) copied() state {
	return state{maps.Clone(s.filings), maps.Clone(s.contacts), slices.Clone(s.steps), slices.Clone(s.files)}
}

var (
	_ plan.Store = (*Memory)(nil)
	_ plan.Work  = (*Memory)(nil)
)

// NewMemory is an empty store.
func NewMemory() *Memory {
	return &Memory{now: state{filings: map[contest.ID]plan.Filing{}, contacts: map[contest.ID]plan.Contact{}}}
}

type inside struct{}

// Do runs fn and undoes what it wrote when it fails.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error {
	if ctx.Value(inside{}) != nil {
		return fn(ctx)
	}
	m.turn.Lock()
	defer m.turn.Unlock()
	m.mu.Lock()
	before := m.now.copied()
	m.mu.Unlock()
	err := fn(context.WithValue(ctx, inside{}, true))
	if err != nil {
		m.mu.Lock()
		m.now = before
		m.mu.Unlock()
	}
	return err
}

// HoldFiling is plan.Filings; transactions run one after another anyway.
func (m *Memory) HoldFiling(context.Context, contest.ID) error { return nil }

// ListFilings is plan.Filings.
func (m *Memory) ListFilings(_ context.Context, events ...contest.ID) ([]plan.Filing, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []plan.Filing
	for _, id := range events {
		if f, ok := m.now.filings[id]; ok {
			out = append(out, f)
		}
	}
	return out, nil
}

// ListInStates is plan.Filings.
func (m *Memory) ListInStates(_ context.Context, states ...plan.State) ([]plan.Filing, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []plan.Filing
	for _, f := range m.now.filings {
		if slices.Contains(states, f.State) {
			out = append(out, f)
		}
	}
	return out, nil
}

// SaveFiling is plan.Filings.
func (m *Memory) SaveFiling(_ context.Context, f plan.Filing) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now.filings[f.Event].Version != f.Version {
		return fault.New(fault.Stale, "plan.changed")
	}
	for id, o := range m.now.filings {
		if id != f.Event && f.Number != "" && o.Number == f.Number {
			return fault.New(fault.Stale, "plan.number_taken")
		}
	}
	f.Version++
	m.now.filings[f.Event] = f
	return nil
}

// NextNumber is plan.Filings.
func (m *Memory) NextNumber(_ context.Context, year int) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	last := 0
	for _, f := range m.now.filings {
		if rest, ok := strings.CutPrefix(f.Number, strconv.Itoa(year)+"-"); ok {
			if n, err := strconv.Atoi(rest); err == nil {
				last = max(last, n)
			}
		}
	}
	return last + 1, nil
}

// AppendStep is plan.Steps.
func (m *Memory) AppendStep(_ context.Context, s plan.Step) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	s.Detail = maps.Clone(s.Detail)
	m.now.steps = append(m.now.steps, s)
	return nil
}

// ListSteps is plan.Steps.
func (m *Memory) ListSteps(_ context.Context, event contest.ID) ([]plan.Step, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := []plan.Step{}
	for _, s := range m.now.steps {
		if s.Event == event {
			out = append(out, s)
		}
	}
	return out, nil
}

// AddFile is plan.Files.
func (m *Memory) AddFile(_ context.Context, f plan.File) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.files = append(m.now.files, f)
	return nil
}

// ListFiles is plan.Files.
func (m *Memory) ListFiles(_ context.Context, event contest.ID) ([]plan.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := []plan.File{}
	for _, f := range m.now.files {
		if f.Event == event {
			f.Body = nil
			out = append(out, f)
		}
	}
	return out, nil
}

// FindFile is plan.Files.
func (m *Memory) FindFile(_ context.Context, event, id contest.ID) (plan.File, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, f := range m.now.files {
		if f.Event == event && f.ID == id {
			return f, nil
		}
	}
	return plan.File{}, fault.New(fault.Missing, "plan.file_missing")
}

// RemoveFile is plan.Files.
func (m *Memory) RemoveFile(_ context.Context, event, id contest.ID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.files = slices.DeleteFunc(m.now.files, func(f plan.File) bool { return f.Event == event && f.ID == id })
	return nil
}

// ListContacts is plan.Contacts.
func (m *Memory) ListContacts(_ context.Context, hosts ...contest.ID) (map[contest.ID]plan.Contact, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[contest.ID]plan.Contact{}
	for _, id := range hosts {
		if c, ok := m.now.contacts[id]; ok {
			out[id] = c
		}
	}
	return out, nil
}

// SaveContact is plan.Contacts.
func (m *Memory) SaveContact(_ context.Context, host contest.ID, c plan.Contact) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.contacts[host] = c
	return nil
}
