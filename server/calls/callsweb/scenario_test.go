package callsweb_test

import (
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/calls/callstest"
	"jiangtai/server/calls/callsweb"
	"jiangtai/server/contest"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

const (
	event = "/events/e0000000-0000-0000-0000-000000000001"
	call  = "ca000000-0000-4000-8000-000000000001"
)

// site is calls over HTTP on a store in memory. Every request and answer is held
// against openapi.yaml.
func site(t *testing.T) *webtest.Site {
	t.Helper()
	m := &callstest.Memory{}
	r := callstest.New(t, m, m)
	actors := map[string]contest.Actor{
		"floor": callstest.Floor, "expert": callstest.Expert, "chief": callstest.Chief, "supervisor": callstest.Supervisor,
		"stranger": callstest.Stranger,
	}
	return webtest.New(t, web.Config{Now: r.Now, Identify: webtest.As(actors)}, func(api fiber.Router) { callsweb.Mount(api, r.Desk) })
}

// A judge calls, the chief judge answers, the judge reads it, and it is over.
func TestACallOverHTTP(t *testing.T) {
	s := site(t)
	body := `{"call_id":"` + call + `","about":"dispute","work":"274X","text":"划伤怎么算","client_at":1790000000000}`
	a := s.Want(200, "", s.Send("expert", "POST", "/tablet/calls", body))
	if a.Text("call_id") != call || a.Text("closed") != "false" {
		t.Errorf("%s", a.Body)
	}
	again := s.Want(200, "", s.Send("expert", "POST", "/tablet/calls", body))
	if again.Text("at") != a.Text("at") {
		t.Errorf("%s, and again %s", a.Body, again.Body)
	}
	list := s.Want(200, "", s.Send("chief", "GET", event+"/calls", ""))
	if list.Text("calls", "0", "judge") != "裁判2" || list.Text("calls", "0", "work") != "274X" {
		t.Errorf("%s", list.Body)
	}
	at := event + "/calls/" + call + "/words"
	s.Want(422, "calls.no_words", s.Send("chief", "POST", at, `{"text":""}`))
	s.Want(204, "", s.Send("chief", "POST", at, `{"text":"按 C3 扣"}`))
	own := s.Want(200, "", s.Send("expert", "GET", "/tablet/calls", ""))
	if own.Text("calls", "0", "said", "0", "text") != "按 C3 扣" || strings.Contains(string(own.Body), "judge") {
		t.Errorf("%s", own.Body)
	}
	s.Want(204, "", s.Send("expert", "DELETE", "/tablet/calls/"+call, ""))
	s.Want(422, "calls.closed", s.Send("chief", "POST", at, `{"text":"还有"}`))
}

// What is hidden and what is missing give the same answer.
func TestOnesOwnCallsOnly(t *testing.T) {
	s := site(t)
	s.Want(404, "calls.missing", s.Send("stranger", "GET", event+"/calls", ""))
	s.Want(404, "calls.missing", s.Send("chief", "GET", strings.Replace(event, "e0", "e1", 1)+"/calls", ""))
	s.Want(403, "calls.role", s.Send("chief", "GET", "/tablet/calls", ""))
	s.Want(404, "calls.missing", s.Send("expert", "DELETE", "/tablet/calls/"+call, ""))
	s.Want(404, "calls.missing", s.Send("expert", "POST", "/tablet/calls", `{"call_id":"`+call+`","about":"help","work":"S01"}`))
	if a := s.Send("", "GET", "/tablet/calls", ""); a.Status != 401 {
		t.Errorf("the public got %d", a.Status)
	}
	for _, bad := range []string{`[]`, `{"about":"help"}`, `{"call_id":"` + call + `","about":"help","judge":"x"}`} {
		if a := s.Send("expert", "POST", "/tablet/calls", bad); a.Status != 400 {
			t.Errorf("%s: %d %s", bad, a.Status, a.Body)
		}
	}
}

// Every route of this room is in openapi.yaml and every path there under its tag is a
// route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) { site(t).Contract("calls") }
