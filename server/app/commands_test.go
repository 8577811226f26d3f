package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"jiangtai/server/app"
	"jiangtai/server/contest"
	"jiangtai/server/rehearsal"
)

// writeFolder writes a package as a folder.
func writeFolder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "package")
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestCommandsBesideTheServer imports, exports, verifies and administers on the
// data of a server that is running.
func TestCommandsBesideTheServer(t *testing.T) {
	tw := common(t)
	run := func(want int, args ...string) ran {
		t.Helper()
		got := call(t.Context(), append(args, "--data", tw.data)...)
		if got.code != want {
			t.Fatalf("%v: exit %d, want %d\n%s%s", args, got.code, want, got.out, got.err)
		}
		return got
	}
	code := newCode()
	files := sealedPackage(t, code, []int{0, 1, 2, 3})
	folder := writeFolder(t, files)

	if got := run(0, "import", folder, "--preview"); !strings.Contains(got.out, "1 events, 4 entries, 4 units, 0 hosts, 3 judges, 1 schemes") {
		t.Errorf("the preview says %s", got.out)
	}
	got := run(0, "import", folder)
	id := regexp.MustCompile(`[0-9a-f-]{36}`).FindString(got.out)
	if got := run(1, "import", folder); !strings.Contains(got.err, "programme.contest_exists") {
		t.Errorf("a second import says %s", got.err)
	}
	// The server finds what another process brought.
	events, err := tw.admin.Events(t.Context(), id)
	if err != nil || len(events) != 1 {
		t.Fatalf("%v %v", events, err)
	}
	f := &fair{town: tw, id: id, events: map[string]string{"dish": events[0].ID}, organiser: tw.admin}
	eventually(t, 20*time.Second, "the event is served", func() bool {
		return tw.send(t, request{method: "GET", path: "/api/v1/public/events/" + events[0].ID + "/standings"}).status == http.StatusOK
	})
	f.mustAct("dish", "open")

	packed := filepath.Join(t.TempDir(), "out.zip")
	unpacked := filepath.Join(t.TempDir(), "out")
	run(0, "export", code, packed)
	run(0, "export", id, unpacked)
	if d := cmp.Diff(readZip(t, packed), readFolder(t, unpacked)); d != "" {
		t.Errorf("folder and zip differ: %s", d)
	}
	if got := run(1, "export", code, packed); !strings.Contains(got.err, "exists") {
		t.Errorf("over a file that is there: %s", got.err)
	}
	if got := run(1, "export", "no-such-contest", filepath.Join(t.TempDir(), "x")); !strings.Contains(got.err, "programme.contest_missing") {
		t.Errorf("of no contest: %s", got.err)
	}
	schemes, err := filepath.Glob(filepath.Join(unpacked, "schemes", "*.json"))
	if err != nil || len(schemes) == 0 {
		t.Fatalf("%v %v", schemes, err)
	}
	_, user, password := f.person(contest.Grant{Role: contest.Supervisor, Contest: idOf(t, id)})
	f.mustAct("dish", "lock")
	f.mustAct("dish", "unseal", "second", map[string]string{"user": user, "password": password}) // a sealed ledger is not handed out
	f.verifyByCommand(t, schemes[0])

	files["entries.csv"] += "dish,001,999Z,重号,nowhere\nother,002,,,\n"
	delete(files, "units.csv")
	broken := run(1, "import", writeFolder(t, files))
	for _, s := range []string{"package.faulty", "entries.csv:6", "entries.csv:7", "units.csv"} {
		if !strings.Contains(broken.err, s) {
			t.Errorf("faults do not name %s: %s", s, broken.err)
		}
	}
	if got := run(1, "serve", "--http-addr", "127.0.0.1:0"); !strings.Contains(got.err, "server.data_in_use") {
		t.Errorf("a second server: %s", got.err)
	}
}

