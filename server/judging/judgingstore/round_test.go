package judgingstore_test

import (
	"database/sql"
	"runtime"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"jiangtai/server/fault"
	"jiangtai/server/judging/judgingstore"
)

// lined waits until so many stand in line.
func lined(t *testing.T, s *judgingstore.Store, want int) {
	t.Helper()
	for end := time.After(10 * time.Second); s.InLine() != want; runtime.Gosched() {
		select {
		case <-end:
			t.Fatalf("%d stand in line, want %d", s.InLine(), want)
		default:
		}
	}
}

// TestWhatWaitsIsOneCommit: whoever comes while somebody has a turn is written with all
// others who came, and one who passes holds nobody up.
func TestWhatWaitsIsOneCommit(t *testing.T) {
	b := newBase(t)
	const ledgers = 7
	chains := make([]*chain, ledgers)
	for i := range chains {
		chains[i] = newChain(i + 1)
		if _, err := b.store.Begin(t.Context(), chains[i].id); err != nil {
			t.Fatal(err)
		}
	}
	first := b.store.Turn()
	var group errgroup.Group
	for _, c := range chains[1:] {
		group.Go(func() error { return b.store.Append(t.Context(), c.batch(3)) })
	}
	group.Go(func() error { b.store.Turn().Pass(); return nil })
	lined(t, b.store, ledgers)
	if n := b.count(t, `SELECT count(*) FROM records`); n != 0 {
		t.Fatalf("%d records were written while somebody had the turn", n)
	}
	if err := first.Append(t.Context(), chains[0].batch(1)); err != nil {
		t.Fatal(err)
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := b.count(t, `SELECT count(*) FROM records`); n != 1+3*(ledgers-1) {
		t.Errorf("%d records", n)
	}
	if n := b.count(t, `SELECT count(DISTINCT xmin::text) FROM records`); n != 2 {
		t.Errorf("%d commits, want the first one's and one for the rest", n)
	}
	// Nobody is left over: the next one is written at once.
	if err := b.store.Append(t.Context(), chainAfter(chains[0], 1).batch(1)); err != nil {
		t.Error(err)
	}
}

// chainAfter is the chain behind its first batch of so many.
func chainAfter(c *chain, n int) *chain {
	again := *c
	again.mark -= n
	again.moved(again.batch(n))
	again.mark = c.mark
	return &again
}

// TestClosingWritesWhatWaits: and what comes later is told to come again.
func TestClosingWritesWhatWaits(t *testing.T) {
	b := newBase(t)
	s := b.another(t)
	early, late := newChain(1), newChain(2)
	if _, err := s.Begin(t.Context(), early.id); err != nil {
		t.Fatal(err)
	}
	first := s.Turn()
	var group errgroup.Group
	group.Go(func() error { return s.Append(t.Context(), early.batch(2)) })
	lined(t, s, 1)
	group.Go(s.Close)
	first.Pass()
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := b.count(t, `SELECT count(*) FROM records`); n != 2 {
		t.Errorf("%d records of 2", n)
	}
	if err := s.Append(t.Context(), late.batch(1)); fault.Of(err).Kind != fault.Unavailable {
		t.Errorf("a closed store answers %v", err)
	}
}

// TestADeadConnectionFailsNobody: the database was restarted while nobody marked. The
// next marks are the first to notice, and are written all the same, once.
func TestADeadConnectionFailsNobody(t *testing.T) {
	b := newBase(t)
	c := newChain(1)
	if _, err := b.store.Begin(t.Context(), c.id); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		batch := c.batch(2)
		if err := b.store.Append(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
		c.moved(batch)
		if b.count(t, `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND application_name = 'jiangtai marks'`) == 0 {
			t.Fatal("no connection was there to be killed")
		}
	}
	if n := b.count(t, `SELECT count(*) FROM records`); n != 6 {
		t.Errorf("%d records of 6", n)
	}
}

// TestALargeCommitHoldsNobodyUp: what comes while one is under way is written beside it,
// in a commit of its own; beside a small one it waits to be joined.
func TestALargeCommitHoldsNobodyUp(t *testing.T) {
	b := newBase(t)
	first, second := newChain(1), newChain(2)
	for _, c := range []*chain{first, second} {
		if _, err := b.store.Begin(t.Context(), c.id); err != nil {
			t.Fatal(err)
		}
	}
	add := func(c *chain, n int) error {
		batch := c.batch(n)
		err := b.store.Append(t.Context(), batch)
		c.moved(batch)
		return err
	}
	for _, size := range []int{1, 300} {
		if err := add(first, size); err != nil { // the last commit says how large they are
			t.Fatal(err)
		}
		hold := b.lock(t, first)
		var held, beside errgroup.Group
		held.Go(func() error { return add(first, size) })
		for b.count(t, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`) == 0 {
			runtime.Gosched()
		}
		beside.Go(func() error { return add(second, size) })
		if size == 1 {
			lined(t, b.store, 1)
			if err := hold.Rollback(); err != nil {
				t.Fatal(err)
			}
		}
		if err := beside.Wait(); err != nil {
			t.Fatal(err)
		}
		if size > 1 {
			if n := b.count(t, `SELECT count(*) FROM records WHERE ledger_id = $1`, first.id.String()); n != 2+size {
				t.Errorf("%d records: nothing was held", n)
			}
			if err := hold.Rollback(); err != nil {
				t.Fatal(err)
			}
		}
		if err := held.Wait(); err != nil {
			t.Fatal(err)
		}
	}
	if n := b.count(t, `SELECT count(*) FROM records`); n != 3*(1+300) {
		t.Errorf("%d records", n)
	}
}

// lock holds a ledger's row until the transaction ends.
func (b *base) lock(t *testing.T, c *chain) *sql.Tx {
	t.Helper()
	tx, err := b.plain.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	if _, err := tx.ExecContext(t.Context(), `SELECT 1 FROM ledgers WHERE ledger_id = $1 FOR UPDATE`, c.id.String()); err != nil {
		t.Fatal(err)
	}
	return tx
}
