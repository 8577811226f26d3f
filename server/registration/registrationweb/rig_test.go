package registrationweb_test

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
	"jiangtai/server/registration"
	"jiangtai/server/registration/registrationtest"
	"jiangtai/server/registration/registrationweb"
	"jiangtai/server/web"
)

const (
	xlsx   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	welder = "/api/v1/events/00000000-0000-0000-0000-00000000000b"
	turner = "/api/v1/events/00000000-0000-0000-0000-00000000000c"
	town   = "/api/v1/contests/00000000-0000-0000-0000-000000000001"
)

// site is the desk over HTTP on a store in memory. Every answer is held against
// openapi.yaml, and none may hold a number that the tests plant.
type site struct {
	*testing.T
	*registrationtest.Rig
	app    *fiber.App
	doc    *openapi3.T
	router routers.Router
}

func newSite(t *testing.T) *site {
	t.Helper()
	m := registrationtest.NewMemory()
	s := &site{T: t, Rig: registrationtest.NewRig(m, m)}
	actors := map[string]contest.Actor{
		"office": registrationtest.Office, "host": registrationtest.Host, "chief": registrationtest.Chief, "watcher": registrationtest.Watcher,
	}
	s.app = web.New(web.Config{
		Now:        s.Clock,
		BodyLimits: map[string]int{registrationweb.WorkbooksPath: registrationweb.WorkbooksLimit},
		Identify: func(_ context.Context, token, _ string) (contest.Actor, error) {
			if a, ok := actors[token]; ok {
				return a, nil
			}
			return contest.Actor{}, fault.New(fault.Unauthenticated, "web.sign_in")
		},
	})
	registrationweb.Mount(web.API(s.app), s.Desk)
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
	if _, err := s.PutContestTerms(t.Context(), registrationtest.Office, registrationtest.Town, registrationtest.Terms(), ""); err != nil {
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

// send asks as somebody; "" is the public.
func (s *site) send(as, method, path, body string, headers ...string) answer {
	s.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	req.Header.Set("X-Jiangtai", "1")
	if as != "" {
		req.Header.Set("Authorization", "Bearer "+as)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
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
	a := answer{resp.StatusCode, data, resp.Header}
	route, params, err := s.router.FindRoute(req)
	if err != nil {
		s.Fatalf("%s %s is not in openapi.yaml: %v", method, path, err)
	}
	for n := range 40 {
		if strings.HasSuffix(path, "/reveal") {
			break // the one answer that is there to tell it
		}
		if bytes.Contains(data, []byte(registrationtest.Number(n))) || bytes.Contains(data, []byte(registrationtest.Phone(n))) {
			s.Errorf("%s %s tells a number: %s", method, path, data)
		}
	}
	if resp.Header.Get("Content-Type") != xlsx && len(data) > 0 {
		in := &openapi3filter.ResponseValidationInput{
			RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route},
			Status:                 resp.StatusCode, Header: resp.Header,
		}
		in.SetBodyBytes(data)
		if err := openapi3filter.ValidateResponse(s.Context(), in); err != nil {
			s.Errorf("%s %s: the answer is not as openapi.yaml says: %v", method, path, err)
		}
	}
	return a
}

// want sends and holds the answer's status and code.
func (s *site) want(status int, code string, a answer) answer {
	s.Helper()
	if a.status != status || code != "" && a.text("code") != code {
		s.Fatalf("%d %s, want %d %s", a.status, a.body, status, code)
	}
	return a
}

// draft is an application of the n-th person as JSON; more are further members.
func draft(n int, more string) string {
	d := registrationtest.Draft(n)
	return fmt.Sprintf(`{%s"name":%q,"id_number":%q,"phone":%q,"unit_name":"第%d厂","employment":"employee","skill":"3","city_years":5,"trade_years":4,
"promise":true,"certificates":[{"kind":"健康证","until":"2027-01-31"}],"titles":[],"consent":{"notice":"v1","sensitive":true}}`,
		more, d.Name, d.IDNumber, d.Phone, n)
}

const forWelder = `"event":"00000000-0000-0000-0000-00000000000b",`

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

// filled is a template with rows written into it by the columns' titles.
func (s *site) filled(template answer, rows ...map[string]string) string {
	s.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(template.body))
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
			cell, _ := excelize.CoordinatesToCellName(i+1, n+3)
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

// person is a row of the sheet of applications.
func person(n int, change ...string) map[string]string {
	row := map[string]string{
		"姓名": "梁志远", "证件号码": registrationtest.Number(n), "手机号": registrationtest.Phone(n), "单位名称": fmt.Sprintf("第%d厂", n),
		"从事本工种年限": "4", "本人已承诺": "是", "本人已同意个人信息告知书": "是", "持有证件": "焊工证:2027-01-31、健康证", "用工形式": "农民工",
	}
	for i := 0; i < len(change); i += 2 {
		row[change[i]] = change[i+1]
	}
	return row
}

var _ registration.Store = (*registrationtest.Memory)(nil)
