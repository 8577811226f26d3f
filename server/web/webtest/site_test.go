package webtest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/xuri/excelize/v2"

	"jiangtai/server/contest"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

// ear is a test that keeps what it is told.
type ear struct {
	testing.TB
	heard []string
}

func (e *ear) Errorf(format string, args ...any) {
	e.heard = append(e.heard, fmt.Sprintf(format, args...))
}
func (e *ear) Fatalf(format string, args ...any) { e.Errorf(format, args...) }

// room answers as it is told and has a route that nobody wrote down.
type room struct {
	status     int
	kind, body string
}

func (r *room) mount(api fiber.Router) {
	answer := func(c *fiber.Ctx) error {
		c.Set("Content-Type", r.kind)
		return c.Status(r.status).SendString(r.body)
	}
	api.Post("/pairings", web.SignedIn, answer).Name("identity.pair")
	api.Get("/nowhere", web.SignedIn, answer).Name("identity.nowhere")
}

func TestWhatIsNotInTheContractIsHeard(t *testing.T) {
	const ticket = `{"token":"t","expires_at":"2026-05-18T00:00:00Z"}`
	now := func() time.Time { return time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC) }
	r := &room{}
	site := webtest.New(t, web.Config{Now: now, Identify: webtest.As(map[string]contest.Actor{"me": {Account: contest.ID{1}}})}, r.mount)
	for _, c := range []struct {
		name, method, path, asked string
		says                      room
		want                      string // a part of what is heard; "" is nothing
	}{
		{"as it says", "POST", "/pairings", `{"code":"ABCD1234"}`, room{201, "application/json", ticket}, ""},
		{"by the whole path", "POST", "/api/v1/pairings", `{"code":"ABCD1234"}`, room{201, "application/json", ticket}, ""},
		{"a body of another shape", "POST", "/pairings", `{"code":"ABCD1234"}`, room{201, "application/json", `{"tokens":1}`}, "the answer is not"},
		{"a status that is none", "POST", "/pairings", `{"code":"ABCD1234"}`, room{200, "application/json", ticket}, "the answer is not"},
		{"no body", "POST", "/pairings", `{"code":"ABCD1234"}`, room{201, "application/json", ""}, "the answer is not"},
		{"another type", "POST", "/pairings", `{"code":"ABCD1234"}`, room{201, "text/plain", "t"}, "201 text/plain is not"},
		{"a request that it should have refused", "POST", "/pairings", `{"kode":"ABCD1234"}`, room{201, "application/json", ticket}, "the request is not"},
		{"an address that nobody wrote down", "GET", "/nowhere", "", room{200, "application/json", "{}"}, "is not in openapi.yaml"},
	} {
		*r = c.says
		e := &ear{TB: t}
		a := site.On(e).Send("me", c.method, c.path, c.asked)
		if heard := strings.Join(e.heard, "; "); c.want == "" && heard != "" || !strings.Contains(heard, c.want) {
			t.Errorf("%s: heard %q, want %q", c.name, heard, c.want)
		}
		if a.Status != c.says.status || string(a.Body) != c.says.body {
			t.Errorf("%s: %d %s", c.name, a.Status, a.Body)
		}
	}
	e := &ear{TB: t}
	site.On(e).Want(200, "", webtest.Answer{Status: 201})
	site.On(e).Want(404, "a.b", webtest.Answer{Status: 404, Body: []byte(`{"code":"a.c"}`)})
	site.On(e).Contract("identity")
	if len(e.heard) != 3 || !strings.Contains(e.heard[2], "GET /api/v1/nowhere") {
		t.Errorf("heard %q", e.heard)
	}
	*r = room{200, "application/json", "{}"}
	if a := site.On(&ear{TB: t}).Send("a stranger", "GET", "/nowhere", ""); a.Status != 401 || a.Text("code") != "web.sign_in" {
		t.Errorf("a stranger: %d %s", a.Status, a.Body)
	}
}

func TestAnswers(t *testing.T) {
	a := webtest.Answer{Body: []byte(`{"list":[{"n":1}],"fields":[{"path":"a","code":"x.y"}],"faults":[{"path":"b:2","code":"x.z"}]}`)}
	for want, keys := range map[string][]string{"1": {"list", "0", "n"}, "": {"list", "1"}, "<nil>": {"nothing"}} {
		if got := a.Text(keys...); got != want {
			t.Errorf("%v: %q, want %q", keys, got, want)
		}
	}
	if got := a.Places(); got != "a=x.y b:2=x.z" {
		t.Error(got)
	}
}

func TestWorkbooks(t *testing.T) {
	book := excelize.NewFile()
	for cell, text := range map[string]string{"A1": "姓名 *", "B1": "单位"} {
		if err := book.SetCellStr("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	site := webtest.New(t, web.Config{Now: func() time.Time { return time.Time{} }}, (&room{}).mount)
	filled := site.Filled(webtest.Answer{Body: b.Bytes()}, 3, map[string]string{"姓名": "甲", "年龄": "9"}, map[string]string{"单位": "一厂"})
	if got := fmt.Sprint(site.Rows(webtest.Answer{Body: []byte(filled)})); got != "[[姓名 * 单位] [] [甲] [ 一厂]]" {
		t.Error(got)
	}
}
