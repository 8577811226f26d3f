package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/rehearsal/drill"
	"jiangtai/server/rehearsal/report"
)

// rehearse runs the command with few people and gives its report's path.
func (tw *town) rehearse(ctx context.Context, t *testing.T, judges, phones int, minutes float64, more ...string) (got ran, out string) {
	t.Helper()
	out = filepath.Join(t.TempDir(), "rehearsed")
	args := []string{
		"rehearse", "--against", tw.base, "--judges", strconv.Itoa(judges), "--spectators", strconv.Itoa(phones),
		"--minutes", fmt.Sprint(minutes), "--out", out, "--user", adminUser, "--password", adminPassword,
	}
	return call(ctx, append(args, more...)...), out
}

func readReport(t *testing.T, path string) report.Report {
	t.Helper()
	raw, err := os.ReadFile(path + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var r report.Report
	if err := json.Unmarshal(raw, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestRehearsal rehearses against the whole program: nothing is lost, every phone
// has the server's board, and the report says so.
func TestRehearsal(t *testing.T) {
	tw := begin(t, t.TempDir())
	got, out := tw.rehearse(t.Context(), t, 9, 30, 0.1)
	r := readReport(t, out)
	m, c, p := r.Result.Marks, r.Result.Compared, r.Result.Phones
	if got.code != 0 || len(r.Result.Faults) > 0 {
		t.Errorf("exit %d: %s%s %v", got.code, got.out, got.err, r.Result.Faults)
	}
	if m.Received < 9 || m.Received != m.Given || m.Unsent != 0 || len(m.Returned) > 0 {
		t.Errorf("marks: %+v", m)
	}
	if !c.Done || c.Records != m.Received || c.Missing+c.Twice+c.Moved+m.Differed != 0 || c.Boards != 2 || c.Locked != 2 {
		t.Errorf("compared: %+v", c)
	}
	if c.Phones != 30 || c.Behind != 0 || p.Holes != 0 || p.Most < 25 || p.Cut == 0 || p.Back.Count == 0 {
		t.Errorf("phones: %+v %+v", p, c)
	}
	// 30 phones in turn at two events: each mark arrives at about 15.
	if p.Way.Count < int64(5*m.Received) || p.Way.P50 <= 0 || len(r.Result.Slots) < 5 || len(r.Result.Ways) == 0 {
		t.Errorf("ways: %+v, %d slots", p.Way, len(r.Result.Slots))
	}
	page, err := os.ReadFile(out + ".html")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<svg", "演练报告", "打分到手机", r.Result.Contest.Code, fmt.Sprintf("%d 个分数有回执", m.Received)} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if loads := regexp.MustCompile(`(?:src|href)=|url\(|@import|<script`).FindString(string(page)); loads != "" {
		t.Errorf("the page loads something: %s", loads)
	}
	for _, text := range []string{string(page), got.out, got.err} {
		if strings.Contains(text, adminPassword) {
			t.Error("the password is shown")
		}
	}
	var open struct{ Sessions []struct{} }
	get(t, tw.admin, "/api/v1/sessions", &open)
	if len(open.Sessions) != 1 {
		t.Errorf("%d sessions of the administrator, one is this test's", len(open.Sessions))
	}
	var made struct {
		Contest struct {
			Kind    string
			Visible bool
		}
	}
	get(t, tw.admin, "/api/v1/contests/"+r.Result.Contest.ID, &made)
	if made.Contest.Kind != "rehearsal" || made.Contest.Visible {
		t.Errorf("what stays: %+v", made)
	}
}

// TestRehearsalOfANamedContest: an organiser, who may have none made, rehearses in a
// rehearsal of his; only its waiting events are used, and it stays what it was.
func TestRehearsalOfANamedContest(t *testing.T) {
	tw := begin(t, t.TempDir())
	code := "hall-" + newCode()
	zip, err := drill.Package(code, 9, 4, time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	id, err := tw.admin.Import(t.Context(), zip)
	if err != nil {
		t.Fatal(err)
	}
	_, user, password := tw.person(contest.Grant{Role: contest.Organiser, Contest: idOf(t, id)})
	named := []string{"--contest", code, "--user", user, "--password", password}
	got, out := tw.rehearse(t.Context(), t, 3, 6, 0.1, named...)
	r := readReport(t, out)
	m, c := r.Result.Marks, r.Result.Compared
	if got.code != 0 || len(r.Result.Faults) > 0 || r.Result.Made || r.Result.Contest.ID != id || r.Result.Judges != 7 {
		t.Errorf("exit %d: %s%s %+v", got.code, got.out, got.err, r.Result)
	}
	if m.Received < 3 || c.Records != m.Received || c.Missing+c.Twice+c.Moved != 0 || c.Locked != 1 || c.Phones != 6 || c.Behind != 0 {
		t.Errorf("%+v %+v", m, c)
	}
	// The event with two chairs waits still; for more it has no seats.
	got, out = tw.rehearse(t.Context(), t, 3, 6, 0.1, named...)
	if _, err := os.Stat(out + ".html"); got.code == 0 || !strings.Contains(got.err, "rehearse.seats") || err == nil {
		t.Errorf("too few seats: exit %d: %s (report: %v)", got.code, got.err, err)
	}
	// Nor has a contest of which nothing but drawn and sealed events wait.
	drawn := newCode()
	sealed := tw.importFair(ofKind(t, sealedPackage(t, drawn, []int{0, 1, 2, 3}), contest.Rehearsal))
	_, host, secret := tw.person(contest.Grant{Role: contest.Organiser, Contest: idOf(t, sealed.id)})
	before := sealed.untouched(t, "dish")
	got, _ = tw.rehearse(t.Context(), t, 1, 1, 0.1, "--contest", drawn, "--user", host, "--password", secret)
	if before(); got.code == 0 || !strings.Contains(got.err, "rehearse.seats") {
		t.Errorf("a sealed event: exit %d: %s", got.code, got.err)
	}
	got, out = tw.rehearse(t.Context(), t, 2, 6, 0.1, named...)
	if r = readReport(t, out); got.code != 0 || r.Result.Compared.Locked != 1 || len(r.Result.Faults) > 0 {
		t.Errorf("the rest of it: exit %d: %s %v", got.code, got.err, r.Result.Faults)
	}
}

// TestRehearsalsHelp begins with what a rehearsal asks for; the server's settings,
// which it does not use, stand below.
func TestRehearsalsHelp(t *testing.T) {
	got := call(t.Context(), "rehearse", "--help")
	own, server := strings.Index(got.out, "--against"), strings.Index(got.out, "--http-addr")
	if got.code != 0 || own < 0 || server < own {
		t.Errorf("exit %d: %s", got.code, got.out)
	}
}

// TestRehearsalThatIsBrokenOff still has a report, and the events are locked.
func TestRehearsalThatIsBrokenOff(t *testing.T) {
	tw := begin(t, t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go func() {
		// It is stopped once marks have come in.
		for ctx.Err() == nil {
			var all struct{ Events []struct{ Done int } }
			err := tw.admin.As("").Do(ctx, http.MethodGet, "/api/v1/public/events", nil, &all)
			if err == nil && len(all.Events) == 1 && all.Events[0].Done > 2 {
				stop()
			}
			select {
			case <-ctx.Done():
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	got, out := tw.rehearse(ctx, t, 3, 5, 5)
	r := readReport(t, out)
	if got.code != 0 || !r.Result.Interrupted || !r.Result.Compared.Done || r.Result.Compared.Locked != 1 || r.Result.Marks.Received < 3 {
		t.Errorf("exit %d: %s %+v", got.code, got.err, r.Result)
	}
}

// ofKind makes a package's contest one of a kind.
func ofKind(t *testing.T, files map[string]string, kind contest.Kind) map[string]string {
	t.Helper()
	var about map[string]any
	if err := json.Unmarshal([]byte(files["contest.json"]), &about); err != nil {
		t.Fatal(err)
	}
	about["kind"] = string(kind)
	raw, err := json.Marshal(about)
	if err != nil {
		t.Fatal(err)
	}
	files["contest.json"] = string(raw)
	return files
}

// TestRehearsalRefusesWhatIsReal: of a real contest nothing is written, and while
// one is marked nothing is rehearsed beside it.
func TestRehearsalRefusesWhatIsReal(t *testing.T) {
	tw := begin(t, t.TempDir())
	code := newCode()
	f := tw.importFair(ofKind(t, sealedPackage(t, code, []int{0, 1, 2, 3}), contest.Real))
	audit := func() (n struct{ Total int }) {
		get(t, tw.admin, "/api/v1/audit?action=event.", &n)
		return n
	}
	before, was := f.untouched(t, "dish"), audit()
	refused := func(want string, more ...string) {
		t.Helper()
		got, out := tw.rehearse(t.Context(), t, 1, 1, 0.1, more...)
		if _, err := os.Stat(out + ".html"); got.code == 0 || !strings.Contains(got.err, want) || err == nil {
			t.Errorf("%v: exit %d, want %s: %s (report: %v)", more, got.code, want, got.err, err)
		}
		before()
		if now := audit(); now != was {
			t.Errorf("%v: %d entries in the audit, were %d", more, now.Total, was.Total)
		}
	}
	refused("rehearse.real", "--contest", code)
	refused("rehearse.real", "--contest", f.id)
	refused("rehearse.no_contest", "--contest", "nobody")
	refused("identity.", "--password", "wrong-wrong-wrong")
	refused("rehearse.range", "--judges", "0")
	_, user, password := f.person(contest.Grant{Role: contest.Organiser, Contest: idOf(t, f.id)})
	was = audit()
	refused("rehearse.forbidden", "--user", user, "--password", password)
	f.mustAct("dish", "open")
	before, was = f.untouched(t, "dish"), audit()
	refused("rehearse.marking")
}
