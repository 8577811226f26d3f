package app_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
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

// TestDemo runs a small demonstration at high speed until every event is
// published, signs in with what it wrote down, and ends it.
func TestDemo(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	file := filepath.Join(tmp, "accounts.json")
	said, log := &logKeeper{}, &logKeeper{}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	ended := make(chan int, 1)
	go func() {
		ended <- app.Main(ctx, app.Invocation{
			Args:  []string{"demo", "--trades", "3", "--entries", "4", "--speed", "20000", "--seed", "7", "--accounts", file, "--http-addr", "127.0.0.1:0"},
			Stdin: strings.NewReader(""), Stdout: said, Stderr: log, Version: "test",
		})
	}()
	eventually(t, 3*time.Minute, "all events are published", func() bool {
		select {
		case code := <-ended:
			t.Fatalf("it ended with %d: %s%s", code, said, log)
		default:
		}
		return strings.Contains(said.String(), "all events are published")
	})
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
	stop()
	if code := <-ended; code != 0 {
		t.Errorf("it ended with %d: %s", code, log)
	}
	if left, _ := filepath.Glob(filepath.Join(tmp, "jiangtai-demo-*")); len(left) > 0 {
		t.Errorf("it leaves %v", left)
	}
}

func lookIntoDemo(t *testing.T, book demoBook) {
	t.Helper()
	public := rehearsal.NewClient(book.Base)
	defer public.Rest()
	var list struct {
		Events []struct{ ID, Phase, Kind string }
		Total  int
	}
	get(t, public, "/api/v1/public/events", &list)
	if list.Total != 3 {
		t.Errorf("%d events", list.Total)
	}
	chairs := map[string]int{}
	for _, c := range book.Chairs {
		chairs[c.Event]++
		if c.Panel == "" || c.Chair < 1 {
			t.Errorf("chair %+v", c)
		}
	}
	for _, e := range list.Events {
		if e.Phase != "official" || e.Kind != "demo" || chairs[e.ID] == 0 {
			t.Errorf("%+v with %d chairs", e, chairs[e.ID])
		}
		var snapshot []byte
		get(t, public, "/api/v1/public/events/"+e.ID+"/standings", &snapshot)
		b, err := rehearsal.ReadBoard(snapshot)
		if err != nil || len(b.Rows) != 4 || b.List()[0].Rank != 1 || b.List()[0].Total == "" {
			t.Errorf("%v %v", err, b.List())
		}
	}
	acceptedInDemo(t, public, book)
	roles := map[string]bool{}
	for _, a := range book.Accounts {
		roles[a.Role] = true
		if _, err := public.SignIn(t.Context(), a.User, a.Password); err != nil {
			t.Error(err)
		}
	}
	for _, r := range []string{"administrator", "organiser", "chief_judge", "supervisor", "host", "spectator"} {
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

// acceptedInDemo looks into the plan: of three published events two are accepted,
// and the last waits for the office.
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
	if states["accepted"] != 2 || states["reported"] != 1 {
		t.Errorf("filings of the demonstration: %v", states)
	}
}
