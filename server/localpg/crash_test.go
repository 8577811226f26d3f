//go:build linux

package localpg

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// F5: whoever kills the postmaster, writes resume without anybody's help, and
// nothing committed is lost.
func TestAKilledPostmasterIsStartedAgain(t *testing.T) {
	s := start(t, Config{Data: ready(t)})
	mustAsk(t, s.URL(), "CREATE TABLE marks AS SELECT 1 AS n")
	for round := 1; round <= 3; round++ {
		kill(t, s.Pid())
		within(t, patience, "writes resume", func() bool {
			_, err := ask(s.URL(), fmt.Sprintf("INSERT INTO marks VALUES (%d)", round+1))
			// Killed before it was seen to be ready it counts as one that never came.
			return err == nil && s.Ready() && int(s.restarts.Load()) == round
		})
		select {
		case err := <-s.Down():
			if err == nil || !strings.Contains(err.Error(), "killed") {
				t.Errorf("the death was told as %v", err)
			}
		default:
			t.Error("nobody was told of the death")
		}
	}
	if got := mustAsk(t, s.URL(), "SELECT string_agg(DISTINCT n::text, ' ' ORDER BY n::text) FROM marks"); got != "1 2 3 4" {
		t.Errorf("the marks are %s", got)
	}
	within(t, time.Second, "it knows that it is back", s.Ready)
}

func TestAKilledPostmasterWithABusyChildIsStartedAgain(t *testing.T) {
	s := start(t, Config{Data: ready(t)})
	busy := make(chan error, 1)
	go func() {
		_, err := ask(s.URL(), "SELECT sum(a) FROM generate_series(1, 1e12) a") // never looks whether the postmaster lives
		busy <- err
	}()
	within(t, patience, "the child is busy", func() bool {
		return mustAsk(t, s.URL(), "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT sum(a)%' AND state = 'active'") == "1"
	})
	kill(t, s.Pid())
	within(t, patience, "writes resume", func() bool {
		_, err := ask(s.URL(), "CREATE TABLE IF NOT EXISTS back (n int)")
		return err == nil
	})
	if err := <-busy; err == nil {
		t.Error("the busy child answered")
	}
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if pid == 0 {
		t.Fatal("there is no process")
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// process is a server of its own, which tests can kill.
type process struct {
	cmd        *exec.Cmd
	stdin      io.Closer
	postmaster int
	url        string
}

func spawn(t *testing.T, dir string, as func(*exec.Cmd)) *process {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{cmd: exec.Command(exe)}
	p.cmd.Env = append(os.Environ(), childEnv+"="+dir)
	p.cmd.Stderr = os.Stderr
	if as != nil {
		as(p.cmd)
	}
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if _, scanErr := fmt.Sscanf(line, "ready %d %s\n", &p.postmaster, &p.url); scanErr != nil {
		t.Fatalf("the server said %q (%v)", line, err)
	}
	return p
}

func TestAKilledServerLeavesNoOrphan(t *testing.T) {
	dir := ready(t)
	data := filepath.Join(dir, "postgres")
	p := spawn(t, dir, nil)
	mustAsk(t, p.url, "CREATE TABLE kept AS SELECT 42 AS n")
	if n := len(workersIn(data)); n < 3 {
		t.Fatalf("only %d processes of PostgreSQL are seen", n)
	}
	kill(t, p.cmd.Process.Pid)
	within(t, 10*time.Second, "PostgreSQL follows its server", func() bool { return len(workersIn(data)) == 0 })

	again := start(t, Config{Data: dir})
	if got := mustAsk(t, again.URL(), "SELECT n FROM kept"); got != "42" {
		t.Errorf("read %q", got)
	}
}

func TestStartRightAfterAKill(t *testing.T) {
	dir := ready(t)
	p := spawn(t, dir, nil)
	mustAsk(t, p.url, "CREATE TABLE kept AS SELECT 42 AS n")
	kill(t, p.cmd.Process.Pid)
	_ = p.cmd.Wait() // PostgreSQL may still be stopping
	again := start(t, Config{Data: dir})
	if got := mustAsk(t, again.URL(), "SELECT n FROM kept"); got != "42" {
		t.Errorf("read %q", got)
	}
}

// A power cut: server and database end at once and the pid file stays.
func TestStalePidFileAfterAKillOfAll(t *testing.T) {
	dir := ready(t)
	data := filepath.Join(dir, "postgres")
	p := spawn(t, dir, nil)
	mustAsk(t, p.url, "CREATE TABLE kept AS SELECT 42 AS n")
	if err := p.cmd.Process.Signal(syscall.SIGSTOP); err != nil { // so that it does not start another
		t.Fatal(err)
	}
	kill(t, p.postmaster)
	kill(t, p.cmd.Process.Pid)
	_ = p.cmd.Wait()
	if _, err := readPidFile(data); err != nil {
		t.Fatalf("there is no stale pid file: %v", err)
	}
	again := start(t, Config{Data: dir})
	if got := mustAsk(t, again.URL(), "SELECT n FROM kept"); got != "42" {
		t.Errorf("read %q", got)
	}
}

// In a container process numbers begin at 1 again: the number in a stale pid
// file then belongs to somebody who lives.
func TestStalePidFileWithTheNumberOfAnother(t *testing.T) {
	dir := ready(t)
	data := filepath.Join(dir, "postgres")
	h, err := openHome(dir)
	if err != nil {
		t.Fatal(err)
	}
	as, err := chooseOwner(h)
	if err != nil {
		t.Fatal(err)
	}
	other := exec.Command("sleep", "300")
	as.apply(other, true) // PostgreSQL heeds only processes of its own user
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Process.Kill(); _ = other.Wait() })
	for _, content := range []string{
		fmt.Sprintf("%d\n%s\n1700000000\n5432\n%s\n\n  1234567        12\nready   \n", other.Process.Pid, data, h.run),
		"", // cut short
		"not a number\n",
	} {
		file := filepath.Join(data, "postmaster.pid")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := as.own(data); err != nil {
			t.Fatal(err)
		}
		stop(t, start(t, Config{Data: dir}))
	}
	if !alive(other.Process.Pid) {
		t.Error("the other process was hurt")
	}
}

