package stagestest

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/stages"
)

var at = time.Date(2026, 11, 22, 10, 0, 0, 123_000, time.UTC)

// Did is an act as a desk would write it.
func Did(number int, kind stages.ActKind) stages.Act {
	a := stages.Act{
		Event: Final, Number: number, Kind: kind, Follows: Prelim, By: Office.Account, ByName: Office.Name, At: at,
	}
	switch kind {
	case stages.Take:
		a.Publication, a.Reason = 41, "首次"
		a.Moves = []stages.Move{{Source: contest.ID{1}, Entry: contest.ID{0x11}, Kind: stages.Joined}, {Source: contest.ID{2}, Entry: contest.ID{0x12}, Kind: stages.Left}}
	case stages.Decline, stages.Return:
		a.Source, a.Reason = contest.ID{1}, "出差"
	case stages.Follow:
	}
	return a
}

// Conform holds a store to the contract of the port. fresh makes an empty one.
func Conform(t *testing.T, fresh func(*testing.T) (stages.Store, stages.Work)) {
	t.Helper()
	t.Run("acts", func(t *testing.T) { conformActs(t, fresh) })
	t.Run("links", func(t *testing.T) { conformLinks(t, fresh) })
	t.Run("undone", func(t *testing.T) { conformUndone(t, fresh) })
}

func conformActs(t *testing.T, fresh func(*testing.T) (stages.Store, stages.Work)) {
	s, work := fresh(t)
	ctx := t.Context()
	if list, err := s.ListActs(ctx, Final); len(list) > 0 || err != nil {
		t.Fatalf("nothing was done yet: %v %v", list, err)
	}
	want := []stages.Act{Did(1, stages.Follow), Did(2, stages.Take), Did(3, stages.Decline), Did(4, stages.Return)}
	do(t, work, func(ctx context.Context) (err error) {
		for _, a := range want {
			err = errors.Join(err, s.AppendAct(ctx, a))
		}
		return err
	})
	if got, err := s.ListActs(ctx, Final); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, want)
	}
	err := work.Do(ctx, func(ctx context.Context) error { return s.AppendAct(ctx, Did(4, stages.Decline)) })
	if fault.Code(err) != "stages.changed" || fault.Of(err).Kind != fault.Stale {
		t.Errorf("a number that is there: %v", err)
	}
	if list, err := s.ListActs(ctx, Prelim); len(list) > 0 || err != nil {
		t.Errorf("another event has none: %v %v", list, err)
	}
}

func conformLinks(t *testing.T, fresh func(*testing.T) (stages.Store, stages.Work)) {
	s, work := fresh(t)
	follow := func(event contest.ID, number int, follows contest.ID) {
		t.Helper()
		a := Did(number, stages.Follow)
		a.Event, a.Follows = event, follows
		do(t, work, func(ctx context.Context) error { return s.AppendAct(ctx, a) })
	}
	follow(Final, 1, Prelim)
	follow(Select, 1, Prelim)
	follow(Final, 2, Select)
	follow(Cook, 1, Final)
	follow(Cook, 2, contest.ID{})
	want := map[contest.ID]contest.ID{Final: Select, Select: Prelim}
	got, err := s.ListLinks(t.Context())
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("%v %v", got, err)
	}
	do(t, work, func(ctx context.Context) error {
		if got, err = s.ListLinks(ctx); !maps.Equal(got, want) {
			t.Errorf("within a transaction: %v", got)
		}
		return err
	})
}

func conformUndone(t *testing.T, fresh func(*testing.T) (stages.Store, stages.Work)) {
	s, work := fresh(t)
	no := errors.New("no")
	err := work.Do(t.Context(), func(ctx context.Context) error {
		return errors.Join(s.AppendAct(ctx, Did(1, stages.Follow)), s.AppendAct(ctx, Did(2, stages.Take)), no)
	})
	if !errors.Is(err, no) {
		t.Fatal(err)
	}
	if list, err := s.ListActs(t.Context(), Final); len(list) > 0 || err != nil {
		t.Errorf("what failed is not there: %v %v", list, err)
	}
}

func do(t *testing.T, work stages.Work, fn func(context.Context) error) {
	t.Helper()
	if err := work.Do(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}
