//go:build linux

package localpg

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestColdStartThenWarmStartKeepsTheData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "there", "yet")
	s := start(t, Config{Data: dir})
	mustAsk(t, s.URL(), "CREATE TABLE kept AS SELECT 42 AS n")
	if !s.Ready() || s.Pid() == 0 || s.restarts.Load() != 0 || s.Version() == "" {
		t.Errorf("ready %v, pid %d, restarts %d, version %q", s.Ready(), s.Pid(), s.restarts.Load(), s.Version())
	}
	stop(t, s)
	if s.Pid() != 0 || s.Ready() {
		t.Error("it claims to run after Close")
	}
	for _, gone := range []string{"postgres.new", "postgres.run", "postgres/postmaster.pid"} {
		if _, err := os.Stat(filepath.Join(dir, gone)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is left after Close: %v", gone, err)
		}
	}
	if scraps, _ := filepath.Glob(filepath.Join(dir, scrap+"*")); len(scraps) > 0 {
		t.Errorf("passwords lie about: %v", scraps)
	}

	again := start(t, Config{Data: dir})
	if got := mustAsk(t, again.URL(), "SELECT n FROM kept"); got != "42" {
		t.Errorf("read %q after a warm start", got)
	}
	if again.URL() != s.URL() {
		t.Error("the address changed between starts")
	}
}

func TestSettingsAreInForceWhateverTheFilesSay(t *testing.T) {
	dir := ready(t)
	hostile := "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nlisten_addresses = '*'\nssl = on\nport = 6000\n"
	appendTo(t, filepath.Join(dir, "postgres", "postgresql.auto.conf"), hostile)
	s := start(t, Config{Data: dir})
	for name, want := range map[string]string{
		"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "ssl": "off", "listen_addresses": "",
		"password_encryption": "scram-sha-256", "max_connections": "60", "TimeZone": "UTC", "server_encoding": "UTF8",
		"lc_collate": "C", "max_parallel_workers_per_gather": "0", "log_error_verbosity": "terse",
	} {
		if name == "lc_collate" {
			if got := mustAsk(t, s.URL(), "SELECT datcollate FROM pg_database WHERE datname = 'jiangtai'"); got != want {
				t.Errorf("the database's collation is %q, want %q", got, want)
			}
			continue
		}
		if got := mustAsk(t, s.URL(), "SHOW "+name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	mb, err := strconv.Atoi(strings.TrimSuffix(mustAsk(t, s.URL(), "SHOW shared_buffers"), "MB"))
	if err != nil || mb < 128 || mb > 256 {
		t.Errorf("shared_buffers is %d MB (%v)", mb, err)
	}
}

func appendTo(t *testing.T, path, text string) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(text); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestOnlyTheOwnerGetsIn(t *testing.T) {
	dir := ready(t)
	s := start(t, Config{Data: dir})
	for path, want := range map[string]os.FileMode{
		filepath.Join(dir, "postgres"): 0o700, filepath.Join(dir, "postgres.run"): 0o700,
		filepath.Join(dir, "postgres.log"): 0o600,
	} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", path, got, want)
		}
	}
	if got := mustAsk(t, s.URL(), "SELECT left(rolpassword, 14) FROM pg_authid WHERE rolname = 'jiangtai'"); got != "SCRAM-SHA-256$" {
		t.Errorf("the password is stored as %q", got)
	}
	if got := mustAsk(t, s.URL(), "SELECT string_agg(DISTINCT auth_method, ' ') FROM pg_hba_file_rules"); got != "scram-sha-256" {
		t.Errorf("one may sign in by %q", got)
	}
	if _, err := ask(strings.Replace(s.URL(), s.secret, "guess", 1), "SELECT 1"); err == nil {
		t.Error("a wrong password was let in")
	}
	if _, err := ask(strings.Replace(s.URL(), ":"+s.secret, "", 1), "SELECT 1"); err == nil {
		t.Error("no password was let in")
	}
}

