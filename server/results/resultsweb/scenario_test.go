package resultsweb_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jiangtai/schemas"
	"jiangtai/scoring"
	"jiangtai/server/results"
	"jiangtai/server/results/resultstest"
	"jiangtai/server/web"
)

// kinds are the lines of what is missing, in their order.
func (s *site) kinds() string {
	s.T.Helper()
	a := s.want(200, "", s.send("chief", "GET", event+"/outstanding", ""))
	var out struct{ Lines []struct{ Kind string } }
	if err := json.Unmarshal(a.body, &out); err != nil {
		s.T.Fatal(err)
	}
	list := make([]string, len(out.Lines))
	for i, l := range out.Lines {
		list[i] = l.Kind
	}
	return strings.Join(list, " ")
}

// A day over HTTP, from the first mark to the end of the notice; every answer on
// the way is held against the contract.
func TestADayOverHTTP(t *testing.T) {
	s := newSite(t, resultstest.Options{Ties: "decision"})
	state := func(want string) {
		t.Helper()
		if got := s.want(200, "", s.send("host", "GET", event+"/result", "")).text("state"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	state("waiting")
	s.want(200, "", s.send("chief", "GET", event+"/awards", ""))
	s.Open()
	s.Mark(resultstest.JudgeA, 1, "look", "10")
	s.Mark(resultstest.JudgeB, 1, "look", "50")
	s.Devices = []results.Tablet{{Chair: 1, Unsent: 1}, {Chair: 2}}
	s.Away = []scoring.EntryID{10}
	if got := s.kinds(); got != strings.Repeat("marks ", 3)+"spread unsent silent absent lock" {
		t.Error(got)
	}
	s.want(422, "results.not_locked", s.send("chief", "POST", event+"/recheck", "{}"))
	s.Write(scoring.Command{Kind: scoring.Mark, Chair: resultstest.JudgeA, Entry: 1, Aspect: "look", Value: "48", Round: 2})
	s.Write(scoring.Command{Kind: scoring.Mark, Chair: resultstest.JudgeB, Entry: 1, Aspect: "look", Value: "48", Round: 2})
	s.Mark(resultstest.Floor, 1, "size", "48")
	for i := range s.Entries[1:] {
		v := fmt.Sprint(48 - i) // 001 and 002 are equal
		s.Mark(resultstest.Floor, scoring.EntryID(i+2), "size", v)
		s.Mark(resultstest.JudgeA, scoring.EntryID(i+2), "look", v)
		s.Mark(resultstest.JudgeB, scoring.EntryID(i+2), "look", v)
	}
	s.Devices, s.Away = nil, nil
	s.Do(scoring.Lock)
	s.Sign()
	if got := s.kinds(); got != "tie recheck_draw result_list publish" {
		t.Error(got)
	}
	if got := s.want(200, "", s.send("chief", "GET", event+"/awards", "")).text("prizes", "0", "open", "tied", "1", "work"); got != "002" {
		t.Error(got)
	}
	state("provisional")
	v := s.want(201, "", s.send("chief", "POST", event+"/recheck", `{"rule":{"top":"0.3","rest":"0.15","errors":"0.05"}}`))
	finding := func(work, sheet, rest string) string {
		return fmt.Sprintf(`{"work":%q,"sheet":%q,%s}`, work, sheet, rest)
	}
	for i := range 5 {
		work, sheet := v.text("drawn", "works", fmt.Sprint(i), "work"), v.text("drawn", "works", fmt.Sprint(i), "sheet")
		s.want(422, "results.reason", s.send("supervisor", "POST", event+"/recheck/findings", finding(work, sheet, `"right":false`)))
		s.want(409, "results.sheet_changed", s.send("supervisor", "POST", event+"/recheck/findings",
			finding(work, strings.Repeat("0", 64), `"right":true`)))
		s.want(201, "", s.send("supervisor", "POST", event+"/recheck/findings", finding(work, sheet, `"right":true`)))
	}
	state("rechecked")
	s.Write(scoring.Command{Kind: scoring.Decide, Entry: 1, Value: "1"})
	s.Write(scoring.Command{Kind: scoring.Decide, Entry: 2, Value: "2"})
	state("rechecked")
	s.want(422, "results.not_published", s.send("organiser", "POST", event+"/notice", `{"ends_on":"2026-11-27","place":"官网"}`))
	s.Sheets[4].State = results.PaperSigned
	s.Do(scoring.Publish)
	state("official")
	s.want(201, "", s.send("organiser", "POST", event+"/notice", `{"ends_on":"2026-11-27","place":"官网"}`))
	state("notice")
	if got := s.kinds(); got != "" {
		t.Error(got)
	}
	s.want(200, "", s.send("supervisor", "GET", event+"/awards", ""))
}

func TestBadBodiesAreRefused(t *testing.T) {
	s := newSite(t, resultstest.Options{})
	for _, bad := range []struct{ path, body, code string }{
		{"/recheck", `{"seed":"00"}`, "web.body"},
		{"/recheck", `{"rule":{"top":0.3}}`, "web.body"},
		{"/recheck/findings", `{"work":"001","sheet":"xyz","right":true}`, "results.sheet"},
		{"/recheck/findings", `{"work":"001","sheet":"","right":true}`, "results.sheet"},
		{"/recheck/findings", `{"work":"001","right":"yes"}`, "web.body"},
		{"/notice", `{"ends_on":"2026-02-30","place":"官网"}`, "results.no_day"},
		{"/notice", `{"ends_on":"","place":"官网"}`, "results.no_day"},
		{"/notice", `[]`, "web.body"},
	} {
		a := s.send("organiser", "POST", event+bad.path, bad.body)
		if a.status != 400 || bad.code != "web.body" && a.text("code") != bad.code {
			t.Errorf("%s %s: %d %s", bad.path, bad.body, a.status, a.body)
		}
	}
}

// What is hidden and what is missing give the same answer.
func TestOnesOwnEventsOnly(t *testing.T) {
	s := newSite(t, resultstest.Options{})
	for _, path := range []string{"/outstanding", "/result", "/recheck", "/awards"} {
		hidden := s.want(404, "results.missing", s.send("stranger", "GET", event+path, ""))
		missing := s.want(404, "results.missing", s.send("chief", "GET", strings.Replace(event, "e0", "e1", 1)+path, ""))
		if hidden.text("title") != missing.text("title") || hidden.text("fields") != missing.text("fields") {
			t.Errorf("%s %s", hidden.body, missing.body)
		}
		if a := s.send("", "GET", event+path, ""); a.status != 401 {
			t.Errorf("%s: the public got %d", path, a.status)
		}
	}
	s.want(403, "results.role", s.send("host", "GET", event+"/recheck", ""))
	s.want(403, "results.role", s.send("chief", "POST", event+"/notice", `{"ends_on":"2026-11-27","place":"官网"}`))
}

// Every route of this room is in openapi.yaml and every path there under its tag
// is a route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) {
	s := newSite(t, resultstest.Options{})
	bare := web.New(web.Config{Now: s.Now})
	var routes, written []string
	for _, r := range web.Routes(s.app) {
		if !slices.Contains(web.Routes(bare), r) {
			routes = append(routes, r.Method+" "+r.Path)
		}
	}
	for path, item := range s.doc.Paths.Map() {
		for method, op := range item.Operations() {
			if !slices.Contains(op.Tags, "results") {
				continue
			}
			written = append(written, method+" "+path)
			if method != "GET" && op.Parameters.GetByInAndName("header", "X-Jiangtai") == nil {
				t.Errorf("%s %s does not say X-Jiangtai", method, path)
			}
		}
	}
	slices.Sort(routes)
	slices.Sort(written)
	if len(routes) == 0 || !slices.Equal(routes, written) {
		t.Errorf("routes  %v\nwritten %v", routes, written)
	}
}

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
	code := regexp.MustCompile(`"(results\.[a-z0-9_]+)"`)
	said := map[string]bool{}
	for _, dir := range []string{"..", ".", "../resultsstore"} {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") || f.Name() == "routes.go" {
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
	said["results.sheet"], said["results.no_day"] = true, true // of routes.go, whose names of routes look like codes
	for c := range said {
		if words[c].Zh == "" || words[c].En == "" {
			t.Errorf("%s has no words", c)
		}
	}
	for c := range words {
		if strings.HasPrefix(c, "results.") && !said[c] {
			t.Errorf("nobody says %s", c)
		}
	}
}
