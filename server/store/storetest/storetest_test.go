//go:build linux

package storetest

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"jiangtai/server/localpg"
	"jiangtai/server/store"
)

const childEnv = "JIANGTAI_STORETEST_CHILD" // makes the test binary one that is killed in a test

func TestMain(m *testing.M) { Main(m) }

// TestChild is the test that another one kills; by itself it is an ordinary one.
func TestChild(t *testing.T) {
	url := URL(t)
	if os.Getenv(childEnv) == "" {
		if !strings.Contains(url, "/test_") {
			t.Errorf("the address is %s", url)
		}
		return
	}
	fmt.Println("\nready", shared.server.Pid(), url)
	<-t.Context().Done()
	select {} // until killed
}

func TestDatabasesAreMigratedAndApart(t *testing.T) {
	first, second := New(t), New(t)
	if err := first.Do(t.Context(), func(ctx context.Context) error {
		_, err := first.Querier(ctx).ExecContext(ctx, "CREATE TABLE mine (n integer)")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for db, want := range map[*store.DB]int{first: 1, second: 0} {
		var n int
		if err := db.Querier(t.Context()).GetContext(t.Context(), &n, "SELECT count(*) FROM pg_tables WHERE tablename = 'mine'"); err != nil {
			t.Fatal(err)
		}
		if n != want {
			t.Errorf("the table is there %d times, want %d", n, want)
		}
		names, err := db.ConstraintNames(t.Context())
		if err != nil || len(names) < 20 {
			t.Errorf("%d constraints, %v: not migrated", len(names), err)
		}
	}
}

func TestDatabasesGoWithTheirTest(t *testing.T) {
	var name string
	t.Run("a test", func(t *testing.T) {
		db := New(t)
		if err := db.Querier(t.Context()).GetContext(t.Context(), &name, "SELECT current_database()"); err != nil {
			t.Fatal(err)
		}
	})
	var n int
	if err := shared.admin.QueryRow("SELECT count(*) FROM pg_database WHERE datname = $1", name).Scan(&n); err != nil {
		t.Fatal(err)
	}
	if n != 0 || name == "" {
		t.Errorf("the database %q is still there", name)
	}
}

// A test binary that is killed takes its PostgreSQL along; its folder goes at
// the next run.
func TestAKilledTestBinaryLeavesNothing(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "-test.run=^TestChild$", "-test.v")
	tmp := t.TempDir()
	cmd.Env = append(os.Environ(), childEnv+"=1", "TMPDIR="+tmp)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	var url string
	for lines := bufio.NewScanner(out); pid == 0 && lines.Scan(); {
		_, _ = fmt.Sscanf(lines.Text(), "ready %d %s", &pid, &url)
	}
	if pid == 0 {
		t.Fatal("it did not start")
	}
	base := filepath.Join(tmp, fmt.Sprintf("jiangtai-storetest-%d", os.Getuid()))
	if runs, _ := filepath.Glob(filepath.Join(base, runPrefix+"*")); len(runs) != 2 { // a folder and its lock
		t.Errorf("the folders are %v", runs)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	within(t, 10*time.Second, "PostgreSQL follows", func() bool { return ended(pid) && !answers(url) })
	sweep(base, runPrefix, "")
	if runs, _ := filepath.Glob(filepath.Join(base, runPrefix+"*")); len(runs) != 0 {
		t.Errorf("left: %v", runs)
	}
}

// ended counts a process that nobody has waited for yet.
func ended(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err != nil || strings.Contains(string(stat), ") Z ") || syscall.Kill(pid, 0) != nil
}

func answers(url string) bool {
	db, err := sql.Open("postgres", url)
	if err != nil {
		return false
	}
	defer db.Close()
	return db.Ping() == nil
}

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

func TestSweepSparesWhatIsHeld(t *testing.T) {
	base := t.TempDir()
	for _, name := range []string{"run-held", "run-kept", "run-dead", "template-other"} {
		if err := os.Mkdir(filepath.Join(base, name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(base, name+lockSuffix), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	held, err := localpg.Lock(filepath.Join(base, "run-held"+lockSuffix))
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	sweep(base, runPrefix, filepath.Join(base, "run-kept"))
	for name, want := range map[string]bool{"run-held": true, "run-kept": true, "run-dead": false, "template-other": true} {
		_, err := os.Stat(filepath.Join(base, name))
		if got := err == nil; got != want {
			t.Errorf("%s is there: %v", name, got)
		}
	}
}

// recorder is a test that may fail without failing this one.
type recorder struct {
	testing.TB
	failed []string
}

func (r *recorder) Helper()           {}
func (r *recorder) Error(args ...any) { r.failed = append(r.failed, fmt.Sprint(args...)) }
func (r *recorder) Errorf(format string, args ...any) {
	r.failed = append(r.failed, fmt.Sprintf(format, args...))
}

func TestPrepareAllFindsAMisspeltColumn(t *testing.T) {
	db := New(t)
	r := &recorder{TB: t}
	PrepareAll(r, db, "SELECT code FROM contests WHERE contest_id = $1")
	if len(r.failed) != 0 {
		t.Errorf("a good query: %v", r.failed)
	}
	PrepareAll(r, db, "SELECT cod FROM contests", "SELECT name FROM contests", "INSERT INTO nowhere VALUES ($1)")
	if len(r.failed) != 2 || !strings.Contains(r.failed[0], `"cod"`) || !strings.Contains(r.failed[1], "nowhere") {
		t.Errorf("bad queries: %v", r.failed)
	}
	r.failed = nil
	PrepareAll(r, db)
	if len(r.failed) != 1 {
		t.Error("no query at all is accepted")
	}
}

func TestCheckConstraintsFindsWhatNobodyMapped(t *testing.T) {
	r := &recorder{TB: t}
	CheckConstraints(r, New(t))
	if len(r.failed) == 0 || !strings.Contains(strings.Join(r.failed, "\n"), "contests_code_key") {
		t.Errorf("got %v", r.failed) // no room is linked into this test
	}
}

func TestStatements(t *testing.T) {
	got, err := statements(fstest.MapFS{
		"a.go": {Data: []byte("package a\n\nconst columns = `code, name`\n\nconst (\n\tlistSQL = `\n-- why\nSELECT ` + columns + ` FROM contests`\n\tcount = 3\n\tword = \"selected\"\n)\n" +
			"func f() { const inner = \"DELETE FROM x\"; const cyclic = cyclic + \"\" }\n")},
		"a_test.go": {Data: []byte("package a\n\nconst testSQL = `SELECT 1`\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || !strings.Contains(got["listSQL"], "SELECT code, name FROM") || got["inner"] != "DELETE FROM x" {
		t.Errorf("got %q", got)
	}
	if _, err := statements(fstest.MapFS{"a.go": {Data: []byte("no Go")}}); err == nil {
		t.Error("a file that is no Go was read")
	}
}
