package resultstest

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/results"
)

// Conform holds a store to the contract of the ports. fresh makes an empty one.
func Conform(t *testing.T, fresh func(*testing.T) (results.Store, results.Work)) {
	t.Helper()
	t.Run("rechecks", func(t *testing.T) { conformRechecks(t, fresh) })
	t.Run("notices", func(t *testing.T) { conformNotices(t, fresh) })
	t.Run("undone", func(t *testing.T) { conformUndone(t, fresh) })
	t.Run("desk", func(t *testing.T) { conformDesk(t, fresh) })
}

var at = time.Date(2026, 11, 22, 10, 0, 0, 123_000, time.UTC)

// Draw is a recheck as a desk would write it.
func Draw(number int) results.Recheck {
	r := results.Recheck{
		Event: Event, Number: number, Rule: results.UsualRule(), Seed: make([]byte, results.SeedSize), Seq: 12, Head: "ab",
		By: Chief.Account, ByName: "官员1", At: at,
	}
	if number > 1 {
		r.Reason = "重抽"
	}
	for i := range 3 {
		r.Field = append(r.Field, results.Drawn{Entry: scoring.EntryID(3 - i), Rank: i, Sheet: results.Sum{byte(i), 31: 9}})
	}
	return r
}

func conformRechecks(t *testing.T, fresh func(*testing.T) (results.Store, results.Work)) {
	s, work := fresh(t)
	ctx := t.Context()
	if _, drawn, err := s.NewestRecheck(ctx, Event); drawn || err != nil {
		t.Fatalf("nothing is drawn yet: %v", err)
	}
	first, second := Draw(1), Draw(2)
	found := results.Finding{Number: 1, Entry: 3, Sheet: results.Sum{5}, Reason: "抄错", By: Supervisor.Account, ByName: "官员2", At: at}
	right := found
	right.Number, right.Right, right.Reason = 2, true, ""
	do(t, work, func(ctx context.Context) error {
		return errors.Join(s.AppendRecheck(ctx, first), s.AppendFinding(ctx, Event, 1, found), s.AppendFinding(ctx, Event, 1, right))
	})
	first.Findings = []results.Finding{found, right}
	got, drawn, err := s.NewestRecheck(ctx, Event)
	if err != nil || !drawn || !reflect.DeepEqual(got, first) {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, first)
	}
	for code, again := range map[string]func(context.Context) error{
		"results.recheck_drawn": func(ctx context.Context) error { return s.AppendRecheck(ctx, Draw(1)) },
		"results.changed":       func(ctx context.Context) error { return s.AppendFinding(ctx, Event, 1, found) },
	} {
		if err := work.Do(ctx, again); fault.Code(err) != code || fault.Of(err).Kind != fault.Stale {
			t.Errorf("%s: %v", code, err)
		}
	}
	do(t, work, func(ctx context.Context) error { return s.AppendRecheck(ctx, second) })
	if got, _, err := s.NewestRecheck(ctx, Event); err != nil || !reflect.DeepEqual(got, second) {
		t.Errorf("the last draw holds, without the other's findings: %+v %v", got, err)
	}
	if _, drawn, err := s.NewestRecheck(ctx, contest.ID{9}); drawn || err != nil {
		t.Errorf("another event has none: %v", err)
	}
}

func conformNotices(t *testing.T, fresh func(*testing.T) (results.Store, results.Work)) {
	s, work := fresh(t)
	ctx := t.Context()
	if _, given, err := s.NewestNotice(ctx, Event); given || err != nil {
		t.Fatal(given, err)
	}
	day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	n := results.Notice{
		Event: Event, Number: 1, List: results.Sum{7}, Place: "官网", StartsOn: day, EndsOn: day.AddDate(0, 0, 4), By: Organiser.Account,
		ByName: "官员3", At: at,
	}
	next := n
	next.Number, next.List = 2, results.Sum{8}
	do(t, work, func(ctx context.Context) error { return s.AppendNotice(ctx, n) })
	if got, given, err := s.NewestNotice(ctx, Event); err != nil || !given || !reflect.DeepEqual(got, n) {
		t.Errorf("%+v %v", got, err)
	}
	if err := work.Do(ctx, func(ctx context.Context) error { return s.AppendNotice(ctx, n) }); fault.Code(err) != "results.changed" {
		t.Errorf("%v", err)
	}
	do(t, work, func(ctx context.Context) error { return s.AppendNotice(ctx, next) })
	if got, _, err := s.NewestNotice(ctx, Event); err != nil || got.Number != 2 || got.List != next.List {
		t.Errorf("%+v %v", got, err)
	}
}

func conformUndone(t *testing.T, fresh func(*testing.T) (results.Store, results.Work)) {
	s, work := fresh(t)
	failed := errors.New("no")
	err := work.Do(t.Context(), func(ctx context.Context) error {
		return errors.Join(s.AppendRecheck(ctx, Draw(1)), failed)
	})
	if _, drawn, _ := s.NewestRecheck(t.Context(), Event); !errors.Is(err, failed) || drawn {
		t.Errorf("half of a work is never kept: %v", err)
	}
}

// conformDesk is one recheck from the draw to its end on the store.
func conformDesk(t *testing.T, fresh func(*testing.T) (results.Store, results.Work)) {
	s, work := fresh(t)
	ctx := t.Context()
	r := New(t, s, work, Options{})
	r.Open()
	r.MarkAll()
	r.Do(scoring.Lock)
	v, err := r.Draw(ctx, Chief, Event, results.Rule{}, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range v.Drawn.Works {
		if v, err = r.Find(ctx, Supervisor, Event, w.Work, w.Sheet, true, ""); err != nil {
			t.Fatal(err)
		}
	}
	again, err := r.Recheck(ctx, Chief, Event)
	if err != nil || v.Drawn.Left != 0 || !reflect.DeepEqual(v, again) {
		t.Errorf("%v: %+v, read back %+v", err, v.Drawn, again.Drawn)
	}
	r.Do(scoring.Publish)
	n, err := r.Announce(ctx, Organiser, Event, time.Date(2026, 11, 30, 0, 0, 0, 0, time.UTC), "官网")
	if err != nil || n.State != results.OnNotice {
		t.Errorf("%+v %v", n, err)
	}
}

func do(t *testing.T, work results.Work, fn func(ctx context.Context) error) {
	t.Helper()
	if err := work.Do(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}
