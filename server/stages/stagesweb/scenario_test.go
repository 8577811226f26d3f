package stagesweb_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"jiangtai/schemas"
	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/stages/stagestest"
	"jiangtai/server/stages/stagesweb"
	"jiangtai/server/web"
	"jiangtai/server/web/webtest"
)

// site is stages over HTTP on a store in memory.
type site struct {
	*webtest.Site
	*stagestest.Rig
}

func newSite(t *testing.T) site {
	t.Helper()
	m := stagestest.NewMemory()
	r := stagestest.New(t, m, m)
	people := map[string]contest.Actor{
		"office": stagestest.Office, "host": stagestest.Host, "chief": stagestest.Chief, "admin": stagestest.Admin, "stranger": stagestest.Stranger,
	}
	return site{webtest.New(t, web.Config{Now: r.Now, Identify: webtest.As(people)}, func(api fiber.Router) { stagesweb.Mount(api, r.Desk) }), r}
}

func path(id contest.ID) string { return "/events/" + id.String() + "/stage" }

// A trade's way over HTTP, from the tie to the numbers that are carried over;
// every exchange is held against the contract.
func TestAWayOverHTTP(t *testing.T) {
	s := newSite(t)
	final := path(stagestest.Final)
	s.Publish(`{"first":2}`, "90", "85.5", "80")
	s.SetScheme(stagestest.Final, stagestest.Scheme("", fmt.Sprintf(stagestest.Carries, "150", "0.01", "total")))
	choices := s.Want(200, "", s.Send("host", "GET", final+"/choices?q=w-1", ""))
	if choices.Text("events", "0", "id") != stagestest.Prelim.String() {
		t.Fatalf("%s", choices.Body)
	}
	s.Want(422, "stages.follows_none", s.Send("host", "GET", final+"/advance", ""))
	way := s.Want(200, "", s.Send("host", "PUT", final, fmt.Sprintf(`{"follows":%q}`, stagestest.Prelim)))
	if way.Text("follows", "code") != "w-1" || way.Text("carries") != "true" || way.Text("advances") != "true" {
		t.Errorf("%s", way.Body)
	}
	s.Want(200, "", s.Send("chief", "GET", final, ""))
	list := s.Want(200, "", s.Send("office", "GET", final+"/advance", ""))
	first := list.Text("candidates", "0", "source")
	list = s.Want(200, "", s.Send("host", "POST", final+"/declines", fmt.Sprintf(`{"source":%q,"declines":true,"reason":"出差"}`, first)))
	if list.Text("candidates", "2", "why") != "substitute" {
		t.Errorf("%s", list.Body)
	}
	s.Want(200, "", s.Send("host", "POST", final+"/declines", fmt.Sprintf(`{"source":%q,"declines":false,"reason":"能来"}`, first)))
	list = s.Want(200, "", s.Send("office", "GET", final+"/advance", ""))
	body := func(preview bool) string {
		return fmt.Sprintf(`{"publication":%s,"digest":%q,"preview":%v}`, list.Text("publication"), list.Text("difference", "digest"), preview)
	}
	s.Want(409, "stages.changed", s.Send("office", "POST", final+"/advance", `{"publication":1,"digest":"x"}`))
	if got := s.Want(200, "", s.Send("office", "POST", final+"/advance", body(true))).Text("joined"); got != "2" {
		t.Error(got)
	}
	s.Want(200, "", s.Send("office", "POST", final+"/advance", body(false)))
	if got := s.Want(200, "", s.Send("office", "POST", final+"/advance", body(false))).Text("repeated"); got != "true" {
		t.Error(got)
	}
	s.Rig.Open(stagestest.Final)
	carried := s.Want(200, "", s.Send("host", "GET", final+"/carry", ""))
	give := fmt.Sprintf(`{"publication":%s}`, carried.Text("publication"))
	s.Want(403, "stages.role", s.Send("chief", "POST", final+"/carry", give))
	if got := s.Want(200, "", s.Send("host", "POST", final+"/carry", give)); got.Text("given") != "2" || got.Text("faults") != "[]" {
		t.Errorf("%s", got.Body)
	}
	s.Write(stagestest.Final, scoring.Command{Kind: scoring.Lock, Second: scoring.ID{2}})
	s.Want(422, "stages.locked", s.Send("host", "POST", final+"/carry", give))
	public := s.Want(200, "", s.Send("", "GET", "/public"+path(stagestest.Prelim), ""))
	if public.Text("advanced") != "[001 002]" || public.Text("after", "0", "code") != "w-3" {
		t.Errorf("%s", public.Body)
	}
}

