//go:build linux

package localpg

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/lib/pq" // tests ask PostgreSQL itself
	"go.uber.org/goleak"
)

const (
	childEnv = "JIANGTAI_LOCALPG_CHILD" // makes the test binary a server on that directory
	patience = 60 * time.Second
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childEnv); dir != "" {
		child(dir)
		return
	}
	code := m.Run()
	if seed.dir != "" {
		_ = os.RemoveAll(seed.dir)
	}
	if err := goleak.Find(goleak.IgnoreTopFunction("database/sql.(*DB).connectionCleaner")); err != nil && code == 0 {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// child runs a server until its standard input ends, and tells where it is.
func child(dir string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s, err := Start(ctx, Config{Data: dir, NoFetch: true})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	fmt.Println("ready", s.Pid(), s.URL())
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := s.Close(); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
}

// seed is one cluster, made once and copied where a test is not about making it.
var seed struct {
	sync.Once
	dir string
	err error
}

// ready is a data directory with a cluster that was stopped in order.
func ready(t *testing.T) string {
	t.Helper()
	seed.Do(func() {
		if seed.dir, seed.err = os.MkdirTemp("", "jiangtai-localpg-"); seed.err != nil {
			return
		}
		var s *Server
		if s, seed.err = Start(context.Background(), Config{Data: seed.dir, NoFetch: true, Volatile: true}); seed.err == nil {
			seed.err = s.Close()
		}
	})
	if seed.err != nil {
		t.Fatal(seed.err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(seed.dir)); err != nil {
		t.Fatal(err)
	}
	return dir
}

func start(t *testing.T, cfg Config) *Server {
	t.Helper()
	s, err := tryStart(t, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func tryStart(t *testing.T, cfg Config) (*Server, error) {
	t.Helper()
	cfg.NoFetch = cfg.NoFetch || cfg.Mirror == ""
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.NewTextHandler(testWriter{t}, nil))
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	s, err := Start(ctx, cfg)
	if err == nil {
		t.Cleanup(func() { stop(t, s) })
	}
	return s, err
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func stop(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Log(strings.TrimSpace(string(b)))
	return len(b), nil
}

// ask runs one statement on a connection of its own.
func ask(url, query string) (string, error) {
	db, err := sql.Open("postgres", url)
	if err != nil {
		return "", err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var v sql.NullString
	err = db.QueryRowContext(ctx, query).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return v.String, err
}

func mustAsk(t *testing.T, url, query string) string {
	t.Helper()
	v, err := ask(url, query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// within polls until the condition holds.
func within(t *testing.T, limit time.Duration, what string, condition func() bool) {
	t.Helper()
	deadline := time.After(limit)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !condition() {
		select {
		case <-deadline:
			t.Fatalf("not within %v: %s", limit, what)
		case <-tick.C:
		}
	}
}

// snapshot lists a folder with names, modes, sizes and times of change.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(p string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		fmt.Fprintln(&b, p, info.Mode(), info.Size(), info.ModTime().UnixNano())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