// Without a parent-death signal, as on macOS, a killed server leaves its
// PostgreSQL running; the next one stops it.
func TestAPostgreSQLLeftOverIsStopped(t *testing.T) {
	dir := ready(t)
	orphan := loose(t, dir, "postgres.run")
	s := start(t, Config{Data: dir})
	if s.Pid() == orphan {
		t.Error("the orphan is still in charge")
	}
	mustAsk(t, s.URL(), "SELECT 1")
}

func TestAPostgreSQLOfSomebodyElseIsLeftAlone(t *testing.T) {
	dir := ready(t)
	foreign := loose(t, dir, "elsewhere")
	_, err := tryStart(t, Config{Data: dir})
	if err == nil || !strings.Contains(err.Error(), strconv.Itoa(foreign)) {
		t.Errorf("got %v", err)
	}
	if !alive(foreign) {
		t.Error("it was stopped")
	}
}

// loose starts PostgreSQL on the directory by hand, with its socket in a folder
// of that name, and returns its process number when it is ready.
func loose(t *testing.T, dir, socket string) int {
	t.Helper()
	h, err := openHome(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{cfg: Config{Data: dir}, home: h}
	if s.as, err = chooseOwner(h); err != nil {
		t.Fatal(err)
	}
	if s.bin, err = findBinaries(t.Context(), Config{NoFetch: true}, h, 0); err != nil {
		t.Fatal(err)
	}
	s.cfg.Log = quiet()
	if err := s.letIn(); err != nil {
		t.Fatal(err)
	}
	run := filepath.Join(h.dir, socket)
	if err := errors.Join(makeSocketDir(run, s.as), s.as.own(h.data)); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(s.bin.path("postgres"), "-D", h.data, "-k", run, "-c", "listen_addresses=")
	cmd.Dir = h.data
	s.as.apply(cmd, false)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	t.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	within(t, patience, "PostgreSQL is ready", func() bool {
		p, err := readPidFile(h.data)
		return err == nil && p.status == "ready"
	})
	return cmd.Process.Pid
}
