package app_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jiangtai/server/backup"
	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
)

// backups is what the server says of its folder.
type backups struct {
	Backups []struct {
		Name, Reason, Key string
		Bytes             int64
	}
	Running bool
	Failed  string
	Before  string
}

// made lists the backups of the server that are newer than those before.
func (tw *town) made(before backups) (now backups) {
	tw.t.Helper()
	get(tw.t, tw.admin, "/api/v1/backups", &now)
	now.Backups = now.Backups[:len(now.Backups)-len(before.Backups)]
	return now
}

// TestAnInstallationIsSavedAndRestored holds a coded event of a real contest on
// one server, saves it beside the running server, and goes on with it on another.
func TestAnInstallationIsSavedAndRestored(t *testing.T) {
	tw := begin(t, t.TempDir())
	f := tw.importFair(sealedPackage(t, newCode(), []int{2, 0, 1}))
	f.mustAct("dish", "open")
	for _, tablet := range f.pair("dish") {
		for i, code := range []string{workCode(101), workCode(138), workCode(175)} {
			give(t, tablet, code, 90-i, nil)
		}
	}
	if got := tw.made(backups{}); len(got.Backups) != 0 || got.Before != "real" {
		t.Fatalf("before the lock: %+v", got)
	}
	f.mustAct("dish", "lock", "second", f.second)
	first := tw.made(backups{})
	if len(first.Backups) != 1 || first.Backups[0].Reason != "lock" || first.Backups[0].Key != "machine" || first.Failed != "" {
		t.Fatalf("after the lock: %+v", first)
	}
	f.mustAct("dish", "unseal", "second", f.second)
	if got := tw.made(backups{}); len(got.Backups) != 1 {
		t.Errorf("the backup of the lock is fresh: %+v", got)
	}
	if err := f.admin.Do(t.Context(), "POST", "/api/v1/backups", nil, nil); err != nil {
		t.Fatal(err)
	}
	eventually(t, 20*time.Second, "the backup by hand is there", func() bool { return len(tw.made(first).Backups) == 1 })
	tw.opensWithOwnKey(first.Backups[0].Name)

	dir := t.TempDir()
	file, pass, wrong := filepath.Join(dir, "b.age"), filepath.Join(dir, "pass"), filepath.Join(dir, "wrong")
	write(t, pass, "correct horse battery staple\n")
	write(t, wrong, "another passphrase altogether\n")
	if got := call(t.Context(), "backup", file, "--data", tw.data); got.code != 1 || !strings.Contains(got.err, "backup.no_lock") && !strings.Contains(got.err, "--plain") {
		t.Errorf("without a passphrase: %d %s", got.code, got.err)
	}
	got := call(t.Context(), "backup", file, "--passphrase-file", pass, "--verify", "--data", tw.data)
	if got.code != 0 || !strings.Contains(got.out, "restored beside and read back") {
		t.Fatalf("backup: %d %s%s", got.code, got.out, got.err)
	}
	was := f.standings("dish")

	target := filepath.Join(dir, "data")
	for name, args := range map[string][]string{
		"the wrong passphrase": {"restore", file, "--passphrase-file", wrong, "--data", target},
		"no passphrase":        {"restore", file, "--data", target},
		"a folder in use":      {"restore", file, "--passphrase-file", pass, "--data", tw.data},
		"half a file":          {"restore", halved(t, file), "--passphrase-file", pass, "--data", target},
	} {
		if got := call(t.Context(), args...); got.code != 1 {
			t.Errorf("%s: %d %s", name, got.code, got.out)
		}
	}
	if left, err := os.ReadDir(target); err == nil && len(left) > 0 {
		t.Errorf("a refused restore left %v", left)
	}
	got = call(t.Context(), "restore", file, "--passphrase-file", pass, "--data", target)
	if got.code != 0 || !strings.Contains(got.out, "all as they were written") {
		t.Fatalf("restore: %d %s%s", got.code, got.out, got.err)
	}
	f.goesOn(target, was)
}

