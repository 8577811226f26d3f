package store_test

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

const countSQL = "SELECT count(*)::text FROM marks"

var errStop = errors.New("stop")

func TestDoCommitsAllOrNothing(t *testing.T) {
	db, _ := table(t, store.Options{})
	two := func(end error) func(context.Context) error {
		return func(ctx context.Context) error {
			for n := range 2 {
				if _, err := db.Querier(ctx).ExecContext(ctx, "INSERT INTO marks VALUES ($1)", n); err != nil {
					return err
				}
			}
			return end
		}
	}
	if err := db.Do(t.Context(), two(errStop)); !errors.Is(err, errStop) {
		t.Errorf("the function's own error came back as %v", err)
	}
	if got := read(t, db, countSQL); got != "0" {
		t.Errorf("%s rows of a failed work are there", got)
	}
	if err := db.Do(t.Context(), two(nil)); err != nil {
		t.Error(err)
	}
	if got := read(t, db, countSQL); got != "2" {
		t.Errorf("%s rows of a good work are there", got)
	}
}

func TestAPanicRollsBackAndGoesOn(t *testing.T) {
	db, _ := table(t, store.Options{Connections: 1})
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = db.Do(t.Context(), func(ctx context.Context) error {
			if _, err := db.Querier(ctx).ExecContext(ctx, "INSERT INTO marks VALUES (1)"); err != nil {
				t.Error(err)
			}
			panic("a bug")
		})
	}()
	if got := read(t, db, countSQL); got != "0" { // and the only connection is free again
		t.Errorf("%s rows are there", got)
	}
}

