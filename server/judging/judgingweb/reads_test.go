package judgingweb_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jiangtai/server/judging/judgingtest"
)

var event = "/api/v1/events/" + judgingtest.ID('e', 1).String()

func TestBundleIsAnsweredOnce(t *testing.T) {
	s := newSite(t)
	s.Open(t, 1)
	first := s.ask(t, "GET", "/api/v1/tablet/bundle", "first", "", "X-Jiangtai-Pending", "3")
	if first.status != 200 || first.etag == "" {
		t.Fatalf("%d %s", first.status, first.body)
	}
	// Another chair's mark changes nothing here.
	if r := s.give(t, "second", body(s.mark(s.actors["second"]).with("work", `"002"`))); r[0].Status != 200 {
		t.Fatalf("%+v", r[0].Problem)
	}
	if again := s.ask(t, "GET", "/api/v1/tablet/bundle", "first", "", "If-None-Match", first.etag); again.status != 304 || again.body != "" {
		t.Errorf("again: %d %s", again.status, again.body)
	}
	if r := s.give(t, "first", body(s.mark(s.actors["first"]))); r[0].Status != 200 {
		t.Fatalf("%+v", r[0].Problem)
	}
	if again := s.ask(t, "GET", "/api/v1/tablet/bundle", "first", "", "If-None-Match", first.etag); again.status != 200 {
		t.Errorf("after a mark of its own: %d", again.status)
	}
	progress := s.ask(t, "GET", event+"/progress", "organiser", "")
	if progress.status != 200 || !strings.Contains(progress.body, `"pending":3`) {
		t.Errorf("progress: %d %s", progress.status, progress.body)
	}
}

func TestWhoReadsWhat(t *testing.T) {
	s := newSite(t)
	s.Open(t, 1)
	paths := []string{
		"/api/v1/tablet/bundle", event + "/panel/001/piece", event + "/progress", event + "/records", event + "/working/001",
		event + "/ledger", "/api/v1/contests/" + judgingtest.ID('c', 1).String() + "/desk",
	}
	want := map[string][]int{
		"":          {401, 401, 401, 401, 401, 401, 401},
		"first":     {200, 200, 404, 404, 404, 404, 404},
		"floor":     {200, 404, 404, 404, 404, 404, 404},
		"elsewhere": {200, 404, 404, 404, 404, 404, 404},
		"organiser": {403, 200, 200, 200, 200, 200, 200},
		"clerk":     {403, 403, 200, 403, 403, 403, 200},
		"nobody":    {403, 404, 404, 404, 404, 404, 404},
	}
	for token, statuses := range want {
		for i, path := range paths {
			if r := s.ask(t, "GET", path, token, ""); r.status != statuses[i] {
				t.Errorf("%q reads %s: %d, want %d: %s", token, path, r.status, statuses[i], r.body)
			}
		}
	}
	for _, path := range []string{event + "/working/999", event + "/panel/001/nothing", "/api/v1/events/x/progress", "/api/v1/events/" + judgingtest.ID('e', 77).String() + "/progress"} {
		if r := s.ask(t, "GET", path, "organiser", ""); r.status != 404 {
			t.Errorf("%s: %d", path, r.status)
		}
	}
}

func TestActsOverHTTP(t *testing.T) {
	s := newSite(t)
	act := func(token, body string) (int, string) {
		r := s.ask(t, "POST", event+"/acts", token, body)
		var in struct {
			Code    string
			Receipt json.RawMessage
		}
		if err := json.Unmarshal([]byte(r.body), &in); err != nil {
			t.Fatal(err)
		}
		return r.status, in.Code
	}
	id := func() string { return `"act_id":` + quote(s.MarkID().String()) }
	for _, c := range []struct {
		token, body string
		status      int
		code        string
	}{
		{"organiser", `{` + id() + `,"act":"freeze"}`, 423, "judging.not_open"},
		{"first", `{` + id() + `,"act":"open"}`, 404, "judging.missing"},
		{"clerk", `{` + id() + `,"act":"open"}`, 403, "judging.role"},
		{"organiser", `{"act":"open"}`, 400, "judging.mark_id_missing"},
		{"organiser", `{` + id() + `,"act":"open","seq":1}`, 400, "web.json"},
		{"organiser", `{` + id() + `,"act":"open"}`, 200, ""},
		{"organiser", `{` + id() + `,"act":"status","entry_no":"001","status":"dns","reason":"缺赛"}`, 200, ""},
		{"organiser", `{` + id() + `,"act":"policy","policy":"ranks"}`, 200, ""},
		{"organiser", `{` + id() + `,"act":"absent","work":"002","aspect":"piece","chair":2,"reason":"生病"}`, 200, ""},
		{"organiser", `{` + id() + `,"act":"unseal"}`, 403, "judging.two_persons"},
		{"organiser", `{` + id() + `,"act":"unseal","second":{"user":"supervisor","password":"wrong"}}`, 401, "identity.credentials"},
		{"organiser", `{` + id() + `,"act":"unseal","second":{"user":"supervisor","password":"right"}}`, 422, "judging.not_locked"},
		{"organiser", `{` + id() + `,"act":"lock"}`, 200, ""},
	} {
		if status, code := act(c.token, c.body); status != c.status || code != c.code {
			t.Errorf("%s by %s: %d %s, want %d %s", c.body, c.token, status, code, c.status, c.code)
		}
	}
}

func TestTheExportOverHTTPIsWhole(t *testing.T) {
	s := newSite(t)
	s.Open(t, 1)
	r := s.ask(t, "GET", event+"/ledger", "organiser", "")
	if err := judgingtest.Verify(s.World, r.body, s.lines()); r.status != 200 || err != nil {
		t.Fatalf("%d, %v", r.status, err)
	}
}

// Routes and the document agree, both ways.
func TestRoutesAreInTheDocument(t *testing.T) { newSite(t).Contract("judging") }
