//go:build linux

package app_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"jiangtai/server/localpg"
	"jiangtai/server/rehearsal/pulse"
	"jiangtai/tools/bench/gauge"
)

// postgres is how much processor a server has used: what still lives of it, and
// through the postmaster what has ended.
func postgres(data string) (time.Duration, error) {
	raw, err := os.ReadFile(filepath.Join(data, "postgres", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(raw), "\n")
	sum := time.Duration(0)
	list, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, at := range list {
		stat, err := os.ReadFile(at)
		if err != nil {
			continue
		}
		fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(at)))
		switch {
		case strconv.Itoa(pid) == first:
			sum += gauge.CPU(pid) + gauge.Ended(pid)
		case len(fields) > 1 && string(fields[1]) == first:
			sum += gauge.CPU(pid)
		}
	}
	return sum, nil
}

// reference is a PostgreSQL with the program's settings, for pgbench and for writers
// that join rows.
type reference struct {
	data, url, script string
}

func newReference(b *testing.B, connections int) reference {
	b.Helper()
	data := b.TempDir()
	server, err := localpg.Start(b.Context(), localpg.Config{Data: data, NoFetch: true, Connections: connections})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := server.Close(); err != nil {
			b.Error(err)
		}
	})
	r := reference{data: data, url: server.URL(), script: filepath.Join(data, "row.sql")}
	// A body of 90 bytes, a digest of 16 and a hash of 32, as a mark's record has them.
	row := `INSERT INTO rows (mark_id, payload, body, hash) VALUES (gen_random_uuid(), decode(repeat('ab', 16), 'hex'), decode(repeat('cd', 90), 'hex'), decode(repeat('ef', 32), 'hex'));`
	if err := os.WriteFile(r.script, []byte(row), 0o644); err != nil {
		b.Fatal(err)
	}
	table := `CREATE TABLE rows (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mark_id uuid NOT NULL UNIQUE, payload bytea NOT NULL, body bytea NOT NULL, hash bytea NOT NULL)`
	if out, err := exec.CommandContext(b.Context(), "psql", r.url, "-c", table).CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	return r
}

func (r reference) run(b *testing.B, clients int) speed {
	b.Helper()
	log := filepath.Join(b.TempDir(), "log")
	before, err := postgres(r.data)
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	cmd := exec.CommandContext(b.Context(), "pgbench", "--no-vacuum", "--protocol=prepared", "--file="+r.script,
		"--client="+strconv.Itoa(clients), "--jobs=2", "--time="+strconv.Itoa(int(markedFor/time.Second)), "--log", "--log-prefix="+log, r.url)
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	took := time.Since(began)
	after, err := postgres(r.data)
	if err != nil {
		b.Fatal(err)
	}
	var s speed
	files, _ := filepath.Glob(log + "*")
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		for line := range bytes.Lines(raw) {
			micros, _ := strconv.Atoi(string(bytes.Fields(line)[2]))
			s.delays.Add(time.Duration(micros) * time.Microsecond)
		}
	}
	s.perSecond = float64(s.delays.Count()) / min(took.Seconds(), markedFor.Seconds()+1)
	s.database = (after - before) / time.Duration(s.delays.Count())
	return s
}

// A row's bytes beside its id, as a mark's record has them.
var rowParts = []int{16, 90, 32}

const rowColumns = `rows (mark_id, payload, body, hash)`

func (r reference) open(b *testing.B, connections int) *sql.DB {
	b.Helper()
	db, err := sql.Open("postgres", r.url)
	if err != nil {
		b.Fatal(err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// alone is how long BEGIN, one INSERT and COMMIT take, one after another.
func (r reference) alone(b *testing.B, limit time.Duration) (delays pulse.Spread) {
	b.Helper()
	db := r.open(b, 1)
	insert, err := db.PrepareContext(b.Context(), `INSERT INTO `+rowColumns+` VALUES (gen_random_uuid(), $1, $2, $3)`)
	if err != nil {
		b.Fatal(err)
	}
	defer insert.Close()
	args := make([]any, len(rowParts))
	for i, n := range rowParts {
		args[i] = make([]byte, n)
	}
	for end := time.Now().Add(limit); time.Now().Before(end); {
		began := time.Now()
		if err := commitOne(b.Context(), db, insert, args); err != nil {
			b.Fatal(err)
		}
		delays.Add(time.Since(began))
	}
	return delays
}

func commitOne(ctx context.Context, db *sql.DB, insert *sql.Stmt, args []any) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	within := tx.StmtContext(ctx, insert)
	defer within.Close()
	if _, err := within.ExecContext(ctx, args...); err != nil {
		return err
	}
	return tx.Commit()
}

// row is what a client of group hands over, and how he hears of its commit.
type row struct {
	id   [16]byte
	done chan error
}

// group is clients in one process that hand one row after another to two writers; a
// writer commits what waits, by one statement, and answers then.
func (r reference) group(b *testing.B, clients int) speed {
	b.Helper()
	const writers, most = 2, 100
	db := r.open(b, writers)
	insert, err := db.PrepareContext(b.Context(), `INSERT INTO `+rowColumns+` SELECT id, payload, body, hash FROM unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[]) AS r(id, payload, body, hash)`)
	if err != nil {
		b.Fatal(err)
	}
	defer insert.Close()
	queue := make(chan *row, clients)
	var ends sync.WaitGroup
	for range writers {
		ends.Go(func() { joinRows(b.Context(), insert, queue, most) })
	}
	var s speed
	var mu sync.Mutex // guards s.delays
	var group errgroup.Group
	began := time.Now()
	end := began.Add(markedFor)
	for range clients {
		group.Go(func() error {
			var delays pulse.Spread
			one := row{done: make(chan error, 1)}
			for time.Now().Before(end) {
				for i := range one.id {
					one.id[i] = byte(rand.Uint32())
				}
				at := time.Now()
				queue <- &one
				if err := <-one.done; err != nil {
					return err
				}
				delays.Add(time.Since(at))
			}
			mu.Lock()
			defer mu.Unlock()
			s.delays.Join(&delays)
			return nil
		})
	}
	err = group.Wait()
	s.perSecond = float64(s.delays.Count()) / time.Since(began).Seconds()
	close(queue)
	ends.Wait()
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// joinRows is one writer of group.
func joinRows(ctx context.Context, insert *sql.Stmt, queue <-chan *row, most int) {
	for first := range queue {
		hand := []*row{first}
		for waits := true; waits && len(hand) < most; {
			select {
			case next, ok := <-queue:
				if waits = ok; ok {
					hand = append(hand, next)
				}
			default:
				waits = false
			}
		}
		lists := make([]strings.Builder, 1+len(rowParts))
		for i, one := range hand {
			for at := range lists {
				sep := byte(',')
				if i == 0 {
					sep = '{'
				}
				lists[at].WriteByte(sep)
				if at == 0 {
					lists[at].WriteString(hex.EncodeToString(one.id[:]))
					continue
				}
				fmt.Fprintf(&lists[at], `"\\\\x%0*d"`, 2*rowParts[at-1], i)
			}
		}
		args := make([]any, len(lists))
		for at := range lists {
			args[at] = lists[at].String() + "}"
		}
		_, err := insert.ExecContext(ctx, args...)
		for _, one := range hand {
			one.done <- err
		}
	}
}
