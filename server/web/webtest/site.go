package webtest

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/gofiber/fiber/v2"

	"jiangtai/schemas"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/web"
)

// Site is a room over HTTP.
type Site struct {
	App *fiber.App
	Doc *openapi3.T // the contract; not to be changed

	t      testing.TB
	cfg    web.Config
	router routers.Router
}

// New serves what mount puts below /api/v1. Who asks is found by cfg.Identify.
func New(t testing.TB, cfg web.Config, mount func(fiber.Router)) *Site {
	t.Helper()
	c, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{App: web.New(cfg), Doc: c.doc, t: t, cfg: cfg, router: c.router}
	mount(web.API(s.App))
	return s
}

// As are people by the token that they send, for web.Config.Identify. The map may
// grow while it is used.
func As(people map[string]contest.Actor) func(context.Context, string, string) (contest.Actor, error) {
	return func(_ context.Context, token, _ string) (contest.Actor, error) {
		if a, ok := people[token]; ok {
			return a, nil
		}
		return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
	}
}

// On is the same site, whose faults are another test's.
func (s *Site) On(t testing.TB) *Site {
	other := *s
	other.t = t
	return &other
}

// Send asks as somebody; "" is the public. The path is the whole one or what
// follows /api/v1; a body is JSON unless the headers, in pairs, say another thing.
func (s *Site) Send(as, method, path, body string, headers ...string) Answer {
	s.t.Helper()
	if !strings.HasPrefix(path, "/api/") {
		path = "/api/v1" + path
	}
	req := httptest.NewRequestWithContext(s.t.Context(), method, path, strings.NewReader(body))
	req.Header.Set("X-Jiangtai", "1")
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+as)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	return s.Exchange(req)
}

// Exchange makes a request and holds the exchange against the contract.
func (s *Site) Exchange(req *http.Request) Answer {
	s.t.Helper()
	asked, err := io.ReadAll(req.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Body = io.NopCloser(strings.NewReader(string(asked)))
	resp, err := s.App.Test(req, 60_000)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	a := Answer{Status: resp.StatusCode, Header: resp.Header, Body: body}
	s.hold(req, asked, a)
	return a
}

// Want holds an answer's status and, unless "", its code.
func (s *Site) Want(status int, code string, a Answer) Answer {
	s.t.Helper()
	if a.Status != status || code != "" && a.Text("code") != code {
		s.t.Fatalf("%d %.300s, want %d %s", a.Status, a.Body, status, code)
	}
	return a
}

type contractOf struct {
	doc    *openapi3.T
	router routers.Router
}

var contract = sync.OnceValues(func() (c contractOf, err error) {
	raw, err := schemas.Files.ReadFile("openapi.yaml")
	if err != nil {
		return c, err
	}
	if c.doc, err = openapi3.NewLoader().LoadFromData(raw); err != nil {
		return c, err
	}
	c.doc.Servers = nil // any host
	c.router, err = legacy.NewRouter(c.doc)
	return c, err
})