// verifyByCommand verifies an export, and one with a record that was changed,
// scores it a second time, and under the scheme as a question.
func (f *fair) verifyByCommand(t *testing.T, scheme string) {
	t.Helper()
	var raw []byte
	get(t, f.organiser, "/api/v1/events/"+f.events["dish"]+"/ledger", &raw)
	good := filepath.Join(t.TempDir(), "ledger.jsonl")
	lines := strings.SplitAfter(string(raw), "\n")
	bad := append([]string{}, lines...)
	bad[2], bad[3] = bad[3], bad[2]
	for name, text := range map[string]string{good: string(raw), good + ".bad": strings.Join(bad, "")} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := call(t.Context(), "verify", good); got.code != 0 || !strings.Contains(got.out, "all as they were written") {
		t.Errorf("verify: exit %d %s%s", got.code, got.out, got.err)
	}
	if got := call(t.Context(), "verify", good+".bad"); got.code != 1 || !strings.Contains(got.err, "ledger.not_verified") || !strings.Contains(got.err, "record 2") {
		t.Errorf("verify of a changed one: exit %d %s%s", got.code, got.out, got.err)
	}
	if got := call(t.Context(), "verify", good, "--key", "jiangtai+nonsense"); got.code != 1 || !strings.Contains(got.err, "ledger.bad_key") {
		t.Errorf("verify with a broken key: exit %d %s", got.code, got.err)
	}
	if got := call(t.Context(), "verify", good, "--rescore", "--scheme", scheme); got.code != 0 || !strings.Contains(got.out, "totals and ranks agree") {
		t.Errorf("rescore: exit %d %s%s", got.code, got.out, got.err)
	}
	if got := call(t.Context(), "verify", good, "--rescore"); got.code != 1 || !strings.Contains(got.err, "rescore.cannot_score") {
		t.Errorf("rescore without the scheme: exit %d %s%s", got.code, got.out, got.err)
	}
	if got := call(t.Context(), "score", "--ledger", good, "--scheme", scheme); got.code != 0 || !strings.HasPrefix(got.out, "rank,entry,total") {
		t.Errorf("score a ledger: exit %d %s%s", got.code, got.out, got.err)
	}
	if got := call(t.Context(), "score", "--ledger", good, "--scheme", scheme, "--entries", scheme); !strings.Contains(got.err, "score.ledger_or_files") {
		t.Errorf("a ledger and entries: exit %d %s%s", got.code, got.out, got.err)
	}
}

func readZip(t testing.TB, name string) map[string]string {
	t.Helper()
	r, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	out := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		_ = in.Close()
		out[f.Name] = string(raw)
	}
	return out
}

