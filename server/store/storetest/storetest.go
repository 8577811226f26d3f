package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/lib/pq" // the driver of the administrator's connection

	"jiangtai/server/localpg"
	"jiangtai/server/store"
)

// patience covers the first initdb on a busy machine.
const patience = 3 * time.Minute

// shared is the one server of this test binary.
var shared struct {
	sync.Mutex // guards the rest
	begun      bool
	err        error
	server     *localpg.Server
	admin      *sql.DB
	tidy       func()
}

var databases atomic.Int64

// Main runs the tests and stops the server, if one was started. It does not
// return.
func Main(m *testing.M) { Exit(m.Run()) }

// Exit is the end of Main, for a package that has more to clean up. It does not
// return.
func Exit(code int) {
	stop()
	os.Exit(code)
}

// New makes a migrated database for this test and connects to it; both go when
// the test ends.
func New(t testing.TB) *store.DB {
	t.Helper()
	return Open(t, URL(t), store.Options{})
}

// Open connects to a database of URL, with a small pool unless opts name one.
func Open(t testing.TB, url string, opts store.Options) *store.DB {
	t.Helper()
	if opts.Connections == 0 {
		opts.Connections = 8
	}
	opts.AllowVolatile = true
	db, err := store.Open(t.Context(), url, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// URL makes a migrated database for this test, dropped when it ends, and returns
// its address. It is refused by store.Open without AllowVolatile.
func URL(t testing.TB) string {
	t.Helper()
	return create(t, "jiangtai")
}

// Empty is URL without migrations.
func Empty(t testing.TB) string {
	t.Helper()
	return create(t, "template1")
}

func create(t testing.TB, template string) string {
	t.Helper()
	server, admin, err := start()
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("test_%d", databases.Add(1))
	if _, err := admin.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template+strategy(server)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		if _, err := admin.ExecContext(ctx, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return database(server.URL(), name)
}

// strategy has the files copied, as old servers do: without fsync a tenth of the
// time that the other way, through the log, takes.
func strategy(server *localpg.Server) string {
	if strings.HasPrefix(server.Version(), "14") {
		return ""
	}
	return " STRATEGY file_copy"
}

// database is an address with another database.
func database(address, name string) string {
	u, err := url.Parse(address)
	if err != nil {
		panic(err) // localpg made it
	}
	u.Path = "/" + name
	return u.String()
}

func start() (*localpg.Server, *sql.DB, error) {
	shared.Lock()
	defer shared.Unlock()
	if !shared.begun {
		shared.begun = true
		shared.err = startLocked()
	}
	return shared.server, shared.admin, shared.err
}

func startLocked() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	dir, tidy, err := workplace(ctx)
	if err != nil {
		return fmt.Errorf("prepare a PostgreSQL for tests: %w", err)
	}
	server, err := localpg.Start(ctx, localpg.Config{Data: dir, Volatile: true})
	if err != nil {
		tidy()
		return err
	}
	admin, err := sql.Open("postgres", database(server.URL(), "postgres"))
	if err != nil {
		_ = server.Close()
		tidy()
		return err
	}
	shared.server, shared.admin, shared.tidy = server, admin, tidy
	return nil
}

func stop() {
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil {
		return
	}
	_ = shared.admin.Close()
	if err := shared.server.Close(); err != nil {
		fmt.Fprintln(os.Stderr, "storetest:", err)
	}
	shared.tidy()
	shared.server = nil
}
