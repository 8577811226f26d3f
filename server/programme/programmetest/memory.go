package programmetest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/pinyin"
)

// Memory is programme.Store and programme.Work in memory. Transactions run one
// after another and are undone when they fail.
type Memory struct {
	turn sync.Mutex // one transaction at a time
	mu   sync.Mutex // guards state
	now  state
}

type state struct {
	contests []programme.Contest
	units    map[contest.ID][]contest.Unit
	hosts    []programme.Host
	events   []programme.Event
	schemes  []programme.SchemeVersion
	chairs   []contest.Chair
	entries  []contest.Entry
	groups   map[contest.ID][]programme.Numbering
	moves    map[contest.ID]programme.Move
}

var (
	_ programme.Store = (*Memory)(nil)
	_ programme.Work  = (*Memory)(nil)
)

// NewMemory is an empty store.
func NewMemory() *Memory {
	return &Memory{now: state{
		units: map[contest.ID][]contest.Unit{}, groups: map[contest.ID][]programme.Numbering{}, moves: map[contest.ID]programme.Move{},
	}}
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
	before := m.now
	before.units = maps.Clone(before.units)
	m.mu.Unlock()
	err := fn(context.WithValue(ctx, inside{}, true))
	if err != nil {
		m.mu.Lock()
		m.now = before
		m.mu.Unlock()
	}
	return err
}

func found(q string, texts ...string) bool {
	text := pinyin.Fold(strings.Join(texts, " "))
	for _, w := range strings.Fields(pinyin.Fold(q)) {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

func part[T any](list []T, p programme.Page) []T {
	list = list[min(p.Offset, len(list)):]
	if p.Limit >= 0 {
		list = list[:min(p.Limit, len(list))]
	}
	return slices.Clone(list)
}

func missing(code string) error { return fault.New(fault.Missing, code) }

func newestFirst(a, b programme.Contest) int {
	return cmp.Or(b.StartsOn.Compare(a.StartsOn), b.CreatedAt.Compare(a.CreatedAt), cmp.Compare(a.ID.String(), b.ID.String()))
}

// ListContests is programme.Contests.
func (m *Memory) ListContests(_ context.Context, q programme.ContestQuery) ([]programme.Contest, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []programme.Contest
	for _, c := range m.now.contests {
		c.Events = 0
		mine := q.Scope.All || slices.Contains(q.Scope.Contests, c.ID)
		for _, e := range m.now.events {
			if e.Contest == c.ID {
				c.Events++
				mine = mine || slices.Contains(q.Scope.Events, e.ID)
			}
		}
		if mine && (q.ID.IsZero() || q.ID == c.ID) && (q.Code == "" || q.Code == c.Code) && (c.Visible || !q.Visible) &&
			found(q.Page.Q, c.Code, c.Name, c.NameEn, c.Organiser) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, newestFirst)
	return part(out, q.Page), len(out), nil
}

// LockContest is programme.Contests.
func (m *Memory) LockContest(ctx context.Context, id contest.ID) (programme.Contest, error) {
	list, _, _ := m.ListContests(ctx, programme.ContestQuery{Scope: programme.Scope{All: true}, ID: id, Page: programme.Page{Limit: 1}})
	if len(list) == 0 {
		return programme.Contest{}, missing("programme.contest_missing")
	}
	return list[0], nil
}

// CreateContest is programme.Contests.
func (m *Memory) CreateContest(_ context.Context, c programme.Contest) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.ContainsFunc(m.now.contests, func(o programme.Contest) bool { return o.Code == c.Code }) {
		return fault.New(fault.Stale, "programme.contest_exists")
	}
	m.now.contests = append(slices.Clone(m.now.contests), c)
	return nil
}

// ChangeContest is programme.Contests.
func (m *Memory) ChangeContest(_ context.Context, c programme.Contest) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.contests = slices.Clone(m.now.contests)
	for i, o := range m.now.contests {
		if o.ID == c.ID {
			m.now.contests[i] = c
		}
	}
	return nil
}

// dressed is an event with what is joined to it.
func (m *Memory) dressed(e programme.Event) programme.Event {
	for _, c := range m.now.contests {
		if c.ID == e.Contest {
			e.ContestCode, e.ContestName, e.Kind, e.Visible = c.Code, c.Name, c.Kind, c.Visible
		}
	}
	e.HostCode = ""
	for _, h := range m.now.hosts {
		if h.ID == e.Host {
			e.HostCode = h.Code
		}
	}
	return e
}

// FindEvent is programme.Events.
func (m *Memory) FindEvent(_ context.Context, id contest.ID) (programme.Event, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range m.now.events {
		if e.ID == id {
			return m.dressed(e), nil
		}
	}
	return programme.Event{}, missing("programme.event_missing")
}

// LockEvent is programme.Events.
func (m *Memory) LockEvent(ctx context.Context, id contest.ID) (programme.Event, error) {
	return m.FindEvent(ctx, id)
}

// ListEvents is programme.Events.
func (m *Memory) ListEvents(_ context.Context, q programme.EventQuery) ([]programme.Event, int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []programme.Event
	order := slices.Clone(m.now.contests)
	slices.SortFunc(order, newestFirst)
	for _, c := range order {
		for _, e := range m.now.events {
			e = m.dressed(e)
			mine := q.Scope.All || slices.Contains(q.Scope.Contests, e.Contest) || slices.Contains(q.Scope.Events, e.ID)
			if e.Contest == c.ID && mine && (q.Contest.IsZero() || q.Contest == e.Contest) && (e.Visible || !q.Visible) &&
				found(q.Page.Q, e.SearchText()) {
				out = append(out, e)
			}
		}
	}
	return part(out, q.Page), len(out), nil
}

// CreateEvents is programme.Events.
func (m *Memory) CreateEvents(_ context.Context, list []programme.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, e := range list {
		last := 0
		for _, o := range m.now.events {
			if o.Contest == e.Contest {
				last = max(last, o.Position)
				if o.Code == e.Code {
					return fault.New(fault.Stale, "programme.event_exists")
				}
			}
		}
		e.Position = last + 1
		m.now.events = append(slices.Clone(m.now.events), e)
	}
	return nil
}

// ChangeEvent is programme.Events.
func (m *Memory) ChangeEvent(_ context.Context, e programme.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.events = slices.Clone(m.now.events)
	for i, o := range m.now.events {
		if o.ID == e.ID {
			m.now.events[i] = e
		}
	}
	return nil
}
