package ahead

import (
	"context"
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"jiangtai/server/contest"
	"jiangtai/server/programme"
	"jiangtai/server/store"
)

// Store is a programme.Store that can be asked ahead. It is safe for concurrent use;
// what it gives between Ask and Forget is shared and only read.
type Store struct {
	programme.Store
	grouped func(ctx context.Context) ([]contest.ID, error)
	known   atomic.Pointer[known]
}

// known is what has been asked for.
type known struct {
	contests map[contest.ID]programme.Contest
	events   map[contest.ID]programme.Event
	schemes  map[contest.ID][]programme.SchemeVersion
	chairs   map[contest.ID][]contest.Chair
	entries  map[contest.ID][]contest.Entry
	grouped  map[contest.ID]bool
}

// Of is a store in front of another; grouped tells which events have groups at all.
func Of(below programme.Store, grouped func(ctx context.Context) ([]contest.ID, error)) *Store {
	return &Store{Store: below, grouped: grouped}
}

// Ask asks for all that is known of these events.
func (s *Store) Ask(ctx context.Context, events []programme.Event) error {
	k := &known{contests: map[contest.ID]programme.Contest{}, events: map[contest.ID]programme.Event{}, grouped: map[contest.ID]bool{}}
	ids := make([]contest.ID, 0, len(events))
	for _, e := range events {
		k.events[e.ID] = e
		ids = append(ids, e.ID)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		list, err := s.Store.ListEntries(ctx, ids...)
		k.entries = by(list, func(e contest.Entry) contest.ID { return e.Event })
		return err
	})
	group.Go(func() error {
		list, err := s.Store.ListSchemes(ctx, ids...)
		k.schemes = by(list, func(v programme.SchemeVersion) contest.ID { return v.Event })
		return err
	})
	group.Go(func() error {
		list, err := s.Store.ListChairs(ctx, ids...)
		k.chairs = by(list, func(c contest.Chair) contest.ID { return c.Event })
		return err
	})
	group.Go(func() error {
		list, err := s.grouped(ctx)
		for _, id := range list {
			k.grouped[id] = true
		}
		return err
	})
	group.Go(func() error {
		list, _, err := s.Store.ListContests(ctx, programme.ContestQuery{Scope: programme.Scope{All: true}, Page: programme.Page{Limit: -1}})
		for _, c := range list {
			k.contests[c.ID] = c
		}
		return err
	})
	if err := group.Wait(); err != nil {
		return fmt.Errorf("ask for all events at once: %w", err)
	}
	s.known.Store(k)
	return nil
}

func by[T any](list []T, event func(T) contest.ID) map[contest.ID][]T {
	out := map[contest.ID][]T{}
	for from := 0; from < len(list); {
		to, id := from+1, event(list[from])
		for to < len(list) && event(list[to]) == id {
			to++
		}
		out[id] = append(out[id], list[from:to:to]...)
		from = to
	}
	return out
}

// Forget ends what Ask began.
func (s *Store) Forget() { s.known.Store(nil) }

// of is what was asked ahead of an event; nil where the store below is to be asked.
func (s *Store) of(ctx context.Context, events ...contest.ID) *known {
	k := s.known.Load()
	if k == nil || len(events) != 1 || store.InTransaction(ctx) {
		return nil
	}
	if _, ok := k.events[events[0]]; !ok {
		return nil
	}
	return k
}

// ListContests is programme.Contests'.
func (s *Store) ListContests(ctx context.Context, q programme.ContestQuery) ([]programme.Contest, int, error) {
	if k := s.known.Load(); k != nil && q.Scope.All && q.Code == "" && !q.Visible && q.Page == (programme.Page{Limit: 1}) && !store.InTransaction(ctx) {
		if c, ok := k.contests[q.ID]; ok {
			return []programme.Contest{c}, 1, nil
		}
	}
	return s.Store.ListContests(ctx, q)
}

// FindEvent is programme.Events'.
func (s *Store) FindEvent(ctx context.Context, id contest.ID) (programme.Event, error) {
	if k := s.of(ctx, id); k != nil {
		return k.events[id], nil
	}
	return s.Store.FindEvent(ctx, id)
}

// ListSchemes is programme.Schemes'.
func (s *Store) ListSchemes(ctx context.Context, events ...contest.ID) ([]programme.SchemeVersion, error) {
	if k := s.of(ctx, events...); k != nil {
		return k.schemes[events[0]], nil
	}
	return s.Store.ListSchemes(ctx, events...)
}

// ListChairs is programme.Places'.
func (s *Store) ListChairs(ctx context.Context, events ...contest.ID) ([]contest.Chair, error) {
	if k := s.of(ctx, events...); k != nil {
		return k.chairs[events[0]], nil
	}
	return s.Store.ListChairs(ctx, events...)
}

// ListEntries is programme.Places'.
func (s *Store) ListEntries(ctx context.Context, events ...contest.ID) ([]contest.Entry, error) {
	if k := s.of(ctx, events...); k != nil {
		return k.entries[events[0]], nil
	}
	return s.Store.ListEntries(ctx, events...)
}

// ListGroups is programme.Groups'.
func (s *Store) ListGroups(ctx context.Context, event contest.ID) ([]programme.Numbering, error) {
	if k := s.of(ctx, event); k != nil && !k.grouped[event] {
		return nil, nil
	}
	return s.Store.ListGroups(ctx, event)
}
