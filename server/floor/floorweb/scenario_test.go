package floorweb_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/floor"
	"jiangtai/server/floor/floorweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const path = "/events/e0000000-0000-0000-0000-000000000001/sessions"

var nine = time.Date(2026, 10, 20, 1, 0, 0, 0, time.UTC)

// hall is an event with two seats and what was recorded of them.
type hall struct{ clocks []floor.Clock }

func (h *hall) Sessions(_ context.Context, a contest.Actor, id contest.ID) ([]floor.Clock, error) {
	switch {
	case id != (contest.ID{0xe0, 15: 1}):
		return nil, fault.New(fault.Missing, "judging.missing")
	case !a.Has(contest.ID{7}, id, contest.ChiefJudge):
		return nil, fault.New(fault.Forbidden, "judging.role")
	}
	return h.clocks, nil
}

func (h *hall) Head(context.Context, contest.ID) (floor.Head, error) {
	return floor.Head{Contest: "江城市职工技能大赛", Event: "焊工 · 决赛 · 职工组", Code: "weld", Mark: "演练"}, nil
}

func record(seconds int, value, text string) floor.Record {
	at := nine.Add(time.Duration(seconds) * time.Second)
	return floor.Record{Value: value, At: at.Add(time.Second), ClientAt: at, Chair: 4, Judge: "周敏", Text: text}
}

func open() *hall {
	module := floor.Module{ID: "B", Code: "B", Name: "操作过程"}
	return &hall{[]floor.Clock{
		{Work: "07", Module: module, State: "handed_in", Added: 300, Net: 3540, Records: []floor.Record{
			record(0, "start", ""), record(60, "pause equipment", ""), record(120, "resume", ""), record(130, "add 300", "设备故障，已修复"),
			record(3600, "hand_in", ""), record(3700, "refused", "见证人：林海涛；对用时有异议"),
		}},
		{Work: "08", Module: module, State: "running", Records: []floor.Record{record(0, "start", ""), record(9, "violation", "与他人交谈")}},
		{Work: "09", Module: floor.Module{ID: "C", Code: "C", Name: "答辩"}, State: "handed_in", Records: []floor.Record{record(0, "hand_in", ""), record(1, "signed", "600 240;1,2,3")}},
	}}
}

func site(t *testing.T, h *hall) *webtest.Site {
	t.Helper()
	as := func(role contest.Role, of byte) contest.Actor {
		return contest.Actor{Account: contest.ID{of}, Grants: []contest.Grant{{Role: role, Contest: contest.ID{of}}}}
	}
	now := func() time.Time { return nine.Add(2 * time.Hour) }
	people := map[string]contest.Actor{"chief": as(contest.ChiefJudge, 7), "clerk": as(contest.Clerk, 7)}
	return webtest.New(t, web.Config{Now: now, Identify: webtest.As(people)}, func(api fiber.Router) { floorweb.Mount(api, floor.New(h, h, now)) })
}

func TestSessions(t *testing.T) {
	s := site(t, open())
	a := s.Want(200, "", s.Send("chief", "GET", path, ""))
	for want, keys := range map[string][]string{
		"07": {"sessions", "0", "work"}, "3540": {"sessions", "0", "net"}, "60": {"sessions", "0", "pauses", "0", "seconds"},
		"300": {"sessions", "0", "additions", "0", "seconds"}, "refused": {"sessions", "0", "signature", "kind"},
		"7200": {"sessions", "1", "net"}, "与他人交谈": {"sessions", "1", "violations", "0", "text"}, "<nil>": {"sessions", "2", "started_at"},
		"2026-10-20T01:00:00Z": {"sessions", "0", "started_at"}, "2026-10-20T01:00:01Z": {"sessions", "0", "records", "0", "received_at"},
	} {
		if got := a.Text(keys...); got != want {
			t.Errorf("%v: %s, want %s", keys, got, want)
		}
	}
	if strings.Contains(string(a.Body), "600 240") || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("strokes, or a copy to keep: %s", a.Body)
	}
	none := site(t, &hall{})
	if a := none.Want(200, "", none.Send("chief", "GET", path, "")); a.Text("sessions") != "[]" {
		t.Errorf("%s", a.Body)
	}
	none.Want(422, "floor.nothing", none.Send("chief", "GET", path+".pdf", ""))
}

func TestWhoMayRead(t *testing.T) {
	s := site(t, open())
	for _, p := range []string{path, path + ".pdf"} {
		s.Want(403, "judging.role", s.Send("clerk", "GET", p, ""))
		s.Want(404, "judging.missing", s.Send("chief", "GET", strings.Replace(p, "0001/", "0002/", 1), ""))
		if a := s.Send("", "GET", p, ""); a.Status != 401 {
			t.Errorf("the public got %d", a.Status)
		}
	}
}

func TestPaper(t *testing.T) {
	s := site(t, open())
	all := s.Want(200, "", s.Send("chief", "GET", path+".pdf", ""))
	if !bytes.HasPrefix(all.Body, []byte("%PDF-")) || all.Header.Get("Content-Type") != "application/pdf" ||
		all.Header.Get("Content-Disposition") != `inline; filename="weld-sessions.pdf"` || all.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", all.Header)
	}
	one := s.Want(200, "", s.Send("chief", "GET", path+".pdf?module=C", ""))
	if len(one.Body) >= len(all.Body) {
		t.Error("the paper of one module is no shorter")
	}
	s.Want(422, "floor.nothing", s.Send("chief", "GET", path+".pdf?module=X", ""))
	odd := open()
	odd.clocks[1].Records[1].Text = "\U0002F9F4\U000E0001"
	o := site(t, odd)
	o.Want(422, "floor.glyph", o.Send("chief", "GET", path+".pdf", ""))
}

// Every route of this room is in openapi.yaml and every path there under its tag is a
// route.
func TestRoutesAreTheContract(t *testing.T) { site(t, open()).Contract("floor") }

// While marking runs the host reads what happened and not how long it took.
func TestWithheldTimes(t *testing.T) {
	h := open()
	for i := range h.clocks {
		h.clocks[i].IsWithheld = true
	}
	a := site(t, h)
	got := a.Want(200, "", a.Send("chief", "GET", path, ""))
	for want, keys := range map[string][]string{
		"<nil>": {"sessions", "0", "net"}, "refused": {"sessions", "0", "signature", "kind"}, "60": {"sessions", "0", "pauses", "0", "seconds"},
	} {
		if is := got.Text(keys...); is != want {
			t.Errorf("%v: %s, want %s", keys, is, want)
		}
	}
	for _, told := range []string{"3540", "T02:00:0", "T02:01:4", `"value"`} {
		if strings.Contains(string(got.Body), told) {
			t.Errorf("%s is told: %s", told, got.Body)
		}
	}
}
