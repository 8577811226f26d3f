package ahead

import (
	"context"
	"fmt"
	"sync"
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
	memory  *memory
	always  bool // whoever asks, see Always
}

// memory is what has been asked for until it is forgotten.
type memory struct {
	known atomic.Pointer[known]

	mu     sync.Mutex // guards forgot, and its changes of known
	forgot int        // how often: what was asked before is not to be known after
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
	return &Store{Store: below, grouped: grouped, memory: &memory{}}
}

// Always is the same store for who has no Within: it answers with what was asked ahead
// until Forget. Whoever uses it sees to it that an edit forgets.
func (s *Store) Always() *Store {
	return &Store{Store: s.Store, grouped: s.grouped, memory: s.memory, always: true}
}

type within struct{}

// Within is a context that takes what was asked ahead.
func Within(ctx context.Context) context.Context { return context.WithValue(ctx, within{}, true) }

// IsWithin says whether a context does.
func IsWithin(ctx context.Context) bool { return ctx.Value(within{}) != nil }

func (s *Store) ask(ctx context.Context) *known {
	if !s.always && !IsWithin(ctx) || store.InTransaction(ctx) {
		return nil
	}
	return s.memory.known.Load()
}

// Ask asks for all that is known of these events. Of what is forgotten meanwhile nothing
// stays.
func (s *Store) Ask(ctx context.Context, events []programme.Event) error {
	s.memory.mu.Lock()
	forgot := s.memory.forgot
	s.memory.mu.Unlock()
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
	s.memory.mu.Lock()
	defer s.memory.mu.Unlock()
	if forgot == s.memory.forgot {
		s.memory.known.Store(k)
	}
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
func (s *Store) Forget() {
	s.memory.mu.Lock()
	defer s.memory.mu.Unlock()
	s.memory.forgot++
	s.memory.known.Store(nil)
}

// of is what was asked ahead of an event; nil where the store below is to be asked.
func (s *Store) of(ctx context.Context, events ...contest.ID) *known {
	k := s.ask(ctx)
	if k == nil || len(events) != 1 {
		return nil
	}
	if _, ok := k.events[events[0]]; !ok {
		return nil
	}
	return k
}

// ListContests is programme.Contests'.
func (s *Store) ListContests(ctx context.Context, q programme.ContestQuery) ([]programme.Contest, int, error) {
	if k := s.ask(ctx); k != nil && q.Scope.All && q.Code == "" && !q.Visible && q.Page == (programme.Page{Limit: 1}) {
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
