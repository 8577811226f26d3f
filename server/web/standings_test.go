package web_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"gopkg.in/yaml.v3"

	"jiangtai/schemas"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/hub"
	"jiangtai/server/live"
	"jiangtai/server/web"
)

func TestPublicStandings(t *testing.T) {
	body := []byte(`{"rows":["` + strings.Repeat("一行", 400) + `"]}`)
	id := contest.ID{1}
	cfg := config()
	cfg.Standings = func(_ context.Context, event contest.ID) ([]byte, error) {
		switch event {
		case id:
			return body, nil
		case contest.ID{2}:
			return nil, fault.New(fault.Missing, "programme.missing")
		case contest.ID{3}:
			return nil, context.DeadlineExceeded
		}
		return nil, live.ErrMissing
	}
	app := newApp(t, cfg)
	at := func(id contest.ID) string { return "/api/v1/public/events/" + id.String() + "/standings" }
	first := ask(t, app, "GET", at(id), "")
	if first.status != 200 || first.body != string(body) || first.header.Get("Content-Type") != "application/json" {
		t.Fatalf("%d %v", first.status, first.header)
	}
	if a := ask(t, app, "GET", at(id), "", "If-None-Match", first.header.Get("ETag")); a.status != 304 || a.body != "" {
		t.Errorf("again: %d", a.status)
	}
	br := ask(t, app, "GET", at(id), "", "Accept-Encoding", "br")
	if br.header.Get("Content-Encoding") != "br" || len(br.body) >= len(body) || br.header.Get("ETag") == first.header.Get("ETag") {
		t.Errorf("br: %v", br.header)
	}
	body = []byte(`{"rows":[]}`)
	if a := ask(t, app, "GET", at(id), "", "If-None-Match", first.header.Get("ETag")); a.status != 200 || a.body != string(body) {
		t.Errorf("after a change: %d %q", a.status, a.body)
	}
	// What is hidden and what is missing answer the same.
	missing := ask(t, app, "GET", at(contest.ID{9}), "")
	for _, path := range []string{at(contest.ID{2}), "/api/v1/public/events/7/standings"} {
		a := ask(t, app, "GET", path, "")
		a.p.RequestID, missing.p.RequestID = "", ""
		if a.status != 404 || a.p.Code != "live.missing" || a.p.Title != missing.p.Title {
			t.Errorf("%s: %d %+v", path, a.status, a.p)
		}
	}
	if a := ask(t, app, "GET", at(contest.ID{3}), ""); a.status != 503 || a.p.Code != "live.unavailable" {
		t.Errorf("%d %+v", a.status, a.p)
	}
}

func TestPublicRow(t *testing.T) {
	cfg := config()
	cfg.Standings = func(context.Context, contest.ID) ([]byte, error) { return nil, live.ErrMissing }
	cfg.Row = func(_ context.Context, event contest.ID, key string) ([]byte, error) {
		if event != (contest.ID{1}) || key != "甲 7" {
			return nil, live.ErrMissing
		}
		return []byte(`{"rows":[{"k":"甲 7"}]}`), nil
	}
	app := newApp(t, cfg)
	root := "/api/v1/public/events/" + contest.ID{1}.String() + "/standings/"
	got := ask(t, app, "GET", root+"%E7%94%B2%207", "")
	if got.status != 200 || got.body != `{"rows":[{"k":"甲 7"}]}` || got.header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%d %q %v", got.status, got.body, got.header)
	}
	if a := ask(t, app, "GET", root+"%E7%94%B2%207", "", "If-None-Match", got.header.Get("ETag")); a.status != 304 {
		t.Errorf("again: %d", a.status)
	}
	for _, path := range []string{root + "8", "/api/v1/public/events/7/standings/8"} {
		if a := ask(t, app, "GET", path, ""); a.status != 404 || a.p.Code != "live.missing" {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

func TestHubMetrics(t *testing.T) {
	h := hub.New(hub.Config{Now: time.Now})
	t.Cleanup(func() { _ = h.Shutdown(context.Background()) })
	cfg := config()
	cfg.Metrics, cfg.Hub = prometheus.NewRegistry(), h
	newApp(t, cfg)
	if got := counts(cfg.Metrics); !strings.Contains(got, "jiangtai_live_sockets 0") {
		t.Errorf("%s", got)
	}
}

// Every route of the base that is no page stands in openapi.yaml.
func TestRoutesAreDocumented(t *testing.T) {
	raw, err := schemas.Files.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]any
	}
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	cfg := config()
	cfg.Standings = func(context.Context, contest.ID) ([]byte, error) { return nil, live.ErrMissing }
	for _, r := range web.Routes(web.New(cfg)) {
		if _, ok := doc.Paths[r.Path][strings.ToLower(r.Method)]; !ok {
			t.Errorf("%s %s is not in openapi.yaml", r.Method, r.Path)
		}
	}
}
