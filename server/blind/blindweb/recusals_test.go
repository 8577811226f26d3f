package blindweb_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/server/blind/blindtest"
	"jiangtai/server/blind/blindweb"
	"jiangtai/server/blind/recusal/recusaltest"
	"jiangtai/server/contest"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

// tieSite is the desk of ties over HTTP.
type tieSite struct {
	*recusaltest.Rig
	*webtest.Site
}

func newTieSite(t *testing.T) *tieSite {
	t.Helper()
	m := blindtest.NewMemory()
	s := &tieSite{Rig: recusaltest.NewRig(recusaltest.NewMemory(), m, m)}
	s.Site = webtest.New(t, web.Config{
		Now: s.Coding.Clock, Identify: webtest.As(map[string]contest.Actor{
			"office": blindtest.Office, "host": blindtest.Host, "coder": blindtest.Coder, "chief": blindtest.Chief,
			"watcher": blindtest.Watcher, "keyer": blindtest.Keyer, "root": blindtest.Root,
		}),
	}, func(r fiber.Router) { blindweb.MountRecusals(r, s.Desk) })
	return s
}

func (s *tieSite) ask(t *testing.T, status int, code, as, method, path, body string) webtest.Answer {
	t.Helper()
	a := s.Site.On(t).Send(as, method, cook+"/recusals"+path, body)
	if a.Status != status || code != "" && a.Text("code") != code {
		t.Fatalf("%s %s: %d %s, want %d %s", method, path, a.Status, a.Body, status, code)
	}
	return a
}

const kin = `{"chair":1,"kind":"relative","entry_no":"003","reason":"表兄弟","source":"judge"}`

// A tie by HTTP from its declaration to what became of it.
func TestTiesByHTTP(t *testing.T) {
	s := newTieSite(t)
	s.ask(t, 401, "", "", "GET", "", "")
	s.ask(t, 404, "blind.missing", "coder", "GET", "", "")
	s.ask(t, 403, "blind.forbidden", "chief", "POST", "", kin)
	s.ask(t, 200, "", "host", "POST", "", kin)
	s.ask(t, 409, "blind.tie_known", "watcher", "POST", "", kin)
	s.ask(t, 422, "blind.tie_subject", "host", "POST", "", `{"chair":1,"kind":"unit","reason":"在职","source":"office"}`)
	unit := recusaltest.UnitOf(2).String()
	a := s.ask(t, 200, "", "host", "POST", "/homes", `{"chair":2,"unit":"`+unit+`"}`)
	if a.Text("judges", "1", "proposed") != "3" || a.Text("units", "1", "name") != "第2机械厂" || a.Text("people", "0", "name") != "选手1" {
		t.Errorf("%s", a.Body)
	}
	s.ask(t, 200, "", "host", "POST", "/homes", `{"chair":2}`)
	a = s.ask(t, 200, "", "office", "POST", "", `{"chair":2,"kind":"former_unit","unit":"`+unit+`","reason":"早年","source":"proposed"}`)
	tie, kept := a.Text("ties", "1", "id"), a.Text("ties", "0", "id")
	s.ask(t, 200, "", "host", "POST", "/"+tie+"/way", `{"version":1,"way":"replace","judge":"何五"}`)
	s.ask(t, 409, "blind.tie_changed", "host", "POST", "/"+tie+"/way", `{"version":1,"way":"unsealing"}`)
	s.ask(t, 403, "blind.two_persons", "host", "POST", "/"+tie+"/withdrawal", `{"version":2,"reason":"误报","second":{"user":"host","password":"right"}}`)
	a = s.ask(t, 200, "", "host", "POST", "/"+tie+"/withdrawal", `{"version":2,"reason":"误报",`+second+`}`)
	if a.Text("ties", "1", "withdrawn", "second") != "监督" || a.Text("stage") != "declaring" || a.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s", a.Body)
	}
	s.Seal(t, blindtest.Cook)
	s.ask(t, 423, "blind.ties_sealed", "host", "POST", "/"+kept+"/way", `{"version":1,"way":"unsealing"}`)
	s.Refuse(1, 4, "judging.recusal_leaves_too_few")
	s.Unseal(t, blindtest.Cook)
	a = s.ask(t, 200, "", "chief", "GET", "", "")
	if a.Text("outcome", "0", "state") != "undecided" || a.Text("outcome", "0", "code") != "judging.recusal_leaves_too_few" {
		t.Errorf("%s", a.Body)
	}
	a = s.ask(t, 200, "", "chief", "POST", "/decisions", `{"chair":1,"entry_no":"003","choice":"stand","reason":"仅此一席",`+second+`}`)
	if a.Text("outcome", "0", "decision", "second") != "监督" || a.Text("outcome", "0", "state") != "stands" {
		t.Errorf("%s", a.Body)
	}
}

// While ties are sealed everybody is told the same of an event with ties as of one
// without, byte by byte: what is read, and what is said to who still tries to write.
func TestSealedTiesTellNothing(t *testing.T) {
	tale := func(tied bool) string {
		s := newTieSite(t)
		if tied {
			s.ask(t, 200, "", "host", "POST", "", kin)
		}
		s.Seal(t, blindtest.Cook)
		var out strings.Builder
		for _, who := range []string{"", "office", "host", "coder", "chief", "watcher", "keyer", "root"} {
			for _, ask := range [][3]string{
				{"GET", "", ""},
				{"POST", "", kin},
				{"POST", "/homes", `{"chair":2}`},
				{"POST", "/00000000-0000-0000-0000-000000000009/way", `{"version":1,"way":"unsealing"}`},
				{"POST", "/decisions", `{"chair":1,"entry_no":"003","choice":"stand","reason":"x","second":{"user":"chief","password":"right"}}`},
			} {
				a := s.Site.On(t).Send(who, ask[0], cook+"/recusals"+ask[1], ask[2])
				var body map[string]any
				if json.Unmarshal(a.Body, &body) == nil {
					delete(body, "request_id")
				}
				text, _ := json.Marshal(body)
				out.WriteString(who + " " + ask[0] + ask[1] + " " + a.Header.Get("ETag") + string(text) + "\n")
			}
		}
		return out.String()
	}
	if with, without := tale(true), tale(false); with != without {
		t.Errorf("with a tie:\n%s\nwithout:\n%s", with, without)
	}
}
