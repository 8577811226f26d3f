package readinessweb_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/readiness"
	"jiangtai/server/readiness/readinesstest"
	"jiangtai/server/readiness/readinessweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

func newSite(t *testing.T) *webtest.Site {
	t.Helper()
	m := &readinesstest.Memory{}
	r := readinesstest.New(m, m)
	return webtest.New(t, web.Config{Now: r.Now, Identify: webtest.As(map[string]contest.Actor{
		"tablet": readinesstest.Tablet(1, 1), "chief": readinesstest.Chief, "stranger": readinesstest.Stranger,
	})}, func(api fiber.Router) { readinessweb.Mount(api, r.Desk) })
}

const wall = "/events/e0000000-0000-0000-0000-000000000001/readiness"

func body(t *testing.T, lines []readiness.Line) string {
	t.Helper()
	list := make([]map[string]string, len(lines))
	for i, l := range lines {
		list[i] = map[string]string{"check": string(l.Check), "state": string(l.State), "detail": l.Detail}
	}
	raw, err := json.Marshal(map[string]any{"checks": list})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// Every exchange is held against openapi.yaml.
func TestReportAndWall(t *testing.T) {
	s := newSite(t)
	if got := s.Want(200, "", s.Send("tablet", "PUT", "/tablet/readiness", body(t, readinesstest.Good()))).Text("standing"); got != "ready" {
		t.Error(got)
	}
	a := s.Want(200, "", s.Send("chief", "GET", wall, ""))
	if a.Text("places", "0", "standing") != "ready" || a.Text("places", "0", "report", "checks", "0", "check") != "secure" ||
		a.Text("places", "1", "standing") != "unchecked" || a.Text("places", "3", "standing") != "no_tablet" || a.Text("trade") != "焊工" {
		t.Errorf("%s", a.Body)
	}
	s.Want(403, "readiness.tablet_only", s.Send("chief", "PUT", "/tablet/readiness", body(t, readinesstest.Good())))
	s.Want(404, "readiness.missing", s.Send("stranger", "GET", wall, ""))
	s.Want(401, "web.sign_in", s.Send("", "GET", wall, ""))
	s.Want(401, "web.sign_in", s.Send("", "PUT", "/tablet/readiness", body(t, readinesstest.Good())))
}

func TestBadBodies(t *testing.T) {
	s := newSite(t)
	for _, text := range []string{
		`{}`, `[]`, `{"checks":null}`, `{"checks":[{"check":"secure"}]}`, `{"checks":[{"check":"secure","state":"ok","detail":"x","more":1}]}`,
		`{"checks":[{"check":1,"state":"ok","detail":""}]}`, `{"checks":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`,
	} {
		if a := s.Send("tablet", "PUT", "/tablet/readiness", text); a.Status != 400 {
			t.Errorf("%s: %d %s", text, a.Status, a.Body)
		}
	}
}

func TestRoutesAreTheContract(t *testing.T) { newSite(t).Contract("readiness") }
