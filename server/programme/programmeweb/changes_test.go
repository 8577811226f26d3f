package programmeweb_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/programme/programmetest"
)

// Two versions of a scheme are held against each other by everybody who may read
// it; a draft, which nobody has saved, by who may save it.
func TestSchemeChangesOverHTTP(t *testing.T) {
	s := newSite(t)
	s.Want(201, "", s.upload("/api/v1/packages", zipped(t, programmetest.Small())))
	contestID := s.Want(200, "", s.Send("admin", "GET", "/api/v1/contests", "")).Text("contests", "0", "id")
	list := s.Want(200, "", s.Send("admin", "GET", "/api/v1/contests/"+contestID+"/events", ""))
	id := list.Text("events", "0", "id")
	event := contest.ID(uuid.MustParse(id))
	s.actors["chief"] = programmetest.Account(contest.Grant{Role: contest.ChiefJudge, Event: event})
	s.actors["other"] = programmetest.Account(contest.Grant{Role: contest.ChiefJudge, Event: contest.ID{15: 1}})
	changes := "/api/v1/events/" + id + "/scheme/changes"

	draft := strings.Replace(programmetest.Scheme("coded", "2"), `"step":"0.5"`, `"step":"1"`, 1)
	a := s.Want(200, "", s.Send("admin", "POST", changes, draft))
	if a.Text("from") != "1" || a.Text("to") != "0" || a.Text("changes", "0", "place", "code") != "A1.1" {
		t.Errorf("%s", a.Body)
	}
	s.Want(404, "programme.version_missing", s.Send("admin", "GET", changes+"?from=1&to=2", "")) // nothing was written
	s.Want(200, "", s.Send("admin", "PUT", "/api/v1/events/"+id+"/scheme?reason=%E6%94%B9", draft))

	a = s.Want(200, "", s.Send("chief", "GET", changes+"?from=1&to=2", ""))
	var got struct {
		Changes []struct {
			Kind, Field   string
			Place         struct{ Sort, ID, Code string }
			Path          []struct{ Sort, Code string }
			Before, After []struct{ Zh string }
			Again         []string
		}
		Cost struct {
			Again     []string
			New, Gone int
			Touches   []string
		}
	}
	if err := json.Unmarshal(a.Body, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Changes) != 1 {
		t.Fatalf("%s", a.Body)
	}
	c := got.Changes[0]
	if c.Kind != "changed" || c.Field != "step" || c.Before[0].Zh != "0.5" || c.After[0].Zh != "1" || c.Place.ID != "a" || len(c.Path) != 3 || c.Path[1].Code != "A" {
		t.Errorf("%s", a.Body)
	}
	if len(c.Again) != 1 || len(got.Cost.Again) != 1 || got.Cost.Again[0] != "A1.1" || len(got.Cost.Touches) != 0 {
		t.Errorf("%s", a.Body)
	}
	if a = s.Want(200, "", s.Send("chief", "GET", changes+"?from=2&to=2", "")); a.Text("changes") != "[]" {
		t.Errorf("%s", a.Body)
	}
	if a = s.Want(200, "", s.Send("chief", "GET", changes+"?from=2&to=1", "")); a.Text("changes", "0", "after", "0", "zh") != "0.5" {
		t.Errorf("backwards: %s", a.Body)
	}

	s.Want(401, "web.sign_in", s.Send("", "GET", changes+"?from=1&to=2", ""))
	s.Want(404, "programme.event_missing", s.Send("other", "GET", changes+"?from=1&to=2", ""))
	s.Want(404, "programme.event_missing", s.Send("other", "POST", changes, draft))
	s.Want(403, "programme.forbidden", s.Send("chief", "POST", changes, draft))
	for _, q := range []string{"", "?from=1", "?to=2", "?from=0&to=1", "?from=1&to=x", "?from=1&to=65536"} {
		s.Want(400, "web.query", s.Send("chief", "GET", changes+q, ""))
	}
	s.Want(404, "programme.version_missing", s.Send("chief", "GET", changes+"?from=9&to=1", ""))
	s.Want(415, "web.content_type", s.Send("admin", "POST", changes, draft, "Content-Type", "text/plain"))
	a = s.Want(422, "programme.scheme_faulty", s.Send("admin", "POST", changes, strings.Replace(draft, `"total":"10"`, `"total":"11"`, 1)))
	if a.Text("fields", "0", "path") != "/total" {
		t.Errorf("%s", a.Body)
	}
	empty := s.Want(201, "", s.Send("admin", "POST", "/api/v1/contests/"+contestID+"/events", `{"code":"bare","trade":"钳工"}`)).Text("event", "id")
	s.Want(404, "programme.scheme_missing", s.Send("admin", "POST", "/api/v1/events/"+empty+"/scheme/changes", draft))
}
