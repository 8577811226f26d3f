package callstest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/calls"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// The event, its contest, and who is there.
var (
	Event = contest.ID{0xe0, 15: 1}
	Of    = contest.ID{0xc0, 15: 1}

	Floor  = tablet(1)
	Expert = tablet(2)

	Chief      = person(1, contest.ChiefJudge)
	Supervisor = person(2, contest.Supervisor)
	Stranger   = contest.Actor{Account: contest.ID{0xac, 15: 9}, Grants: []contest.Grant{{Role: contest.Organiser, Contest: contest.ID{7}}}}
)

func tablet(n byte) contest.Actor {
	return contest.Actor{Name: "裁判", Device: contest.ID{0xd0, 15: n}, Event: Event, Chair: scoring.ChairID(n)}
}

func person(n byte, role contest.Role) contest.Actor {
	return contest.Actor{Account: contest.ID{0xac, 15: n}, Name: "官员", Grants: []contest.Grant{{Role: role, Contest: Of}}}
}

// Rig is a desk; what other rooms would say is in its fields.
type Rig struct {
	*calls.Desk
	mu      sync.Mutex // guards the rest
	ShownBy string     // by which labels staff know works
	at      time.Time
	Audited []string
}

// New makes a rig on a store.
func New(_ testing.TB, store calls.Store, work calls.Work) *Rig {
	r := &Rig{ShownBy: "open", at: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	r.Desk = calls.New(calls.Config{Store: store, Work: work, Events: r, Audit: r, Now: r.Now})
	return r
}

// Now is the rig's clock: a second later each time.
func (r *Rig) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(time.Second)
	return r.at
}

// Call is a call of a tablet.
func (r *Rig) Call(n byte, about calls.About, work, words string) calls.Call {
	return calls.Call{ID: contest.ID{0xca, 6: 0x40, 8: 0x80, 15: n}, About: about, Work: work, Words: words, ClientAt: time.UnixMilli(1_790_000_000_000)}
}

// Event is calls.Events.
func (r *Rig) Event(_ context.Context, event contest.ID) (calls.Event, error) {
	if event != Event {
		return calls.Event{}, fault.New(fault.Missing, "judging.missing")
	}
	return calls.Event{
		Event: contest.Event{ID: Event, Contest: Of}, ShownBy: r.ShownBy,
		Chairs: []contest.Chair{{Number: 1, Panel: "floor", Seat: 1, Judge: "裁判1"}, {Number: 2, Panel: "judges", Seat: 2, Judge: "裁判2"}},
	}, nil
}

// Label is calls.Events: the floor knows seats, the expert work codes.
func (r *Rig) Label(_ context.Context, _ contest.ID, chair scoring.ChairID, work string) (string, error) {
	by := map[scoring.ChairID]map[string]string{1: {"S01": "seat"}, 2: {"274X": "coded"}}
	return by[chair][work], nil
}

// Record is calls.Audit.
func (r *Rig) Record(_ context.Context, _ contest.Actor, what, _ string, _ map[string]string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.Audited = append(r.Audited, what)
	return nil
}

// Memory is calls.Store and calls.Work in memory.
type Memory struct {
	turn sync.Mutex // one transaction at a time
	mu   sync.Mutex // guards list
	list []calls.Call
}

var (
	_ calls.Store = (*Memory)(nil)
	_ calls.Work  = (*Memory)(nil)
)

// Do runs fn; what it wrote stays, since this room writes once at the end.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error {
	m.turn.Lock()
	defer m.turn.Unlock()
	return fn(ctx)
}

// CreateCall is calls.Store.
func (m *Memory) CreateCall(_ context.Context, c calls.Call) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.at(c.ID) >= 0 {
		return fault.New(fault.Stale, "calls.known")
	}
	m.list = append(m.list, c)
	return nil
}

func (m *Memory) at(id contest.ID) int {
	return slices.IndexFunc(m.list, func(c calls.Call) bool { return c.ID == id })
}

// FindCall is calls.Store.
func (m *Memory) FindCall(_ context.Context, id contest.ID) (calls.Call, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := m.at(id)
	if i < 0 {
		return calls.Call{}, fault.New(fault.Missing, "calls.missing")
	}
	return m.list[i], nil
}

// ListCalls is calls.Store.
func (m *Memory) ListCalls(_ context.Context, event contest.ID, chair scoring.ChairID, limit int) ([]calls.Call, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := []calls.Call{}
	for _, c := range slices.Backward(m.list) {
		if c.Event == event && (chair == 0 || c.Chair == chair) && len(out) < limit {
			c.Said = slices.Clone(c.Said)
			out = append(out, c)
		}
	}
	return out, nil
}

// Say is calls.Store.
func (m *Memory) Say(_ context.Context, call contest.ID, s calls.Said) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := m.at(call)
	switch {
	case i < 0:
		return fault.New(fault.Missing, "calls.missing")
	case s.Number != len(m.list[i].Said)+1:
		return fault.New(fault.Stale, "calls.changed")
	}
	m.list[i].Said = append(slices.Clone(m.list[i].Said), s)
	return nil
}
