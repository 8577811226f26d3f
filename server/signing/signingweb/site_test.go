package signingweb_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
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
	"jiangtai/server/signing/signingtest"
	"jiangtai/server/signing/signingweb"
	"jiangtai/server/web"
)

const event = "/events/e0000000-0000-0000-0000-000000000001"

// site is signing over HTTP on a store in memory, with the real press and eyes.
// Every request and answer is held against openapi.yaml.
type site struct {
	*signingtest.Rig
	app    *fiber.App
	doc    *openapi3.T
	router routers.Router
}

func newSite(t *testing.T, o signingtest.Options) *site {
	t.Helper()
	m := signingtest.NewMemory()
	o.Press, o.Eyes = signingweb.NewPress(), signingweb.Eyes{}
	s := &site{Rig: signingtest.New(t, m, m, o)}
	actors := map[string]contest.Actor{
		"chief": signingtest.Chief, "host": signingtest.Host, "coder": signingtest.Coder, "visitor": signingtest.Visitor, "clerk": signingtest.Clerk,
		"supervisor": signingtest.Supervisor, "stranger": signingtest.Stranger,
	}
	s.app = web.New(web.Config{
		Now: s.Now, BodyLimits: map[string]int{signingweb.ScansPath: signingweb.ScansLimit},
		Identify: func(_ context.Context, token, _ string) (contest.Actor, error) {
			if a, ok := actors[token]; ok {
				return a, nil
			}
			return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
		},
	})
	signingweb.Mount(web.API(s.app), s.Desk)
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
	head   http.Header
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

// send asks as somebody; "" is the public. A body is JSON, or a file where scans go.
func (s *site) send(as, method, path, body string) answer {
	s.T.Helper()
	req := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	req.Header.Set("X-Jiangtai", "1")
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+as)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/json")
		if strings.HasPrefix(path, "/documents/scans") {
			req.Header.Set("Content-Type", "application/octet-stream")
		}
	}
	resp, err := s.app.Test(req, 60_000)
	if err != nil {
		s.T.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		s.T.Fatal(err)
	}
	s.holds(req, resp, data, body)
	return answer{resp.StatusCode, resp.Header, data}
}

// holds looks an exchange up in the contract.
func (s *site) holds(req *http.Request, resp *http.Response, data []byte, body string) {
	s.T.Helper()
	route, params, err := s.router.FindRoute(req)
	if err != nil {
		s.T.Fatalf("%s %s is not in openapi.yaml: %v", req.Method, req.URL, err)
	}
	asked := &openapi3filter.RequestValidationInput{
		Request: req, PathParams: params, Route: route, Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc},
	}
	in := &openapi3filter.ResponseValidationInput{RequestValidationInput: asked, Status: resp.StatusCode, Header: resp.Header}
	if kind := resp.Header.Get("Content-Type"); strings.Contains(kind, "json") {
		in.SetBodyBytes(data)
		if err := openapi3filter.ValidateResponse(s.T.Context(), in); err != nil {
			s.T.Errorf("%s %s: the answer is not as openapi.yaml says: %v", req.Method, req.URL, err)
		}
	} else if said := route.Operation.Responses.Status(resp.StatusCode); said == nil || said.Value.Content.Get(kind) == nil {
		s.T.Errorf("%s %s: %d %s is not in openapi.yaml", req.Method, req.URL, resp.StatusCode, kind)
	}
	if resp.StatusCode < 300 && req.Header.Get("Content-Type") == "application/json" { // what was accepted must be in the contract
		req.Body = io.NopCloser(strings.NewReader(body))
		if err := openapi3filter.ValidateRequest(s.T.Context(), asked); err != nil {
			s.T.Errorf("%s %s: the request is not as openapi.yaml says: %v", req.Method, req.URL, err)
		}
	}
}

// want holds an answer's status and code.
func (s *site) want(status int, code string, a answer) answer {
	s.T.Helper()
	if a.status != status || code != "" && a.text("code") != code {
		s.T.Fatalf("%d %.300s, want %d %s", a.status, a.body, status, code)
	}
	return a
}
