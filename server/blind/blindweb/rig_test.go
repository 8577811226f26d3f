package blindweb_test

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
	"jiangtai/server/blind/blindtest"
	"jiangtai/server/blind/blindweb"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/web"
)

const (
	cook = "/api/v1/events/00000000-0000-0000-0000-00000000000b"
	weld = "/api/v1/events/00000000-0000-0000-0000-00000000000c"
)

// site is the desk over HTTP on a store in memory. Every answer is held against
// openapi.yaml.
type site struct {
	*testing.T
	*blindtest.Rig
	app    *fiber.App
	router routers.Router
}

func newSite(t *testing.T) *site {
	t.Helper()
	m := blindtest.NewMemory()
	s := &site{T: t, Rig: blindtest.NewRig(m, m)}
	actors := map[string]contest.Actor{
		"office": blindtest.Office, "host": blindtest.Host, "coder": blindtest.Coder, "other": blindtest.Other,
		"chief": blindtest.Chief, "watcher": blindtest.Watcher, "keyer": blindtest.Keyer, "root": blindtest.Root,
	}
	s.app = web.New(web.Config{
		Now: s.Clock,
		Identify: func(_ context.Context, token, _ string) (contest.Actor, error) {
			if a, ok := actors[token]; ok {
				return a, nil
			}
			return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
		},
	})
	blindweb.Mount(web.API(s.app), s.Desk)
	raw, err := schemas.Files.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(raw)
	if err != nil {
		t.Fatal(err)
	}
	doc.Servers = nil // any host
	if s.router, err = legacy.NewRouter(doc); err != nil {
		t.Fatal(err)
	}
	return s
}

// answer is what came back.
type answer struct {
	status int
	body   []byte
	cache  string
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
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.Header.Set("X-Jiangtai", "1")
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+as)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
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
	if resp.Header.Get("Content-Type") == "application/pdf" {
		return answer{resp.StatusCode, data, resp.Header.Get("Cache-Control")}
	}
	if err := openapi3filter.ValidateResponse(s.Context(), in); err != nil {
		s.Errorf("%s %s: the answer is not as openapi.yaml says: %v", method, path, err)
	}
	return answer{resp.StatusCode, data, resp.Header.Get("Cache-Control")}
}

// want sends and holds the answer's status and code.
func (s *site) want(status int, code string, a answer) answer {
	s.Helper()
	if a.status != status || code != "" && a.text("code") != code {
		s.Fatalf("%d %s, want %d %s", a.status, a.body, status, code)
	}
	return a
}
