package rising_test

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/judging/rising"
)

func events(n int) (list []contest.ID) {
	for i := range n {
		list = append(list, contest.ID{byte(i + 1)})
	}
	return list
}

// TestWhoIsAwaitedComesNext: events are opened in their order, but for those that somebody
// waits for, and he waits for that one alone.
func TestWhoIsAwaitedComesNext(t *testing.T) {
	var q rising.Queue
	all := events(9)
	q.Expect(append(slices.Clone(all), all[3])) // one that is named twice is opened once
	var order []contest.ID
	came := make(chan int, 2)
	err := q.Run(1, func(id contest.ID) error {
		if order = append(order, id); len(order) == 2 {
			for _, i := range []int{5, 7} {
				go func() {
					if err := q.Await(t.Context(), all[i]); err != nil {
						t.Error(err)
					}
					came <- i
				}()
				for q.Next() != all[i] {
					runtime.Gosched()
				}
			}
		}
		if len(order) == 4 { // the one that was awaited last was the next
			if i := <-came; i != 7 {
				t.Errorf("%d came first", i)
			}
		}
		if id == all[2] {
			return errors.New("it is broken")
		}
		return nil
	})
	if err == nil || err.Error() != "it is broken" {
		t.Errorf("run: %v", err)
	}
	want := []contest.ID{all[0], all[1], all[7], all[5], all[2], all[3], all[4], all[6], all[8]}
	if !slices.Equal(order, want) {
		t.Errorf("opened %v", order)
	}
	if i := <-came; i != 5 {
		t.Errorf("%d came second", i)
	}
	for _, id := range append(all, contest.ID{99}) {
		if err := q.Await(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
	if err := q.Await(t.Context(), contest.ID{}); err != nil {
		t.Error(err)
	}
}

// TestWaitingEnds: with its context, at once for what nobody expects, and for all when
// all are through.
func TestWaitingEnds(t *testing.T) {
	var none rising.Queue
	if err := errors.Join(none.Await(t.Context(), contest.ID{1}), none.Await(t.Context(), contest.ID{})); err != nil {
		t.Error(err)
	}
	var q rising.Queue
	all := events(40)
	q.Expect(all)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range []error{q.Await(gone, all[3]), q.Await(gone, contest.ID{})} {
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if err := q.Await(t.Context(), contest.ID{99}); err != nil {
		t.Error(err)
	}
	var mu sync.Mutex
	opened := map[contest.ID]int{}
	var wait sync.WaitGroup
	for _, id := range all {
		wait.Go(func() {
			if err := q.Await(t.Context(), id); err != nil {
				t.Error(err)
			}
			mu.Lock()
			defer mu.Unlock()
			if opened[id] != 1 {
				t.Errorf("%v was opened %d times", id, opened[id])
			}
		})
	}
	wait.Go(func() {
		if err := q.Await(t.Context(), contest.ID{}); err != nil {
			t.Error(err)
		}
		mu.Lock()
		defer mu.Unlock()
		if len(opened) != len(all) {
			t.Errorf("%d of %d are open", len(opened), len(all))
		}
	})
	if err := q.Run(3, func(id contest.ID) error {
		mu.Lock()
		defer mu.Unlock()
		opened[id]++
		return nil
	}); err != nil {
		t.Error(err)
	}
	wait.Wait()
}

// TestWhoAwaitsAllIsNeverLeftBehind: also who looks at the very moment when the last one
// is done.
func TestWhoAwaitsAllIsNeverLeftBehind(t *testing.T) {
	for range 2000 {
		var q rising.Queue
		q.Expect(events(1))
		var group sync.WaitGroup
		for range 3 {
			group.Go(func() {
				if err := q.Await(t.Context(), contest.ID{}); err != nil {
					t.Error(err)
				}
			})
		}
		if err := q.Run(1, func(contest.ID) error { return nil }); err != nil {
			t.Fatal(err)
		}
		group.Wait()
	}
}