func TestWorkWithinWorkJoins(t *testing.T) {
	db, url := table(t, store.Options{Connections: 1}) // a second connection would block
	other := storetest.Open(t, url, store.Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	err := db.Do(ctx, func(ctx context.Context) error {
		if err := db.Do(ctx, insert(db, "INSERT INTO marks VALUES (1)")); err != nil {
			return err
		}
		// A room with a pool of its own takes part in the same transaction.
		if err := other.Do(ctx, insert(other, "INSERT INTO marks VALUES (2)")); err != nil {
			return err
		}
		var inside string
		if err := other.Querier(ctx).GetContext(ctx, &inside, countSQL); err != nil {
			return err
		}
		if outside := read(t, other, countSQL); inside != "2" || outside != "0" {
			t.Errorf("inside %s rows, outside %s", inside, outside)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, db, countSQL); got != "2" {
		t.Errorf("%s rows", got)
	}
}

// A room within fails and its caller overlooks it: half a work is not committed.
func TestAFailureWithinDoomsTheWhole(t *testing.T) {
	db, _ := table(t, store.Options{})
	err := db.Do(t.Context(), func(ctx context.Context) error {
		_ = db.Do(ctx, func(ctx context.Context) error {
			if err := insert(db, "INSERT INTO marks VALUES (1)")(ctx); err != nil {
				return err
			}
			return errStop
		})
		return nil
	})
	if !errors.Is(err, errStop) {
		t.Errorf("got %v", err)
	}
	if got := read(t, db, countSQL); got != "0" {
		t.Errorf("%s rows are there", got)
	}
}

func TestAnOverlookedErrorOfTheDatabaseIsNoSuccess(t *testing.T) {
	db, _ := table(t, store.Options{})
	err := db.Do(t.Context(), func(ctx context.Context) error {
		if err := insert(db, "INSERT INTO marks VALUES (1)")(ctx); err != nil {
			return err
		}
		_ = insert(db, "INSERT INTO marks VALUES (1)")(ctx) // a duplicate
		return nil
	})
	is(t, err, fault.Internal, "server.internal")
	if got := read(t, db, countSQL); got != "0" {
		t.Errorf("%s rows are there", got)
	}
}

func TestWritingOutsideDoIsRefused(t *testing.T) {
	db, _ := table(t, store.Options{})
	_, err := db.Querier(t.Context()).ExecContext(t.Context(), "INSERT INTO marks VALUES (1)")
	is(t, err, fault.Internal, "store.no_transaction")
	s, err := db.Prepare(t.Context(), "INSERT INTO marks VALUES ($1)")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.ExecContext(t.Context(), 1)
	is(t, err, fault.Internal, "store.no_transaction")
	if got := read(t, db, countSQL); got != "0" {
		t.Errorf("%s rows are there", got)
	}
}

func TestPreparedStatements(t *testing.T) {
	db, _ := table(t, store.Options{})
	put, err := db.Prepare(t.Context(), "INSERT INTO marks VALUES ($1)")
	if err != nil {
		t.Fatal(err)
	}
	defer put.Close()
	list, err := db.Prepare(t.Context(), "SELECT n FROM marks WHERE n >= $1 ORDER BY n")
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	var inside, outside []int
	err = db.Do(t.Context(), func(ctx context.Context) error {
		for n := range 3 {
			if _, err := put.ExecContext(ctx, n); err != nil {
				return err
			}
		}
		if err := list.SelectContext(ctx, &inside, 1); err != nil {
			return err
		}
		return list.SelectContext(t.Context(), &outside, 1)
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(inside) != 2 || len(outside) != 0 {
		t.Errorf("inside %v, outside %v", inside, outside)
	}
	var one int
	if err := list.GetContext(t.Context(), &one, 7); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("no row gave %v", err)
	}
	rows, err := list.QueryxContext(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	seen := 0
	for rows.Next() {
		seen++
	}
	if seen != 3 || rows.Err() != nil {
		t.Errorf("%d rows, %v", seen, rows.Err())
	}
	if _, err := db.Prepare(t.Context(), "SELECT no_such_column FROM marks"); err == nil {
		t.Error("a wrong statement was prepared")
	}
}

// Two works lock the same rows in opposite order: one is undone by the server
// and run again; both succeed.
func TestADeadlockIsRunAgain(t *testing.T) {
	db, _ := table(t, store.Options{})
	write(t, db, "INSERT INTO marks VALUES (1), (2)")
	var runs atomic.Int64
	var meet sync.WaitGroup
	meet.Add(2)
	lock := func(first, second int) error {
		met := false
		return db.Do(t.Context(), func(ctx context.Context) error {
			runs.Add(1)
			if err := insert(db, "UPDATE marks SET n = n WHERE n = $1", first)(ctx); err != nil {
				return err
			}
			if !met {
				met = true
				meet.Done()
				meet.Wait()
			}
			return store.Fault(insert(db, "UPDATE marks SET n = n WHERE n = $1", second)(ctx), "lock the second")
		})
	}
	done := make(chan error, 1)
	go func() { done <- lock(1, 2) }()
	if err := errors.Join(lock(2, 1), <-done); err != nil {
		t.Error(err)
	}
	if got := runs.Load(); got != 3 {
		t.Errorf("%d runs, want 3", got)
	}
}

func TestConflictsAreRunAgainThreeTimesAtMost(t *testing.T) {
	db, _ := table(t, store.Options{})
	for _, c := range []struct{ failures, runs int }{{0, 1}, {1, 2}, {3, 4}, {4, 4}} {
		runs := 0
		err := db.Do(t.Context(), func(ctx context.Context) error {
			runs++
			if runs <= c.failures {
				return insert(db, "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$")(ctx)
			}
			return nil
		})
		if runs != c.runs {
			t.Errorf("%d failures: %d runs, want %d", c.failures, runs, c.runs)
		}
		if c.failures < 4 && err != nil {
			t.Errorf("%d failures: %v", c.failures, err)
		}
		if c.failures == 4 {
			is(t, err, fault.Unavailable, "store.conflict")
		}
	}
}

func TestACallerThatGaveUpLeavesNothing(t *testing.T) {
	db, _ := table(t, store.Options{Connections: 2})
	t.Run("before the commit", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Do(ctx, func(ctx context.Context) error {
			defer cancel()
			return insert(db, "INSERT INTO marks VALUES (1)")(ctx)
		})
		is(t, err, fault.Unavailable, "store.timeout")
	})
	t.Run("in a statement", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		err := db.Do(ctx, func(ctx context.Context) error {
			if err := insert(db, "INSERT INTO marks VALUES (1)")(ctx); err != nil {
				return err
			}
			return insert(db, "SELECT pg_sleep(60)")(ctx)
		})
		is(t, err, fault.Unavailable, "store.timeout")
	})
	t.Run("in the queue for a connection", func(t *testing.T) {
		one := storetest.Open(t, storetest.Empty(t), store.Options{Connections: 1})
		err := one.Do(t.Context(), func(context.Context) error {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			return one.Do(ctx, insert(one, "SELECT 1"))
		})
		is(t, err, fault.Unavailable, "store.timeout")
	})
	if got := read(t, db, countSQL); got != "0" {
		t.Errorf("%s rows are there", got)
	}
	if err := db.Do(t.Context(), insert(db, "INSERT INTO marks VALUES (1)")); err != nil {
		t.Errorf("the pool did not recover: %v", err)
	}
}

// The connection breaks during COMMIT: whether it came through, nobody here
// knows, and Do says so instead of guessing.
func TestABrokenCommitIsUnknown(t *testing.T) {
	for _, c := range []struct {
		name  string
		after bool // the server still gets the COMMIT
		rows  string
	}{{"before it reached the server", false, "0"}, {"after it reached the server", true, "1"}} {
		t.Run(c.name, func(t *testing.T) {
			direct, url := table(t, store.Options{})
			p := newProxy(t, url)
			db := storetest.Open(t, p.url, store.Options{})
			commit := "COMMIT"
			p.after.Store(c.after)
			p.cut.Store(&commit)
			runs := 0
			err := db.Do(t.Context(), func(ctx context.Context) error {
				runs++
				return insert(db, "INSERT INTO marks VALUES (1)")(ctx)
			})
			is(t, err, fault.UnknownOutcome, "store.unknown_outcome")
			if runs != 1 {
				t.Errorf("it was run %d times", runs)
			}
			within(t, 5*time.Second, "the server has made up its mind", func() bool {
				return read(t, direct, "SELECT count(*)::text FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in%'") == "0"
			})
			if got := read(t, direct, countSQL); got != c.rows {
				t.Errorf("%s rows, want %s", got, c.rows)
			}
		})
	}
}

// A caller who gives up while COMMIT is under way gets a known outcome.
func TestACommitIsNotCancelled(t *testing.T) {
	db, _ := table(t, store.Options{})
	write(t, db, `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END'`)
	write(t, db, `CREATE CONSTRAINT TRIGGER marks_slow AFTER INSERT ON marks DEFERRABLE INITIALLY DEFERRED
		FOR EACH ROW EXECUTE FUNCTION slow()`)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- db.Do(ctx, insert(db, "INSERT INTO marks VALUES (1)")) }()
	within(t, 5*time.Second, "COMMIT is under way", func() bool {
		return read(t, db, "SELECT count(*)::text FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'") == "1"
	})
	cancel()
	if err := <-done; err != nil {
		t.Errorf("got %v", err)
	}
	if got := read(t, db, countSQL); got != "1" {
		t.Errorf("%s rows", got)
	}
}

func TestABrokenStatementIsNotDone(t *testing.T) {
	direct, url := table(t, store.Options{})
	p := newProxy(t, url)
	db := storetest.Open(t, p.url, store.Options{})
	what := "INSERT INTO marks"
	p.cut.Store(&what)
	err := db.Do(t.Context(), insert(db, "INSERT INTO marks VALUES (1)"))
	is(t, err, fault.Unavailable, "store.unavailable")
	if got := read(t, direct, countSQL); got != "0" {
		t.Errorf("%s rows", got)
	}
}

// An error that the server itself speaks at COMMIT is no unknown outcome.
func TestADeferredConstraintAtCommit(t *testing.T) {
	db, _ := table(t, store.Options{})
	write(t, db, "CREATE TABLE seats (n integer CONSTRAINT test_deferred_key UNIQUE DEFERRABLE INITIALLY DEFERRED)")
	err := db.Do(t.Context(), insert(db, "INSERT INTO seats VALUES (1), (1)"))
	is(t, err, fault.Stale, "test.deferred")
}

// F11: a database switched to read-only is not written, although lib/pq alone
// would begin with READ WRITE.
func TestAReadOnlyDatabaseIsNotWritten(t *testing.T) {
	_, url := table(t, store.Options{})
	admin := storetest.Open(t, url, store.Options{})
	write(t, admin, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$")
	db := storetest.Open(t, url, store.Options{})
	err := db.Do(t.Context(), insert(db, "INSERT INTO marks VALUES (1)"))
	is(t, err, fault.Unavailable, "store.read_only")
	if got := read(t, db, countSQL); got != "0" {
		t.Errorf("%s rows", got)
	}
}
