package planweb_test

import (
	"bytes"
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
	"github.com/xuri/excelize/v2"

	"jiangtai/schemas"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/plan/plantest"
	"jiangtai/server/plan/planweb"
	"jiangtai/server/web"
)

const (
	xlsx   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	sheet  = "/api/v1/plan/sheet"
	welder = "/api/v1/events/00000000-0000-0000-0000-00000000000b/filing"
	town   = "/api/v1/contests/00000000-0000-0000-0000-000000000001"
)

// site is the desk over HTTP on a store in memory. Every answer is held against
// openapi.yaml.
type site struct {
	*testing.T
	*plantest.Rig
	app    *fiber.App
	doc    *openapi3.T
	router routers.Router
}

func newSite(t *testing.T) *site {
	t.Helper()
	m := plantest.NewMemory()
	s := &site{T: t, Rig: plantest.NewRig(m, m)}
	actors := map[string]contest.Actor{
		"office": plantest.Office, "second": plantest.Second, "host": plantest.PortHost, "other": plantest.OtherHost, "chief": plantest.Chief,
		"watcher": plantest.Watcher,
	}
	s.app = web.New(web.Config{
		Now:        s.Clock,
		BodyLimits: map[string]int{planweb.FilesPath: planweb.FilesLimit, planweb.SheetPath: planweb.SheetLimit},
		Identify: func(_ context.Context, token, _ string) (contest.Actor, error) {
			if a, ok := actors[token]; ok {
				return a, nil
			}
			return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
		},
	})
	planweb.Mount(web.API(s.app), s.Desk)
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
	header map[string][]string
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

// places are the faults of an answer: fields of a problem, or faults of a preview.
func (a answer) places() string {
	var v struct{ Fields, Faults []fault.Field }
	_ = json.Unmarshal(a.body, &v)
	var out []string
	for _, f := range append(v.Fields, v.Faults...) {
		out = append(out, f.Path+"="+f.Code)
	}
	return strings.Join(out, " ")
}

// send asks as somebody; "" is the public. kind is the body's media type, JSON
// when empty.
func (s *site) send(as, method, path, body, kind string) answer {
	s.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.Header.Set("X-Jiangtai", "1")
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+as)
	}
	if body != "" {
		if kind == "" {
			kind = "application/json"
		}
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
	if strings.Contains(resp.Header.Get("Content-Type"), "json") {
		in := &openapi3filter.ResponseValidationInput{
			RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route},
			Status:                 resp.StatusCode, Header: resp.Header,
		}
		in.SetBodyBytes(data)
		if err := openapi3filter.ValidateResponse(s.Context(), in); err != nil {
			s.Errorf("%s %s: the answer is not as openapi.yaml says: %v", method, path, err)
		}
	}
	return answer{resp.StatusCode, data, resp.Header}
}

// want holds an answer's status and code.
func (s *site) want(status int, code string, a answer) answer {
	s.Helper()
	if a.status != status || code != "" && a.text("code") != code {
		s.Fatalf("%d %s, want %d %s", a.status, a.body, status, code)
	}
	return a
}

// sheet reads the first sheet of a workbook that came back.
func (s *site) sheet(a answer) [][]string {
	s.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(a.body))
	if err != nil {
		s.Fatal(err, string(a.body[:min(200, len(a.body))]))
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		s.Fatal(err)
	}
	return rows
}

// filled is a workbook with cells set by row and the columns' titles.
func (s *site) filled(book answer, rows map[int]map[string]string) string {
	s.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book.body))
	if err != nil {
		s.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	head, err := f.GetRows(name)
	if err != nil {
		s.Fatal(err)
	}
	for n, row := range rows {
		for i, title := range head[0] {
			cell, _ := excelize.CoordinatesToCellName(i+1, n)
			if v, ok := row[strings.TrimSuffix(title, " *")]; ok {
				if err := f.SetCellStr(name, cell, v); err != nil {
					s.Fatal(err)
				}
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		s.Fatal(err)
	}
	return b.String()
}