// opensWithOwnKey reads a backup of the server with the key in its folder.
func (tw *town) opensWithOwnKey(name string) {
	tw.t.Helper()
	text, err := os.ReadFile(filepath.Join(tw.data, "keys", "backup.key"))
	if err != nil {
		tw.t.Fatal(err)
	}
	_, key, err := backup.ParseMachineKey(string(text))
	if err != nil {
		tw.t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(tw.data, "backups", name))
	if err != nil {
		tw.t.Fatal(err)
	}
	content, err := backup.Inspect(tw.t.Context(), bytes.NewReader(raw), key)
	if err != nil {
		tw.t.Fatal(err)
	}
	for _, k := range []string{"ledger.key", "registration.key", "pairing.key", "backup.key"} {
		if content.Key(k) == "" {
			tw.t.Errorf("%s is not in the backup", k)
		}
	}
	if content.Head.Reason != backup.BeforeLock || content.Head.TakenAt.IsZero() {
		tw.t.Errorf("its head is %+v", content.Head)
	}
}

// goesOn starts a program on the restored folder: the same board in a new epoch,
// the same tablets and accounts, and the ledger takes the next act.
func (f *fair) goesOn(data string, was rehearsal.Board) {
	t := f.t
	t.Helper()
	again := begin(t.(*testing.T), data)
	g := &fair{town: again, id: f.id, events: f.events, second: f.second, organiser: again.admin}
	now := g.standings("dish")
	if now.Epoch <= was.Epoch || now.Epoch < 1_700_000_000 {
		t.Errorf("the epoch is %d, it was %d", now.Epoch, was.Epoch)
	}
	if len(now.Rows) != 3 || len(was.Rows) != 3 {
		t.Fatalf("rows %v, were %v", now.Rows, was.Rows)
	}
	for k, row := range was.Rows {
		if got := now.Rows[k]; got.Total != row.Total || got.Rank != row.Rank || got.Name != row.Name {
			t.Errorf("row %s is %+v, was %+v", k, got, row)
		}
	}
	g.mustAct("dish", "publish", "second", f.second)
	var log struct{ Entries []struct{ What string } }
	get(t, again.admin, "/api/v1/audit", &log)
	isTold := false
	for _, e := range log.Entries {
		isTold = isTold || e.What == "backup.restored"
	}
	if !isTold {
		t.Error("the audit does not tell of the restore")
	}
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// halved is the first half of a file.
func halved(t testing.TB, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path+".half", string(raw[:len(raw)/2]))
	return path + ".half"
}

// A folder in which a restore did not end is not served, and a second restore
// makes it whole.
func TestAHalfRestoredFolderIsNotServed(t *testing.T) {
	data := t.TempDir()
	write(t, filepath.Join(data, backup.Marker), "")
	if got := call(t.Context(), "serve", "--data", data, "--http-addr", "127.0.0.1:0"); got.code != 1 || !strings.Contains(got.err, "backup.half_restored") && !strings.Contains(got.err, "did not end") {
		t.Errorf("serve: %d %s", got.code, got.err)
	}
	if _, err := os.Stat(filepath.Join(data, "postgres")); err == nil {
		t.Error("it began to make a database")
	}
}

// Backups are an administrator's; for anybody else there is nothing to see.
func TestBackupsAreTheAdministrators(t *testing.T) {
	tw := common(t)
	office, _, _ := tw.person(contest.Grant{Role: contest.UnionOffice})
	for who, c := range map[string]*rehearsal.Client{"office": office, "public": tw.admin.As("")} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			var raw json.RawMessage
			if err := c.Do(t.Context(), method, "/api/v1/backups", nil, &raw); codeOf(err) != "backup.forbidden" && codeOf(err) != "web.sign_in" && codeOf(err) != "identity.sign_in" {
				t.Errorf("%s %s: %v %s", who, method, err, raw)
			}
		}
	}
}
