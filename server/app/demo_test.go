package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/server/app"
	"jiangtai/server/rehearsal"
)

// demoBook is what scripts read of `demo --accounts FILE`.
type demoBook struct {
	Base     string `json:"base"`
	Accounts []struct {
		Role, User, Password string
	} `json:"accounts"`
	Chairs []struct {
		Event, Panel, Code string
		Chair              int
	} `json:"chairs"`
}

// runDemo starts the demonstration on a free port and waits until it says something. What it
// said grows on; the function ends it, and in order.
func runDemo(t *testing.T, until string, flags ...string) (*logKeeper, func()) {
	t.Helper()
	said, log := &logKeeper{}, &logKeeper{}
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	ended := make(chan int, 1)
	go func() {
		ended <- app.Main(ctx, app.Invocation{
			Args:  append([]string{"demo", "--http-addr", "127.0.0.1:0"}, flags...),
			Stdin: strings.NewReader(""), Stdout: said, Stderr: log, Version: "test",
		})
	}()
	eventually(t, 3*time.Minute, until, func() bool {
		select {
		case code := <-ended:
			t.Fatalf("it ended with %d: %s%s", code, said, log)
		default:
		}
		return strings.Contains(said.String(), until)
	})
	return said, func() {
		t.Helper()
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("it ended with %d: %s", code, log)
		}
	}
}

// TestDemo runs a small demonstration at high speed until every event is
// published that does not wait for a visitor, signs in with what it wrote down,
// looks at what waits, and ends it.
func TestDemo(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	file := filepath.Join(tmp, "accounts.json")
	said, end := runDemo(t, "all events are published", "--trades", "12", "--entries", "5", "--speed", "20000", "--seed", "7", "--accounts", file)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var book demoBook
	if err := json.Unmarshal(raw, &book); err != nil {
		t.Fatal(err)
	}
	lookIntoDemo(t, book)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file with passwords has the mode %v", info.Mode())
	}
	for _, s := range []string{book.Base + "/screen", book.Base + "/console", book.Accounts[0].Password, "invented"} {
		if !strings.Contains(said.String(), s) {
			t.Errorf("it does not print %s", s)
		}
	}
	end()
	if left, _ := filepath.Glob(filepath.Join(tmp, "jiangtai-demo-*")); len(left) > 0 {
		t.Errorf("it leaves %v", left)
	}
}

func lookIntoDemo(t *testing.T, book demoBook) {
	t.Helper()
	public := rehearsal.NewClient(book.Base)
	defer public.Rest()
	var list struct {
		Events []struct{ ID, Trade, Stage, Phase, Kind, Depth string }
		Total  int
	}
	get(t, public, "/api/v1/public/events", &list)
	if list.Total != 12+2 {
		t.Errorf("%d events", list.Total)
	}
	chairs := map[string]int{}
	for _, c := range book.Chairs {
		chairs[c.Event]++
		if c.Panel == "" || c.Chair < 1 {
			t.Errorf("chair %+v", c)
		}
	}
	ids := map[string]string{}
	for _, e := range list.Events {
		if e.Trade == "工业视觉系统运维员" {
			ids["vision-"+e.Stage] = e.ID
			continue
		}
		ids[e.Trade] = e.ID
		if _, waits := waitingInDemo[e.Trade]; waits {
			continue
		}
		if e.Phase != "official" || e.Kind != "demo" || e.Trade == "焊工" && chairs[e.ID] == 0 {
			t.Errorf("%+v with %d chairs", e, chairs[e.ID])
		}
		var snapshot []byte
		get(t, public, "/api/v1/public/events/"+e.ID+"/standings", &snapshot)
		b, err := rehearsal.ReadBoard(snapshot)
		if err != nil || len(b.Rows) < 5 || b.List()[0].Rank != 1 || b.List()[0].Total == "" {
			t.Errorf("%s: %v %v", e.Trade, err, b.List())
		}
	}
	lookAtDesks(t, public, book, ids)
	acceptedInDemo(t, public, book)
	roles := map[string]bool{}
	for _, a := range book.Accounts {
		roles[a.Role] = true
		if _, err := public.SignIn(t.Context(), a.User, a.Password); err != nil {
			t.Error(err)
		}
	}
	for _, r := range []string{"administrator", "organiser", "chief_judge", "supervisor", "host", "spectator", "coding_judge", "clerk"} {
		if !roles[r] {
			t.Errorf("no account of the role %s", r)
		}
	}
	tablet, err := public.Pair(t.Context(), book.Chairs[0].Code)
	if err != nil {
		t.Fatal(err)
	}
	get(t, tablet, "/api/v1/tablet/bundle", nil)
}

// waitingInDemo is what each event still owes that waits for a visitor.
var waitingInDemo = map[string]string{
	"车工":   "running marks spread lock",
	"铣工":   "running mark_sheet panel_summary recheck_left unseal result_list publish",
	"磨工":   "rechecked unseal result_list publish",
	"模具工":  "waiting not_open",
	"数控铣工": "running marks lock",
}

