package resultsweb_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/results"
	"jiangtai/server/results/resultstest"
)

// kinds are the lines of what is missing, in their order.
func (s *site) kinds() string {
	s.T.Helper()
	a := s.Want(200, "", s.Send("chief", "GET", event+"/outstanding", ""))
	var out struct{ Lines []struct{ Kind string } }
	if err := json.Unmarshal(a.Body, &out); err != nil {
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
		if got := s.Want(200, "", s.Send("host", "GET", event+"/result", "")).Text("state"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	state("waiting")
	s.Want(200, "", s.Send("chief", "GET", event+"/awards", ""))
	s.Open()
	s.Mark(resultstest.JudgeA, 1, "look", "10")
	s.Mark(resultstest.JudgeB, 1, "look", "50")
	s.Devices = []results.Tablet{{Chair: 1, Unsent: 1}, {Chair: 2}}
	s.Away = []scoring.EntryID{10}
	if got := s.kinds(); got != strings.Repeat("marks ", 3)+"spread unsent silent absent lock" {
		t.Error(got)
	}
	s.Want(422, "results.not_locked", s.Send("chief", "POST", event+"/recheck", "{}"))
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
	if got := s.Want(200, "", s.Send("chief", "GET", event+"/awards", "")).Text("prizes", "0", "open", "tied", "1", "work"); got != "002" {
		t.Error(got)
	}
	state("provisional")
	v := s.Want(201, "", s.Send("chief", "POST", event+"/recheck", `{"rule":{"top":"0.3","rest":"0.15","errors":"0.05"}}`))
	finding := func(work, sheet, rest string) string {
		return fmt.Sprintf(`{"work":%q,"sheet":%q,%s}`, work, sheet, rest)
	}
	for i := range 5 {
		work, sheet := v.Text("drawn", "works", fmt.Sprint(i), "work"), v.Text("drawn", "works", fmt.Sprint(i), "sheet")
		s.Want(422, "results.reason", s.Send("supervisor", "POST", event+"/recheck/findings", finding(work, sheet, `"right":false`)))
		s.Want(409, "results.sheet_changed", s.Send("supervisor", "POST", event+"/recheck/findings",
			finding(work, strings.Repeat("0", 64), `"right":true`)))
		s.Want(201, "", s.Send("supervisor", "POST", event+"/recheck/findings", finding(work, sheet, `"right":true`)))
	}
	state("rechecked")
	s.Write(scoring.Command{Kind: scoring.Decide, Entry: 1, Value: "1"})
	s.Write(scoring.Command{Kind: scoring.Decide, Entry: 2, Value: "2"})
	state("rechecked")
	s.Want(422, "results.not_published", s.Send("organiser", "POST", event+"/notice", `{"ends_on":"2026-11-27","place":"官网"}`))
	s.Sheets[4].State = results.PaperSigned
	s.Do(scoring.Publish)
	state("official")
	s.Want(201, "", s.Send("organiser", "POST", event+"/notice", `{"ends_on":"2026-11-27","place":"官网"}`))
	state("notice")
	if got := s.kinds(); got != "" {
		t.Error(got)
	}
	s.Want(200, "", s.Send("supervisor", "GET", event+"/awards", ""))
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
		a := s.Send("organiser", "POST", event+bad.path, bad.body)
		if a.Status != 400 || bad.code != "web.body" && a.Text("code") != bad.code {
			t.Errorf("%s %s: %d %s", bad.path, bad.body, a.Status, a.Body)
		}
	}
}

// What is hidden and what is missing give the same answer.
func TestOnesOwnEventsOnly(t *testing.T) {
	s := newSite(t, resultstest.Options{})
	for _, path := range []string{"/outstanding", "/result", "/recheck", "/awards"} {
		hidden := s.Want(404, "results.missing", s.Send("stranger", "GET", event+path, ""))
		missing := s.Want(404, "results.missing", s.Send("chief", "GET", strings.Replace(event, "e0", "e1", 1)+path, ""))
		if hidden.Text("title") != missing.Text("title") || hidden.Text("fields") != missing.Text("fields") {
			t.Errorf("%s %s", hidden.Body, missing.Body)
		}
		if a := s.Send("", "GET", event+path, ""); a.Status != 401 {
			t.Errorf("%s: the public got %d", path, a.Status)
		}
	}
	s.Want(403, "results.role", s.Send("host", "GET", event+"/recheck", ""))
	s.Want(403, "results.role", s.Send("chief", "POST", event+"/notice", `{"ends_on":"2026-11-27","place":"官网"}`))
}

// Every route of this room is in openapi.yaml and every path there under its tag
// is a route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) { newSite(t, resultstest.Options{}).Contract("results") }