func readFolder(t testing.TB, name string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(name, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		rel, _ := filepath.Rel(name, path)
		out[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestAccountsFromTheCommandLine: list, reset, and no link once there is anybody.
func TestAccountsFromTheCommandLine(t *testing.T) {
	tw := common(t)
	_, user, password := tw.person()
	got := call(t.Context(), "admin", "list", "--data", tw.data)
	if got.code != 0 || !strings.Contains(got.out, user) || !strings.Contains(got.out, "administrator") {
		t.Errorf("list: exit %d %s%s", got.code, got.out, got.err)
	}
	got = call(t.Context(), "admin", "link", "--data", tw.data)
	if got.code != 1 || !strings.Contains(got.err, "identity.link_done") {
		t.Errorf("link: exit %d %s%s", got.code, got.out, got.err)
	}
	got = call(t.Context(), "admin", "reset", user, "--data", tw.data)
	fresh := strings.TrimSpace(got.out)
	if got.code != 0 || len(fresh) < 8 || strings.Contains(fresh, "\n") {
		t.Fatalf("reset: exit %d %q %s", got.code, got.out, got.err)
	}
	public := tw.admin.As("")
	if _, err := public.SignIn(t.Context(), user, password); codeOf(err) != "identity.wrong" {
		t.Errorf("the old password: %v", err)
	}
	c, err := public.SignIn(t.Context(), user, fresh)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Do(t.Context(), "GET", "/api/v1/contests", nil, nil); codeOf(err) != "identity.must_change" {
		t.Errorf("before the password is changed: %v", err)
	}
	if err := c.Do(t.Context(), "PUT", "/api/v1/accounts/current/password", map[string]string{"old": fresh, "new": "my-own-words-77"}, nil); err != nil {
		t.Fatal(err)
	}
	get(t, c, "/api/v1/audit", nil) // an administrator's
	if got := call(t.Context(), "admin", "reset", "nobody-at-all", "--data", tw.data); got.code != 1 || !strings.Contains(got.err, "identity.account_missing") {
		t.Errorf("reset of nobody: exit %d %s", got.code, got.err)
	}
}

// TestServeFromNothing starts `serve` in an empty folder, makes the first
// administrator by the printed link, once, and stops it.
func TestServeFromNothing(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := ln.Addr().String()
	_ = ln.Close()
	said, log := &logKeeper{}, &logKeeper{}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ended := make(chan int, 1)
	go func() {
		ended <- app.Main(ctx, app.Invocation{
			Args:  []string{"--data", t.TempDir(), "--http-addr", addr, "--metrics-addr", ":0", "--log-format", "json", "--public-url", "http://live.example:8080"},
			Stdin: strings.NewReader(""), Stdout: said, Stderr: log, Version: "test",
		})
	}()
	link := regexp.MustCompile(`http://live\.example:8080/console#setup=(\S+)`)
	eventually(t, time.Minute, "the link is printed", func() bool { return link.MatchString(said.String()) })
	public := rehearsal.NewClient("http://" + addr)
	defer public.Rest()
	body := map[string]string{"link": link.FindStringSubmatch(said.String())[1], "user": "first", "name": "王管理", "password": "correct-horse-9"}
	eventually(t, time.Minute, "it answers", func() bool { return public.Do(t.Context(), "GET", "/readyz", nil, nil) == nil })
	if err := public.Do(t.Context(), "POST", "/api/v1/first-administrator", body, nil); err != nil {
		t.Fatal(err)
	}
	body["user"] = "second"
	if err := public.Do(t.Context(), "POST", "/api/v1/first-administrator", body, nil); codeOf(err) != "identity.link_done" {
		t.Errorf("the link again: %v", err)
	}
	admin, err := public.SignIn(t.Context(), "first", "correct-horse-9")
	if err != nil {
		t.Fatal(err)
	}
	get(t, admin, "/api/v1/accounts", nil)
	counted(t, public, log)
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("exit %d: %s", code, log)
	}
	for line := range strings.Lines(log.String()) {
		if !json.Valid([]byte(line)) {
			t.Errorf("the log is no JSON: %s", line)
		}
	}
	if strings.Contains(log.String(), body["link"]) || strings.Contains(log.String(), body["password"]) {
		t.Error("the log has a secret")
	}
}

// counted looks for the counts: at their own address, on this machine, and not
// where people go.
func counted(t *testing.T, public *rehearsal.Client, log *logKeeper) {
	t.Helper()
	if err := public.Do(t.Context(), "GET", "/metrics", nil, nil); codeOf(err) != "web.missing" {
		t.Errorf("the public's metrics: %v", err)
	}
	at := regexp.MustCompile(`"address":"(127\.0\.0\.1:\d+)"`).FindStringSubmatch(log.String())
	if at == nil {
		t.Fatalf("the address of the metrics is not told: %s", log)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+at[1]+"/metrics", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(text), `jiangtai_http_request_seconds_count{method="GET",route="/readyz"`) {
		t.Errorf("%v %d %s", err, resp.StatusCode, text)
	}
	dashboard, err := os.ReadFile("../../docs/grafana.json")
	if err != nil || !json.Valid(dashboard) {
		t.Fatalf("the dashboard: %v", err)
	}
	drawn := regexp.MustCompile(`jiangtai_[a-z_]+`).FindAllString(string(dashboard), -1)
	for _, name := range drawn {
		if !strings.Contains(string(text), "\n"+name) {
			t.Errorf("the dashboard draws %s, which is not counted", name)
		}
	}
	if len(drawn) < 12 {
		t.Errorf("the dashboard draws only %v", drawn)
	}
}

// TestScoreCommand scores one real event from files.
func TestScoreCommand(t *testing.T) {
	e := skatingEvents(t)[5]
	var entries, marks bytes.Buffer
	if err := e.WriteEntries(&entries); err != nil {
		t.Fatal(err)
	}
	if err := e.WriteMarks(&marks); err != nil {
		t.Fatal(err)
	}
	dir := writeFolder(t, map[string]string{"s.json": string(e.Scheme), "e.csv": entries.String(), "m.csv": marks.String()})
	args := []string{"score", "--scheme", dir + "/s.json", "--entries", dir + "/e.csv", "--marks", dir + "/m.csv"}
	got := call(t.Context(), args...)
	for _, x := range e.Entries {
		if got.code != 0 || !strings.Contains(got.out, x.Performance) || !strings.Contains(got.out, x.Total) {
			t.Fatalf("exit %d: %s%s", got.code, got.out, got.err)
		}
	}
	if got := call(t.Context(), append(args, "--format", "json")...); got.code != 0 || !json.Valid([]byte(got.out)) {
		t.Errorf("exit %d: %s%s", got.code, got.out, got.err)
	}
	if got := call(t.Context(), append(args, "--working", e.Entries[0].Performance)...); got.code != 0 || !strings.Contains(got.out, "program-components") {
		t.Errorf("exit %d: %s%s", got.code, got.out, got.err)
	}
}