func TestBadBodiesAreRefused(t *testing.T) {
	s := newSite(t)
	final := path(stagestest.Final)
	for _, bad := range []struct{ method, path, body, code string }{
		{"PUT", "", `{"follow":""}`, "web.body"},
		{"PUT", "", `{"follows":"xyz"}`, "stages.id"},
		{"POST", "/advance", `{"publication":"1"}`, "web.body"},
		{"POST", "/advance", `{"publication":-1}`, "web.body"},
		{"POST", "/declines", `{"source":"","declines":true,"reason":"x"}`, "stages.id"},
		{"POST", "/declines", `{"source":"00000000-0000-0000-0000-000000000000","declines":true,"reason":"x"}`, "stages.id"},
		{"POST", "/carry", `[]`, "web.body"},
	} {
		a := s.Send("office", bad.method, final+bad.path, bad.body)
		if a.Status != 400 || bad.code != "web.body" && a.Text("code") != bad.code {
			t.Errorf("%s %s: %d %s", bad.path, bad.body, a.Status, a.Body)
		}
	}
}

// What is hidden and what is missing give the same answer.
func TestOnesOwnEventsOnly(t *testing.T) {
	s := newSite(t)
	for _, rest := range []string{"", "/choices", "/advance", "/carry"} {
		hidden := s.Want(404, "stages.missing", s.Send("stranger", "GET", path(stagestest.Final)+rest, ""))
		missing := s.Want(404, "stages.missing", s.Send("office", "GET", path(contest.ID{5})+rest, ""))
		if hidden.Text("title") != missing.Text("title") || hidden.Text("fields") != missing.Text("fields") {
			t.Errorf("%s %s", hidden.Body, missing.Body)
		}
		if a := s.Send("", "GET", path(stagestest.Final)+rest, ""); a.Status != 401 {
			t.Errorf("%s: the public got %d", rest, a.Status)
		}
	}
	s.Want(404, "stages.missing", s.Send("", "GET", "/public"+path(stagestest.Cook), ""))
	s.Want(404, "stages.missing", s.Send("", "GET", "/public"+path(contest.ID{5}), ""))
}

func TestRoutesAreTheContract(t *testing.T) { newSite(t).Contract("stages") }

// Every code that this room can say has its words, and no words are of a code
// that it cannot.
func TestEveryCodeHasItsWords(t *testing.T) {
	raw, err := schemas.Files.ReadFile("errors.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]struct{ Zh, En string }
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`"((?:stages|scheme)\.[a-z0-9_]+)"`)
	said := map[string]bool{"stages.id": true} // of routes.go, whose names of routes look like codes
	for _, dir := range []string{"..", "../stagesstore"} {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
				continue
			}
			text, err := os.ReadFile(dir + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range code.FindAllSubmatch(text, -1) {
				said[string(m[1])] = true
			}
		}
	}
	for c := range said {
		if words[c].Zh == "" || words[c].En == "" {
			t.Errorf("%s has no words", c)
		}
	}
	for c := range words {
		if (strings.HasPrefix(c, "stages.") || strings.HasPrefix(c, "scheme.carry_")) && !said[c] {
			t.Errorf("nobody says %s", c)
		}
	}
}
