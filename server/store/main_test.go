package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jiangtai/server/fault"
	"jiangtai/server/localpg"
	"jiangtai/server/store"
	"jiangtai/server/store/storetest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	if durable.server != nil {
		_ = durable.server.Close()
	}
	_ = os.RemoveAll(durable.dir)
	storetest.Exit(code)
}

// durable is a server that keeps what it acknowledges, and that tests may kill.
var durable struct {
	sync.Once
	dir    string
	server *localpg.Server
	err    error
}

func durableServer(t *testing.T) *localpg.Server {
	t.Helper()
	durable.Do(func() {
		if durable.dir, durable.err = os.MkdirTemp("", "jiangtai-store-"); durable.err != nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		defer cancel()
		durable.server, durable.err = localpg.Start(ctx, localpg.Config{Data: filepath.Join(durable.dir, "data"), NoFetch: true})
	})
	if durable.err != nil {
		t.Fatal(durable.err)
	}
	return durable.server
}

// table is an empty database with one table of one number.
func table(t *testing.T, opts store.Options) (*store.DB, string) {
	t.Helper()
	url := storetest.Empty(t)
	db := storetest.Open(t, url, opts)
	write(t, db, "CREATE TABLE marks (n integer CONSTRAINT marks_n_key UNIQUE)")
	return db, url
}

func write(t *testing.T, db *store.DB, statement string, args ...any) {
	t.Helper()
	if err := db.Do(t.Context(), insert(db, statement, args...)); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// insert is a work of one statement.
func insert(db *store.DB, statement string, args ...any) func(context.Context) error {
	return func(ctx context.Context) error {
		_, err := db.Querier(ctx).ExecContext(ctx, statement, args...)
		return err
	}
}

func read(t *testing.T, db *store.DB, query string) string {
	t.Helper()
	var v string
	if err := db.Querier(t.Context()).GetContext(t.Context(), &v, query); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// is fails unless err is a fault of that kind and code.
func is(t *testing.T, err error, kind fault.Kind, code string) {
	t.Helper()
	var f *fault.Error
	if !errors.As(err, &f) {
		t.Errorf("got %v, want a fault %s", err, code)
		return
	}
	if f.Kind != kind || f.Code != code {
		t.Errorf("got kind %d, %v; want kind %d, %s", f.Kind, f, kind, code)
	}
}

// within polls until the condition holds.
func within(t *testing.T, limit time.Duration, what string, condition func() bool) {
	t.Helper()
	deadline := time.After(limit)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !condition() {
		select {
		case <-deadline:
			t.Fatalf("not within %v: %s", limit, what)
		case <-tick.C:
		}
	}
}