// lookAtDesks holds what a visitor can try against what was promised: something
// missing, a paper to be signed, an unsealing, a draw, sheets to be keyed in; and
// one event that went all the way.
func lookAtDesks(t *testing.T, public *rehearsal.Client, book demoBook, ids map[string]string) {
	t.Helper()
	as := map[string]*rehearsal.Client{}
	for _, a := range book.Accounts {
		var err error
		if as[a.User], err = public.SignIn(t.Context(), a.User, a.Password); err != nil {
			t.Fatal(err)
		}
	}
	owes := func(trade string) string {
		t.Helper()
		var out struct {
			State string
			Lines []struct{ Kind string }
		}
		get(t, as["chief"], "/api/v1/events/"+ids[trade]+"/outstanding", &out)
		words := []string{out.State}
		for _, l := range out.Lines {
			if !slices.Contains(words, l.Kind) && l.Kind != "silent" {
				words = append(words, l.Kind)
			}
		}
		return strings.Join(words, " ")
	}
	for trade, want := range waitingInDemo {
		if got := owes(trade); got != want {
			t.Errorf("%s: %s, want %s", trade, got, want)
		}
	}
	if got := owes("钳工"); got != "notice" {
		t.Errorf("the whole way: %s", got)
	}
	lookAtPapers(t, as, ids)
	lookAtFloor(t, as["chief"], ids["焊工"], 4)
	lookAtFloor(t, as["chief"], ids["加工中心操作工"], 1) // teams: there are few, and their time is marked
	lookAtStages(t, public, as["host"], ids)
}

// lookAtStages looks at the trade with two stages: the preliminary says who goes
// on, they are the final's entries, and its numbers wait to be carried over.
func lookAtStages(t *testing.T, public, host *rehearsal.Client, ids map[string]string) {
	t.Helper()
	var way struct{ Advanced []string }
	get(t, public, "/api/v1/public/events/"+ids["vision-preliminary"]+"/stage", &way)
	var carry struct{ Counts struct{ New, Without int } }
	get(t, host, "/api/v1/events/"+ids["vision-final"]+"/stage/carry", &carry)
	if len(way.Advanced) < 8 || carry.Counts.New != len(way.Advanced) || carry.Counts.Without != 0 {
		t.Errorf("%v go on, to be carried over: %+v", way.Advanced, carry.Counts)
	}
}

// lookAtPapers looks at the coding desk, at what the clerk has to key in, and at
// signed papers.
func lookAtPapers(t *testing.T, as map[string]*rehearsal.Client, ids map[string]string) {
	t.Helper()
	var desk struct {
		Layers []struct {
			Layer       string
			Drawn, Rest int
			Own         bool
		}
	}
	get(t, as["coder-seat"], "/api/v1/events/"+ids["模具工"]+"/coding", &desk)
	if len(desk.Layers) != 2 || desk.Layers[0].Drawn != 2 || !desk.Layers[0].Own {
		t.Errorf("the draw of seats: %+v", desk.Layers)
	}
	var keyed struct {
		Sheets []struct{ Done, Need int }
	}
	get(t, as["clerk"], "/api/v1/events/"+ids["数控铣工"]+"/marks-sheets", &keyed)
	whole, begun, none := 0, 0, 0
	for _, s := range keyed.Sheets {
		switch s.Done {
		case s.Need:
			whole++
		case 0:
			none++
		default:
			begun++
		}
	}
	if whole == 0 || begun == 0 || none == 0 {
		t.Errorf("sheets on paper: %+v", keyed.Sheets)
	}
	var papers struct {
		Documents []struct {
			Kind string
			Scan *struct{ Type string }
		}
	}
	get(t, as["organiser"], "/api/v1/events/"+ids["钳工"]+"/documents", &papers)
	if len(papers.Documents) != 6+3+1 || papers.Documents[0].Kind != "result_list" || papers.Documents[0].Scan == nil {
		t.Errorf("papers: %+v", papers.Documents)
	}
	var scan []byte
	get(t, as["organiser"], "/api/v1/events/"+ids["钳工"]+"/documents/10/scan", &scan)
	if !bytes.HasPrefix(scan, []byte("\x89PNG")) {
		t.Error("the signed list has no picture")
	}
}

// lookAtFloor looks at the clocks of an event: some sessions were there from the start,
// all are handed in by now, and signed or refused those that were.
func lookAtFloor(t *testing.T, chief *rehearsal.Client, event string, least int) {
	t.Helper()
	var floor struct {
		Sessions []struct {
			State     string
			Net       int64
			Signature *struct{ Kind string }
		}
	}
	get(t, chief, "/api/v1/events/"+event+"/sessions", &floor)
	signed := 0
	for _, s := range floor.Sessions {
		if s.State != "handed_in" || s.Net <= 0 {
			t.Errorf("%+v", s)
		}
		if s.Signature != nil {
			signed++
		}
	}
	if len(floor.Sessions) < least || signed < least-1 {
		t.Errorf("%d sessions, %d signed", len(floor.Sessions), signed)
	}
}

// acceptedInDemo looks into the plan: of the published and filed events all are
// accepted but the last, which waits for the office.
func acceptedInDemo(t *testing.T, public *rehearsal.Client, book demoBook) {
	t.Helper()
	admin, err := public.SignIn(t.Context(), book.Accounts[0].User, book.Accounts[0].Password)
	if err != nil {
		t.Fatal(err)
	}
	var year struct {
		Lines []struct{ Filing struct{ State string } }
	}
	get(t, admin, "/api/v1/plan", &year)
	states := map[string]int{}
	for _, l := range year.Lines {
		states[l.Filing.State]++
	}
	if states["accepted"] != 5 || states["reported"] != 1 {
		t.Errorf("filings of the demonstration: %v", states)
	}
}
