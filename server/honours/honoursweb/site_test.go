package honoursweb_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
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
	"jiangtai/server/honours/honourstest"
	"jiangtai/server/honours/honoursweb"
	"jiangtai/server/web"
)

// site is honours over HTTP, on an office in memory. Every request and answer is
// held against openapi.yaml.
type site struct {
	*honourstest.City
	app    *fiber.App
	actors map[string]contest.Actor
	router routers.Router
}

func newSite(t *testing.T) *site {
	t.Helper()
	files, err := fs.Sub(schemas.Honours, "honours")
	if err != nil {
		t.Fatal(err)
	}
	m := honourstest.NewMemory()
	s := &site{City: honourstest.NewCity(t, honourstest.NewRig(t, m, m, files)), actors: map[string]contest.Actor{
		"steward": honourstest.Steward, "stranger": honourstest.Stranger, "county": honourstest.County, "a": honourstest.OfficeA,
		"b": honourstest.OfficeB, "c": honourstest.OfficeC, "m0": honourstest.Members[0], "m1": honourstest.Members[1], "admin": honourstest.Admin,
		"nobody": {Account: contest.ID{1}},
	}}
	s.app = web.New(web.Config{
		Now: s.Clock, BodyLimits: map[string]int{honoursweb.FilesPath: honoursweb.FilesLimit},
		Identify: func(_ context.Context, token, _ string) (contest.Actor, error) {
			if a, ok := s.actors[token]; ok {
				return a, nil
			}
			return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
		},
	})
	honoursweb.Mount(web.API(s.app), s.Office, s.Room, s.Papers, s.Desk)
	doc, err := openapi3.NewLoader().LoadFromData(contract(t))
	if err != nil {
		t.Fatal(err)
	}
	doc.Servers = nil // any host
	if s.router, err = legacy.NewRouter(doc); err != nil {
		t.Fatal(err)
	}
	return s
}

func contract(t testing.TB) []byte {
	t.Helper()
	raw, err := schemas.Files.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return raw
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
	s.Helper()
	path = "/api/v1" + path
	req := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(body))
	req.Header.Set("X-Jiangtai", "1")
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+as)
	}
	kind := "application/json"
	if strings.HasPrefix(path, "/api/v1/honours/files") {
		kind = "application/octet-stream"
	}
	if body != "" {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := s.app.Test(req, 20_000)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	route, params, err := s.router.FindRoute(req)
	if err != nil {
		s.Fatalf("%s %s is not in openapi.yaml: %v", method, path, err)
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route},
		Status:                 resp.StatusCode, Header: resp.Header,
	}
	in.SetBodyBytes(data)
	if err := openapi3filter.ValidateResponse(s.Context(), in); err != nil {
		s.Errorf("%s %s: the answer is not as openapi.yaml says: %v", method, path, err)
	}
	if resp.StatusCode < 300 && body != "" { // what was accepted must be in the contract
		req.Body = io.NopCloser(strings.NewReader(body))
		options := &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
		if err := openapi3filter.ValidateRequest(s.Context(), &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route, Options: options}); err != nil {
			s.Errorf("%s %s: the request is not as openapi.yaml says: %v", method, path, err)
		}
	}
	return answer{resp.StatusCode, data}
}

// want sends and holds the answer's status and code.
func (s *site) want(status int, code string, a answer) answer {
	s.Helper()
	if a.status != status || code != "" && a.text("code") != code {
		s.Fatalf("%d %s, want %d %s", a.status, a.body, status, code)
	}
	return a
}
