package store_test

import (
	"context"
	"database/sql/driver"
	"slices"
	"testing"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func line(t *testing.T, db *store.DB) *store.Line {
	t.Helper()
	l := db.Line()
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// Puts as many numbers as its text is long.
const putSQL = `INSERT INTO marks SELECT generate_series(1, length($1::text)) RETURNING n`

func put(l *store.Line, text string) (got []int64, err error) {
	args := store.NewBinary(1)
	args[0].Value = []byte(text)
	err = l.Run(context.Background(), putSQL, args, func(row []driver.Value) {
		n, _ := row[0].(int64)
		got = append(got, n)
	})
	return got, err
}

func TestALineCommitsEveryStatement(t *testing.T) {
	db, _ := table(t, store.Options{Name: "marks"})
	l := line(t, db)
	if err := l.Prepare(t.Context(), putSQL); err != nil {
		t.Fatal(err)
	}
	for _, want := range [][]int64{{1, 2, 3}, nil} {
		got, err := put(l, "abc"[:len(want)])
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%v, %v", got, err)
		}
	}
	// What the server refuses is not done, and costs no connection.
	before := read(t, db, pidSQL)
	_, err := put(l, "ab")
	is(t, err, fault.Stale, "test.marked")
	if got := read(t, db, countSQL); got != "3" {
		t.Errorf("%s rows", got)
	}
	write(t, db, "DELETE FROM marks")
	if got, err := put(l, "a"); err != nil || len(got) != 1 {
		t.Errorf("after a refusal: %v, %v", got, err)
	}
	if after := read(t, db, pidSQL); after != before {
		t.Errorf("connection %s after %s", after, before)
	}
}

const pidSQL = `SELECT string_agg(pid::text, ' ') FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'INSERT INTO marks SELECT%'`

// An error of the commit itself comes with the statement.
func TestALineHearsOfTheCommit(t *testing.T) {
	db, _ := table(t, store.Options{})
	write(t, db, "CREATE TABLE places (n integer CONSTRAINT test_deferred_key UNIQUE DEFERRABLE INITIALLY DEFERRED)")
	err := line(t, db).Run(t.Context(), "INSERT INTO places VALUES (1), (1) RETURNING n", nil, func([]driver.Value) {})
	is(t, err, fault.Stale, "test.deferred")
}

// The connection breaks under a statement: it is not sent again, and the outcome is
// said to be unknown. The next statement has another connection.
func TestABrokenLineIsUnknown(t *testing.T) {
	for _, c := range []struct {
		name  string
		after bool // the server still gets the statement
		rows  string
	}{{"before it reached the server", false, "0"}, {"after it reached the server", true, "5"}} {
		t.Run(c.name, func(t *testing.T) {
			direct, url := table(t, store.Options{})
			p := newProxy(t, url)
			l := line(t, storetest.Open(t, p.url, store.Options{}))
			if err := l.Prepare(t.Context(), putSQL); err != nil {
				t.Fatal(err)
			}
			text := "break"
			p.after.Store(c.after)
			p.cut.Store(&text)
			_, err := put(l, text)
			is(t, err, fault.UnknownOutcome, "store.unknown_outcome")
			within(t, 5*time.Second, "the server has made up its mind", func() bool { return read(t, direct, countSQL) == c.rows })
			p.cut.Store(nil)
			p.swallow.Store(false)
			if got, err := put(l, ""); err != nil || len(got) != 0 {
				t.Errorf("on another connection: %v, %v", got, err)
			}
		})
	}
}

func TestALineToNobody(t *testing.T) {
	_, url := table(t, store.Options{})
	p := newProxy(t, url)
	db := storetest.Open(t, p.url, store.Options{})
	p.Close()
	_, err := put(line(t, db), "a")
	is(t, err, fault.Unavailable, "store.unavailable")
}

// F11: nor does a line.
func TestALineDoesNotWriteAReadOnlyDatabase(t *testing.T) {
	_, url := table(t, store.Options{})
	admin := storetest.Open(t, url, store.Options{})
	write(t, admin, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$")
	db := storetest.Open(t, url, store.Options{})
	_, err := put(line(t, db), "a")
	is(t, err, fault.Unavailable, "store.read_only")
	if got := read(t, db, countSQL); got != "0" {
		t.Errorf("%s rows", got)
	}
}
