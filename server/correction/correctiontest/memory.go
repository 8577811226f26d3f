package correctiontest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/correction"
	"jiangtai/server/fault"
)

// Memory is correction.Store and correction.Work in memory.
type Memory struct {
	mu   sync.Mutex // guards list
	list []correction.Report
}

var (
	_ correction.Store = (*Memory)(nil)
	_ correction.Work  = (*Memory)(nil)
)

// Do runs fn; what it wrote stays, since this room writes once.
func (m *Memory) Do(ctx context.Context, fn func(ctx context.Context) error) error { return fn(ctx) }

// CreateReport is correction.Store.
func (m *Memory) CreateReport(ctx context.Context, r correction.Report) error {
	if _, there, _ := m.FindReport(ctx, r.ID); there {
		return fault.New(fault.Stale, "correction.known")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list = append(m.list, r)
	return nil
}

// FindReport is correction.Store.
func (m *Memory) FindReport(_ context.Context, id contest.ID) (correction.Report, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.list, func(r correction.Report) bool { return r.ID == id })
	if i < 0 {
		return correction.Report{}, false, nil
	}
	return m.list[i], true, nil
}

// ListReports is correction.Store.
func (m *Memory) ListReports(_ context.Context, event contest.ID) ([]correction.Report, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := []correction.Report{}
	for _, r := range m.list {
		if r.Event == event {
			out = append(out, r)
		}
	}
	return out, nil
}

// Report is one as the desk would keep it.
func Report(n byte) correction.Report {
	return correction.Report{
		ID: contest.ID{0xc0, 15: n}, Event: contest.ID{0xe0, 15: 1}, Seq: 7, Entry: 3, Chair: 2, Aspect: "look", Attempt: 1, Round: 2,
		OldKind: "mark", OldValue: "10", NewKind: "not_performed", Reason: "看错了工件编号", By: contest.ID{1}, ByName: "裁判长",
		Second: contest.ID{2}, SecondBy: "监督", At: time.Date(2026, 11, 23, 9, 0, int(n), 123_000, time.UTC), Counted: scoring.ID{9, 15: n},
		Shown: []byte(`{"seq":7}`),
	}
}

// Conform holds a store to the contract of the port. fresh makes an empty one.
func Conform(t *testing.T, fresh func(*testing.T) (correction.Store, correction.Work)) {
	t.Helper()
	s, w := fresh(t)
	ctx := t.Context()
	give := func(r correction.Report) error {
		return w.Do(ctx, func(ctx context.Context) error { return s.CreateReport(ctx, r) })
	}
	for _, n := range []byte{2, 1} {
		if err := give(Report(n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := give(Report(1)); fault.Code(err) != "correction.known" {
		t.Errorf("the same twice: %v", err)
	}
	list, err := s.ListReports(ctx, Report(1).Event)
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	got, there, err := s.FindReport(ctx, Report(1).ID)
	if err != nil || !there || !reflect.DeepEqual(got, Report(1)) {
		t.Errorf("%+v, %v, %v", got, there, err)
	}
	if _, there, err := s.FindReport(ctx, contest.ID{1}); there || err != nil {
		t.Error(fmt.Sprint(there, err))
	}
	if list, err := s.ListReports(ctx, contest.ID{1}); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