func TestPasswordFileIsClosedAndFreshForEachCluster(t *testing.T) {
	dir := t.TempDir()
	s := start(t, Config{Data: dir, Volatile: true})
	info, err := os.Stat(filepath.Join(dir, "postgres.password"))
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the password has mode %o", info.Mode().Perm())
	}
	raw, err := os.ReadFile(filepath.Join(ready(t), "postgres.password"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.TrimSpace(string(raw)) == s.secret || len(s.secret) < 40 {
		t.Error("the password is no secret")
	}
}

func TestALostPasswordIsSetAnew(t *testing.T) {
	dir := ready(t)
	s := start(t, Config{Data: dir})
	mustAsk(t, s.URL(), "CREATE TABLE kept AS SELECT 42 AS n")
	stop(t, s)
	if err := os.Remove(filepath.Join(dir, "postgres.password")); err != nil {
		t.Fatal(err)
	}
	again := start(t, Config{Data: dir})
	if again.secret == s.secret {
		t.Error("the lost password came back")
	}
	if got := mustAsk(t, again.URL(), "SELECT n FROM kept"); got != "42" {
		t.Errorf("read %q", got)
	}
}

func TestTwoServersOnOneDirectory(t *testing.T) {
	dir := ready(t)
	first := start(t, Config{Data: dir})
	_, err := tryStart(t, Config{Data: dir})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), strconv.Itoa(os.Getpid())) {
		t.Errorf("the second server got %v", err)
	}
	link := filepath.Join(t.TempDir(), "other-name")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	if _, err := tryStart(t, Config{Data: link}); !errors.Is(err, ErrInUse) {
		t.Errorf("by another name the second server got %v", err)
	}
	if got := mustAsk(t, first.URL(), "SELECT 1"); got != "1" || first.restarts.Load() != 0 {
		t.Error("the first server was disturbed")
	}
}

func TestNothingListensOnTCP(t *testing.T) {
	s := start(t, Config{Data: ready(t)})
	if c, err := net.Dial("unix", socketFile(s.socket)); err != nil {
		t.Errorf("the socket is not there: %v", err)
	} else {
		_ = c.Close()
	}
	listening := listeningInodes(t)
	for _, pid := range append(workersIn(s.home.data), s.Pid()) {
		fds, err := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/fd/*")
		if err != nil || len(fds) == 0 {
			continue // it has just ended
		}
		for _, fd := range fds {
			if target, err := os.Readlink(fd); err == nil && listening[target] {
				t.Errorf("process %d listens on TCP", pid)
			}
		}
	}
	if got := mustAsk(t, s.URL(), "SELECT count(*) FROM pg_stat_activity WHERE client_addr IS NOT NULL"); got != "0" {
		t.Error("somebody is connected by TCP")
	}
}

// listeningInodes are the sockets that listen on TCP, as links of /proc name them.
func listeningInodes(t *testing.T) map[string]bool {
	t.Helper()
	const listen = "0A"
	out := map[string]bool{}
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		raw, err := os.ReadFile(table)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(raw), "\n")[1:] {
			if f := strings.Fields(line); len(f) > 9 && f[3] == listen {
				out["socket:["+f[9]+"]"] = true
			}
		}
	}
	return out
}

func TestStartObeysItsContextAndLeavesNothing(t *testing.T) {
	dir := ready(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Start(ctx, Config{Data: dir, NoFetch: true}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled start gave %v", err)
	}
	if left := workersIn(filepath.Join(dir, "postgres")); len(left) > 0 {
		t.Errorf("processes are left: %v", left)
	}
	start(t, Config{Data: dir})
}

func TestAnErrorOfPostgreSQLReachesTheCaller(t *testing.T) {
	dir := ready(t)
	appendTo(t, filepath.Join(dir, "postgres", "postgresql.conf"), "no_such_setting = 1\n")
	_, err := tryStart(t, Config{Data: dir})
	if err == nil || !strings.Contains(err.Error(), "no_such_setting") {
		t.Errorf("got %v", err)
	}
}

func TestTheLogHoldsNoValues(t *testing.T) {
	s := start(t, Config{Data: ready(t)})
	const planted = "13800138000"
	mustAsk(t, s.URL(), "CREATE TABLE phones (phone text CONSTRAINT phones_key UNIQUE)")
	mustAsk(t, s.URL(), "INSERT INTO phones VALUES ('"+planted+"')")
	if _, err := ask(s.URL(), "INSERT INTO phones VALUES ('"+planted+"')"); err == nil {
		t.Fatal("the duplicate was taken")
	}
	raw, err := os.ReadFile(s.home.log)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), "phones_key") {
		t.Error("the log does not tell of the violation")
	}
	if strings.Contains(string(raw), planted) {
		t.Error("the log quotes the value")
	}
}
