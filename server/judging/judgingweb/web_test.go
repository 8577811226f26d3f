package judgingweb_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging/judgingtest"
	"jiangtai/server/judging/judgingweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

// site is a world with the routes in front of it. Tokens are names of actors.
type site struct {
	*judgingtest.World
	*webtest.Site
	actors map[string]contest.Actor
}

func newSite(t testing.TB) *site {
	t.Helper()
	s := &site{World: judgingtest.New(t), actors: map[string]contest.Actor{
		"first":     judgingtest.Tablet(1, judgingtest.First),
		"second":    judgingtest.Tablet(1, judgingtest.First+1),
		"floor":     judgingtest.Tablet(1, judgingtest.Floor),
		"elsewhere": judgingtest.Tablet(2, judgingtest.First),
		"organiser": judgingtest.Staff(1, contest.Organiser, contest.ChiefJudge),
		"clerk":     judgingtest.Staff(5, contest.Clerk),
		"nobody":    {Account: judgingtest.ID('a', 6)},
	}}
	s.Events.Put(judgingtest.Setup(2, 3, contest.Rehearsal, "open", "open"))
	s.Site = webtest.New(t, web.Config{
		Now:        s.Now,
		BodyLimits: map[string]int{judgingweb.MarksPath: judgingweb.MarksLimit},
		Identify:   webtest.As(s.actors),
		Shortcuts:  map[string]web.Shortcut{judgingweb.MarksPath: judgingweb.Shortcut(s.Desk)},
	}, func(api fiber.Router) { judgingweb.Mount(api, s.Desk) })
	return s
}

type reply struct {
	status int
	body   string
	etag   string
}

// ask sends a request as the one whose token it is; headers come in pairs.
func (s *site) ask(t testing.TB, method, path, token, body string, headers ...string) reply {
	t.Helper()
	a := s.On(t).Send(token, method, path, body, headers...)
	return reply{a.Status, string(a.Body), a.Header.Get("ETag")}
}

type result struct {
	Status  int
	MarkID  string `json:"mark_id"`
	Receipt json.RawMessage
	Problem *problem
}

type problem struct {
	Status    int
	Code      string
	RequestID string `json:"request_id"`
	Fields    []fault.Field
}

// give posts marks and returns the results of 207, or one result that is the
// request's own problem.
func (s *site) give(t testing.TB, token, body string, headers ...string) []result {
	t.Helper()
	r := s.ask(t, "POST", judgingweb.MarksPath, token, body, headers...)
	if r.status != 207 {
		var p problem
		if err := json.Unmarshal([]byte(r.body), &p); err != nil || p.RequestID == "" || p.Status != r.status {
			t.Fatalf("status %d is no problem: %s", r.status, r.body)
		}
		return []result{{Status: r.status, Problem: &p}}
	}
	var in struct{ Results []result }
	if err := json.Unmarshal([]byte(r.body), &in); err != nil {
		t.Fatalf("%v: %s", err, r.body)
	}
	return in.Results
}

// fields is a mark as JSON, field by field, so that a case can spoil one.
type fields map[string]string

func (s *site) mark(actor contest.Actor) fields {
	m := s.Mark(actor, "001", "piece", "80")
	return fields{
		"mark_id": quote(m.MarkID.String()), "event": quote(m.Event.String()), "chair": fmt.Sprint(m.Chair), "work": `"001"`,
		"aspect": `"piece"`, "value": `"80"`, "version": "1", "device_seq": fmt.Sprint(m.DeviceSeq),
	}
}

func (f fields) with(name, raw string) fields {
	out := fields{}
	for k, v := range f {
		out[k] = v
	}
	if raw == "" {
		delete(out, name)
	} else {
		out[name] = raw
	}
	return out
}

func (f fields) json() string {
	parts := make([]string, 0, len(f))
	for k, v := range f {
		parts = append(parts, quote(k)+":"+v)
	}
	return "{" + strings.Join(parts, ",") + "}"
}

func body(marks ...fields) string {
	parts := make([]string, len(marks))
	for i, m := range marks {
		parts[i] = m.json()
	}
	return `{"marks":[` + strings.Join(parts, ",") + `]}`
}

func quote(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func (s *site) lines() int { return len(s.Memory.Lines(judgingtest.ID('l', 1))) }
