package readinesstest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/readiness"
)

// What there is.
var (
	Contest = contest.ID{0xc0, 15: 1}
	Event   = contest.ID{0xe0, 15: 1}
	Start   = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

	Chief    = person(1, contest.Grant{Role: contest.ChiefJudge, Contest: Contest, Event: Event})
	Clerk    = person(2, contest.Grant{Role: contest.Clerk, Contest: Contest, Event: Event})
	Coder    = person(3, contest.Grant{Role: contest.CodingJudge, Contest: Contest, Event: Event})
	Stranger = person(4, contest.Grant{Role: contest.Organiser, Contest: contest.ID{9}})
)

func person(n byte, g contest.Grant) contest.Actor {
	return contest.Actor{Account: contest.ID{0xa0, 15: n}, Grants: []contest.Grant{g}}
}

// Tablet is the tablet of a chair; a further one of the same chair has another n.
func Tablet(chair scoring.ChairID, n byte) contest.Actor {
	return contest.Actor{Device: contest.ID{0xd0, 14: byte(chair), 15: n}, Event: Event, Chair: chair}
}

// Rig is a desk with what it stands on.
type Rig struct {
	*readiness.Desk

	mu      sync.Mutex // guards the rest
	at      time.Time
	tablets []readiness.Tablet
}

// New makes a desk over a store. Chairs 1 to 3 have tablets, chair 4 has none.
func New(s readiness.Store, w readiness.Work) *Rig {
	r := &Rig{at: Start}
	for chair := scoring.ChairID(1); chair <= 3; chair++ {
		r.Hold(chair, 1)
	}
	r.Desk = readiness.New(readiness.Config{Store: s, Work: w, Events: r, Tablets: r, Now: r.Now})
	return r
}

// Now is the clock.
func (r *Rig) Now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.at
}

// Pass moves the clock on.
func (r *Rig) Pass(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(d)
}

// Hold pairs a tablet to a chair in place of the one before.
func (r *Rig) Hold(chair scoring.ChairID, n byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tablets = slices.DeleteFunc(r.tablets, func(t readiness.Tablet) bool { return t.Chair == chair })
	r.tablets = append(r.tablets, readiness.Tablet{Device: Tablet(chair, n).Device, Chair: chair, Name: "P-" + string('0'+n), LastSeen: r.at})
}

// FindEvent is readiness.Events.
func (r *Rig) FindEvent(_ context.Context, id contest.ID) (contest.Event, error) {
	if id != Event {
		return contest.Event{}, fault.New(fault.Missing, "programme.event_missing")
	}
	return contest.Event{ID: Event, Contest: Contest, Trade: "焊工"}, nil
}

// ListChairs is readiness.Events.
func (r *Rig) ListChairs(context.Context, contest.ID) ([]contest.Chair, error) {
	out := make([]contest.Chair, 4)
	for i := range out {
		out[i] = contest.Chair{Event: Event, Number: scoring.ChairID(i + 1), Panel: "A", Seat: i + 1, Judge: "裁判" + string(rune('甲'+i))}
	}
	return out, nil
}

// Holding is readiness.Tablets.
func (r *Rig) Holding(context.Context, contest.ID) ([]readiness.Tablet, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.tablets), nil
}

// Memory is readiness.Store and readiness.Work in memory.
type Memory struct {
	mu   sync.Mutex // guards list
	list []readiness.Report
}

// Do is readiness.Work.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error { return fn(ctx) }

// Put is readiness.Store.
func (m *Memory) Put(_ context.Context, r readiness.Report) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.list, func(o readiness.Report) bool { return o.Device == r.Device })
	switch {
	case i < 0:
		m.list = append(m.list, r)
	case !m.list[i].At.After(r.At):
		m.list[i] = r
	}
	return nil
}

// List is readiness.Store.
func (m *Memory) List(_ context.Context, event contest.ID) ([]readiness.Report, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := slices.DeleteFunc(slices.Clone(m.list), func(r readiness.Report) bool { return r.Event != event })
	slices.SortFunc(out, func(a, b readiness.Report) int { return int(a.Chair) - int(b.Chair) })
	return out, nil
}

// Good is a report on which everything is well.
func Good() []readiness.Line {
	var out []readiness.Line
	for _, c := range []readiness.Check{
		readiness.Secure, readiness.Storage, readiness.Persist, readiness.Quota, readiness.Offline, readiness.Server, readiness.Browser,
		readiness.Screen, readiness.Touch, readiness.Clock,
	} {
		out = append(out, readiness.Line{Check: c, State: readiness.OK, Detail: "13 ms"})
	}
	return append(out, readiness.Line{Check: readiness.Battery, State: readiness.Untold})
}

// With is a report with one check as it is said.
func With(c readiness.Check, s readiness.State) []readiness.Line {
	out := slices.DeleteFunc(Good(), func(l readiness.Line) bool { return l.Check == c })
	return append(out, readiness.Line{Check: c, State: s})
}

// Conform holds a store against what the room needs of it.
func Conform(t *testing.T, s readiness.Store, w readiness.Work) {
	t.Helper()
	put := func(r readiness.Report) {
		t.Helper()
		if err := w.Do(t.Context(), func(ctx context.Context) error { return s.Put(ctx, r) }); err != nil {
			t.Fatal(err)
		}
	}
	one := readiness.Report{Device: contest.ID{1}, Event: Event, Chair: 2, At: Start, Lines: With(readiness.Camera, readiness.Fail)}
	put(one)
	put(readiness.Report{Device: contest.ID{2}, Event: contest.ID{7}, Chair: 1, At: Start, Lines: Good()})
	first := readiness.Report{Device: contest.ID{3}, Event: Event, Chair: 1, At: Start, Lines: Good()}
	put(first)
	newer := one
	newer.At, newer.Lines = Start.Add(time.Hour), Good()
	put(newer)
	put(one) // late, over a slow network
	got, err := s.List(t.Context(), Event)
	if err != nil || len(got) != 2 {
		t.Fatalf("%v %+v", err, got)
	}
	for i, want := range []readiness.Report{first, newer} {
		g := got[i]
		if g.Device != want.Device || g.Event != Event || g.Chair != want.Chair || !g.At.Equal(want.At) || !slices.Equal(g.Lines, want.Lines) {
			t.Errorf("%+v\nwant %+v", g, want)
		}
	}
}
