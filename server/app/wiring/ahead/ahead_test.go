package ahead_test

import (
	"context"
	"reflect"
	"testing"

	"jiangtai/server/app/wiring/ahead"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

// answers are all that a start asks of an event.
func answers(ctx context.Context, t *testing.T, s programme.Store, e programme.Event) []any {
	t.Helper()
	found, err := s.FindEvent(ctx, e.ID)
	schemes, schemesErr := s.ListSchemes(ctx, e.ID)
	chairs, chairsErr := s.ListChairs(ctx, e.ID)
	entries, entriesErr := s.ListEntries(ctx, e.ID)
	groups, groupsErr := s.ListGroups(ctx, e.ID)
	contests, n, contestsErr := s.ListContests(ctx, programme.ContestQuery{Scope: programme.Scope{All: true}, ID: e.Contest, Page: programme.Page{Limit: 1}})
	for _, err := range []error{err, schemesErr, chairsErr, entriesErr, groupsErr, contestsErr} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return []any{found, schemes, chairs, entries, append([]programme.Numbering{}, groups...), contests, n}
}

// TestAskedAheadIsAskedNow: what is asked ahead is what the store below says; what
// changes meanwhile is seen in transactions, of other events, and after Forget.
func TestAskedAheadIsAskedNow(t *testing.T) {
	m := programmetest.NewMemory()
	rig := programmetest.NewRig(m, m)
	if _, _, err := rig.Import(t.Context(), programmetest.Administrator(), programmetest.Open(programmetest.Small())); err != nil {
		t.Fatal(err)
	}
	events, err := rig.Directory.Events(t.Context(), contest.ID{})
	if err != nil || len(events) < 2 {
		t.Fatal(events, err)
	}
	first := events[0]
	if err := m.Do(t.Context(), func(ctx context.Context) error {
		return m.AddGroups(ctx, first.ID, []programme.Numbering{{By: "county", N: 1, Key: "a", Name: "甲"}})
	}); err != nil {
		t.Fatal(err)
	}
	s := ahead.Of(m, func(context.Context) ([]contest.ID, error) { return []contest.ID{first.ID}, nil })
	if err := s.Ask(t.Context(), events[:len(events)-1]); err != nil {
		t.Fatal(err)
	}
	before := map[contest.ID][]any{}
	for _, e := range events {
		before[e.ID] = answers(t.Context(), t, m, e)
		if got := answers(ahead.Within(t.Context()), t, s, e); !reflect.DeepEqual(got, before[e.ID]) {
			t.Errorf("%s: %+v, not %+v", e.Code, got, before[e.ID])
		}
	}
	for _, e := range events {
		e.Trade += "改"
		if err := m.Do(t.Context(), func(ctx context.Context) error { return m.ChangeEvent(ctx, e) }); err != nil {
			t.Fatal(err)
		}
	}
	last, started := events[len(events)-1], ahead.Within(t.Context())
	if got := answers(t.Context(), t, s, first); reflect.DeepEqual(got, before[first.ID]) {
		t.Error("who edits is told what was before")
	}
	for name, got := range map[string][]any{"within": answers(started, t, s, first), "always": answers(t.Context(), t, s.Always(), first)} {
		if !reflect.DeepEqual(got, before[first.ID]) {
			t.Errorf("%s: the store below was asked of what was asked ahead", name)
		}
	}
	if got := answers(started, t, s, last); reflect.DeepEqual(got, before[last.ID]) {
		t.Error("of an event that nobody asked for the store below was not asked")
	}
	if err := storetest.New(t).Do(t.Context(), func(ctx context.Context) error {
		if got := answers(ahead.Within(ctx), t, s, first); !store.InTransaction(ctx) || reflect.DeepEqual(got, before[first.ID]) {
			t.Error("in a transaction the store below was not asked")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s.Forget()
	if got := answers(started, t, s, first); !reflect.DeepEqual(got, answers(t.Context(), t, m, first)) || reflect.DeepEqual(got, before[first.ID]) {
		t.Error("what was asked ahead is not forgotten")
	}
	if _, err := s.FindEvent(t.Context(), contest.ID{9}); fault.Code(err) != "programme.event_missing" {
		t.Errorf("an event that is not there: %v", err)
	}
}

// forgetful forgets while it is asked.
type forgetful struct {
	programme.Store
	forget func()
}

func (f *forgetful) ListChairs(ctx context.Context, events ...contest.ID) ([]contest.Chair, error) {
	f.forget()
	return f.Store.ListChairs(ctx, events...)
}

// TestForgottenWhileAsked: an edit that is told while a start still asks leaves nothing
// of what was before it.
func TestForgottenWhileAsked(t *testing.T) {
	m := programmetest.NewMemory()
	rig := programmetest.NewRig(m, m)
	if _, _, err := rig.Import(t.Context(), programmetest.Administrator(), programmetest.Open(programmetest.Small())); err != nil {
		t.Fatal(err)
	}
	events, err := rig.Directory.Events(t.Context(), contest.ID{})
	if err != nil {
		t.Fatal(err)
	}
	below := &forgetful{Store: m}
	s := ahead.Of(below, func(context.Context) ([]contest.ID, error) { return nil, nil })
	below.forget = s.Forget
	if err := s.Ask(t.Context(), events); err != nil {
		t.Fatal(err)
	}
	e := events[0]
	e.Trade += "改"
	if err := m.Do(t.Context(), func(ctx context.Context) error { return m.ChangeEvent(ctx, e) }); err != nil {
		t.Fatal(err)
	}
	if got, err := s.FindEvent(ahead.Within(t.Context()), e.ID); err != nil || got.Trade != e.Trade {
		t.Errorf("%q, %v", got.Trade, err)
	}
}
