package resultsweb_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"github.com/gofiber/fiber/v2"

	"jiangtai/schemas"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/results/resultstest"
	"jiangtai/server/results/resultsweb"
	"jiangtai/server/web"
)

const event = "/events/e0000000-0000-0000-0000-000000000001"

// site is results over HTTP on a store in memory. Every request and answer is
// held against openapi.yaml.
type site struct {
	*resultstest.Rig
	app    *fiber.App
	doc    *openapi3.T
	router routers.Router
}

func newSite(t *testing.T, o resultstest.Options) *site {
	t.Helper()
	m := resultstest.NewMemory()
	s := &site{Rig: resultstest.New(t, m, m, o)}
	actors := map[string]contest.Actor{
		"chief": resultstest.Chief, "supervisor": resultstest.Supervisor, "organiser": resultstest.Organiser, "host": resultstest.Host,
		"stranger": resultstest.Stranger,
	}
	s.app = web.New(web.Config{Now: s.Now, Identify: func(_ context.Context, token, _ string) (contest.Actor, error) {
		if a, ok := actors[token]; ok {
			return a, nil
		}
		return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
	}})
	resultsweb.Mount(web.API(s.app), s.Desk)
	raw, err := schemas.Files.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if s.doc, err = openapi3.NewLoader().LoadFromData(raw); err != nil {
		t.Fatal(err)
	}
	s.doc.Servers = nil // any host
	if s.router, err = legacy.NewRouter(s.doc); err != nil {
		t.Fatal(err)
	}
	return s
}

// answer is what came back.
type answer struct {
	status int
	body   []byte
}

// text finds a text in the answer by its keys.
func (a answer) text(keys ...string) string {
	var v any
	if json.Unmarshal(a.body, &v) != nil {
		return ""
	}
	for _, k := range keys {
		switch at := v.(type) {
		case map[string]any:
			v = at[k]
		case []any:
			i, err := strconv.Atoi(k)
			if err != nil || i >= len(at) {
				return ""
			}
			v = at[i]
		}
	}
	return fmt.Sprint(v)
}

// send asks as somebody; "" is the public.
func (s *site) send(as, method, path, body string) answer {
	s.T.Helper()
	req := httptest.NewRequest(method, "http://localhost/api/v1"+path, strings.NewReader(body))
	req.Header.Set("X-Jiangtai", "1")
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+as)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := s.app.Test(req, 20_000)
	if err != nil {
		s.T.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		s.T.Fatal(err)
	}
	route, params, err := s.router.FindRoute(req)
	if err != nil {
		s.T.Fatalf("%s %s is not in openapi.yaml: %v", method, path, err)
	}
	asked := &openapi3filter.RequestValidationInput{
		Request: req, PathParams: params, Route: route, Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	}
	in := &openapi3filter.ResponseValidationInput{RequestValidationInput: asked, Status: resp.StatusCode, Header: resp.Header}
	in.SetBodyBytes(data)
	if err := openapi3filter.ValidateResponse(s.T.Context(), in); err != nil {
		s.T.Errorf("%s %s: the answer is not as openapi.yaml says: %v", method, path, err)
	}
	if resp.StatusCode < 300 && body != "" { // what was accepted must be in the contract
		req.Body = io.NopCloser(strings.NewReader(body))
		if err := openapi3filter.ValidateRequest(s.T.Context(), asked); err != nil {
			s.T.Errorf("%s %s: the request is not as openapi.yaml says: %v", method, path, err)
		}
	}
	return answer{resp.StatusCode, data}
}

// want holds an answer's status and code.
func (s *site) want(status int, code string, a answer) answer {
	s.T.Helper()
	if a.status != status || code != "" && a.text("code") != code {
		s.T.Fatalf("%d %s, want %d %s", a.status, a.body, status, code)
	}
	return a
}
