package store_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestOpenRefusesAServerThatLosesData(t *testing.T) {
	url := storetest.Empty(t) // fsync and the rest are off
	_, err := store.Open(t.Context(), url, store.Options{})
	is(t, err, fault.Refused, "store.volatile")
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) != 3 {
		t.Fatalf("want all three settings at once, got %v", err)
	}
	for i, name := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		if f.Fields[i].Path != name {
			t.Errorf("field %d is %s, want %s", i, f.Fields[i].Path, name)
		}
	}
}

func TestEveryNewConnectionIsChecked(t *testing.T) {
	server := durableServer(t)
	db, err := store.Open(t.Context(), server.URL(), store.Options{Connections: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	write(t, db, "ALTER ROLE jiangtai SET synchronous_commit = off")
	defer write(t, db, "ALTER ROLE jiangtai RESET synchronous_commit")
	if _, err := store.Open(t.Context(), server.URL(), store.Options{}); err == nil {
		t.Error("a second pool was let in")
	}
	err = db.Do(t.Context(), func(ctx context.Context) error { // holds the old connection
		return db.Do(context.WithoutCancel(t.Context()), func(ctx context.Context) error { return nil })
	})
	is(t, err, fault.Refused, "store.volatile")
}

func TestOpenRefusesAnOldServer(t *testing.T) {
	is(t, store.CheckServer(130011), fault.Refused, "store.old_server")
	if err := store.CheckServer(140000); err != nil {
		t.Error(err)
	}
}

func TestOpenFaults(t *testing.T) {
	_, err := store.Open(t.Context(), "postgres://[", store.Options{})
	is(t, err, fault.Malformed, "store.url")
	_, err = store.Open(t.Context(), "host="+t.TempDir()+" user=x dbname=x sslmode=disable", store.Options{})
	is(t, err, fault.Unavailable, "store.unavailable")
	_, err = store.Open(t.Context(), strings.Replace(storetest.Empty(t), "test_", "no_test_", 1), store.Options{})
	if err == nil {
		t.Error("a database that does not exist was opened")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = store.Open(ctx, storetest.Empty(t), store.Options{AllowVolatile: true})
	is(t, err, fault.Unavailable, "store.timeout")
}

func TestConnectionsCarryTheirLimits(t *testing.T) {
	db := storetest.Open(t, storetest.Empty(t), store.Options{Name: "marks"})
	for name, want := range map[string]string{
		"statement_timeout": "5s", "lock_timeout": "2s", "application_name": "jiangtai marks", "TimeZone": "UTC",
	} {
		if got := read(t, db, "SELECT current_setting('"+name+"')"); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := db.Stats().MaxOpenConnections; got != 8 {
		t.Errorf("the pool holds %d", got)
	}
}

func TestAStatementThatTakesTooLongEnds(t *testing.T) {
	db := storetest.Open(t, storetest.Empty(t), store.Options{StatementTimeout: 50 * time.Millisecond})
	err := db.Do(t.Context(), func(ctx context.Context) error {
		_, err := db.Querier(ctx).ExecContext(ctx, "SELECT pg_sleep(60)")
		return store.Fault(err, "sleep")
	})
	is(t, err, fault.Unavailable, "store.timeout")
	if f := fault.Of(err); f.RetryAfter == 0 {
		t.Error("it gives no advice when to try again")
	}
}

func TestALockThatIsNotReleasedIsGivenUp(t *testing.T) {
	db, _ := table(t, store.Options{LockTimeout: 50 * time.Millisecond})
	err := db.Do(t.Context(), func(ctx context.Context) error {
		if _, err := db.Querier(ctx).ExecContext(ctx, "LOCK TABLE marks"); err != nil {
			return err
		}
		return db.Do(t.Context(), insert(db, "INSERT INTO marks VALUES (1)")) // another transaction
	})
	is(t, err, fault.Unavailable, "store.timeout")
}

// F20: packets vanish. The server's timeout cannot be heard; the pool must not
// wait for ever.
func TestASilentNetworkIsGivenUp(t *testing.T) {
	p := newProxy(t, storetest.Empty(t))
	opts := store.WithSilence(store.Options{StatementTimeout: 50 * time.Millisecond}, 100*time.Millisecond)
	db := storetest.Open(t, p.url, opts)
	p.swallow.Store(true)
	answer := make(chan error, 1)
	go func() { answer <- db.Do(t.Context(), insert(db, "CREATE TABLE lost (n integer)")) }()
	select {
	case err := <-answer:
		is(t, err, fault.Unavailable, "store.unavailable")
	case <-time.After(5 * time.Second):
		t.Fatal("it waits for ever")
	}
	p.swallow.Store(false)
	within(t, 5*time.Second, "the network is back", func() bool { return db.Ping(t.Context()) == nil })
}

// F5 and F6: connections that died in the pool while PostgreSQL was away are
// nobody's error once it is back.
func TestDeadConnectionsAreReplacedSilently(t *testing.T) {
	server := durableServer(t)
	db, err := store.Open(t.Context(), server.URL(), store.Options{Connections: 6})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	fill(t, db, 6)
	if got := db.Stats().Idle; got != 6 {
		t.Fatalf("%d idle connections", got)
	}
	before := server.Pid()
	postmaster, err := os.FindProcess(before)
	if err != nil {
		t.Fatal(err)
	}
	if err := postmaster.Kill(); err != nil {
		t.Fatal(err)
	}
	other, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	within(t, 10*time.Second, "PostgreSQL is back", func() bool {
		if server.Pid() == before || !server.Ready() {
			return false
		}
		probe, err := store.Open(other, server.URL(), store.Options{})
		if err == nil {
			_ = probe.Close()
		}
		return err == nil
	})
	for range 6 {
		if err := db.Do(t.Context(), insert(db, "SELECT 1")); err != nil {
			t.Errorf("after the restart: %v", err)
		}
	}
}

// fill opens n connections at once.
func fill(t *testing.T, db *store.DB, n int) {
	t.Helper()
	inside := make(chan struct{})
	release := make(chan struct{})
	done := make(chan error)
	for range n {
		go func() {
			done <- db.Do(t.Context(), func(context.Context) error {
				inside <- struct{}{}
				<-release
				return nil
			})
		}()
	}
	for range n {
		<-inside
	}
	close(release)
	for range n {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
}

// F5: while PostgreSQL is away the answer is "retry", at once.
func TestWhilePostgreSQLIsAway(t *testing.T) {
	p := newProxy(t, storetest.Empty(t))
	db := storetest.Open(t, p.url, store.Options{})
	p.Close()
	err := db.Do(t.Context(), insert(db, "SELECT 1"))
	is(t, err, fault.Unavailable, "store.unavailable")
	is(t, db.Ping(t.Context()), fault.Unavailable, "store.unavailable")
}
