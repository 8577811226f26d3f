package signingweb_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jiangtai/schemas"
	"jiangtai/scoring"
	"jiangtai/server/signing"
	"jiangtai/server/signing/signingtest"
	"jiangtai/server/web"
)

// states are those of the steps, in their order, with the reasons.
func (s *site) states(as string) string {
	s.T.Helper()
	a := s.want(200, "", s.send(as, "GET", event+"/documents", ""))
	var out struct {
		Steps []struct{ State, Reason string }
	}
	if err := json.Unmarshal(a.body, &out); err != nil {
		s.T.Fatal(err)
	}
	list := make([]string, len(out.Steps))
	for i, one := range out.Steps {
		list[i] = strings.TrimSuffix(one.State+":"+one.Reason, ":")
	}
	return strings.Join(list, "|")
}

// code is what the QR code of an event's document says.
func (s *site) code(serial int) string {
	s.T.Helper()
	doc, _, err := s.PDF(s.T.Context(), signingtest.Chief, signingtest.Event, serial)
	if err != nil {
		s.T.Fatal(err)
	}
	return doc.Code()
}

// scan is a picture of a document as it comes back from the hall.
func (s *site) scan(t *testing.T, serial int) string {
	t.Helper()
	return string(asPNG(t, page(t, s.code(serial))))
}

func scans(serial int) string {
	return fmt.Sprintf("/documents/scans?event=%s&serial=%d", strings.TrimPrefix(event, "/events/"), serial)
}

var papers = []string{
	`{"kind":"mark_sheet","chair":1}`, `{"kind":"mark_sheet","chair":2}`, `{"kind":"mark_sheet","chair":3}`,
	`{"kind":"panel_summary","panel":"floor"}`, `{"kind":"panel_summary","panel":"judges"}`, `{"kind":"result_list"}`,
}

// A day over HTTP: six papers are printed, signed, brought back as pictures, and a
// mark that is corrected afterwards voids what stands above it.
func TestADayOverHTTP(t *testing.T) {
	s := newSite(t, signingtest.Options{})
	s.want(403, "signing.too_early", s.send("host", "POST", event+"/documents", papers[0]))
	s.MarkAll()
	s.Write(scoring.Command{Kind: scoring.Lock})
	if got := s.states("clerk"); got != "missing|missing|missing|missing|missing|missing" {
		t.Error(got)
	}
	for i, body := range papers {
		a := s.want(201, "", s.send("clerk", "POST", event+"/documents", body))
		if got := a.text("number"); got != fmt.Sprintf("FITTER-26-%04d", i+1) {
			t.Error(got)
		}
	}
	pdf := s.want(200, "", s.send("host", "GET", event+"/documents/6/file.pdf", ""))
	if !bytes.HasPrefix(pdf.body, []byte("%PDF-")) || pdf.head.Get("Content-Disposition") != `inline; filename="FITTER-26-0006.pdf"` ||
		strings.Contains(pdf.head.Get("Content-Security-Policy"), "sandbox") || pdf.head.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", pdf.head)
	}
	s.want(422, "signing.own_print", s.send("host", "POST", scans(6)+"&confirm=1", string(pdf.body)))
	s.want(404, "signing.missing", s.send("host", "GET", event+"/documents/6/scan", ""))
	for serial := range 6 {
		a := s.want(201, "", s.send("host", "POST", scans(serial+1), s.scan(t, serial+1)))
		if a.text("scan", "read") != "true" || a.text("scan", "type") != "image/png" {
			t.Errorf("%s", a.body)
		}
	}
	if got := s.states("supervisor"); got != "signed|signed|signed|signed|signed|signed" {
		t.Error(got)
	}
	picture := s.want(200, "", s.send("supervisor", "GET", event+"/documents/6/scan", ""))
	if picture.head.Get("Content-Type") != "image/png" || !strings.Contains(picture.head.Get("Content-Security-Policy"), "sandbox") ||
		!strings.HasPrefix(picture.head.Get("Content-Disposition"), "inline") {
		t.Errorf("%v", picture.head)
	}
	s.Write(scoring.Command{Kind: scoring.Reopen})
	s.Write(scoring.Command{Kind: scoring.Mark, Chair: 2, Entry: 1, Aspect: "look", Value: "40"})
	s.Write(scoring.Command{Kind: scoring.Lock})
	if got := s.states("chief"); got != "signed|void:content|signed|signed|void:content|void:content" {
		t.Error(got)
	}
	s.want(403, "signing.role", s.send("clerk", "POST", event+"/documents/1/void", `{"reason":"破损"}`))
	s.want(422, "signing.reason", s.send("chief", "POST", event+"/documents/1/void", `{"reason":"  "}`))
	a := s.want(200, "", s.send("chief", "POST", event+"/documents/1/void", `{"reason":"破损"}`))
	if a.text("void", "reason") != "破损" {
		t.Errorf("%s", a.body)
	}
	s.want(409, "signing.void", s.send("chief", "POST", event+"/documents/1/void", `{"reason":"破损"}`))
	s.want(422, "signing.void", s.send("chief", "POST", scans(1), s.scan(t, 1)))
	if got := s.states("chief"); got != "void:person|void:content|signed|void:below|void:content|void:content" {
		t.Error(got)
	}
}

// A scan is held against its document: another's code is refused also where a
// person is sure, none needs a person.
func TestScansOverHTTP(t *testing.T) {
	s := newSite(t, signingtest.Options{})
	s.MarkAll()
	s.Write(scoring.Command{Kind: scoring.Lock})
	for _, body := range papers[:2] {
		s.want(201, "", s.send("chief", "POST", event+"/documents", body))
	}
	one, other, none := s.scan(t, 1), s.scan(t, 2), string(asPNG(t, page(t, "")))
	pdf := func(pages ...string) string {
		out := "%PDF-1.4\n"
		for i, text := range pages {
			out += fmt.Sprintf("%d 0 obj << /Subtype /Image /Filter /DCTDecode >>\nstream\r\n%s\nendstream\nendobj\n", i+1, asJPEG(t, page(t, text)))
		}
		return out
	}
	s.want(422, "signing.other_document", s.send("chief", "POST", scans(1)+"&confirm=1", other))
	s.want(422, "signing.other_document", s.send("chief", "POST", scans(1)+"&confirm=1", pdf(s.code(1), s.code(2))))
	s.want(422, "signing.unread", s.send("chief", "POST", scans(1), none))
	s.want(422, "signing.unread", s.send("chief", "POST", scans(1)+"&confirm=0", "%PDF-1.4 without a picture"))
	s.want(422, "signing.file", s.send("chief", "POST", scans(1)+"&confirm=1", none[:200]))
	s.want(415, "signing.file_type", s.send("chief", "POST", scans(1)+"&confirm=1", "<svg/>"))
	s.want(413, "signing.too_large", s.send("chief", "POST", scans(1)+"&confirm=1", one+strings.Repeat("x", signing.MaxFile+1-len(one))))
	s.want(404, "signing.missing", s.send("chief", "POST", scans(9), one))
	s.want(404, "signing.missing", s.send("stranger", "POST", scans(1), one))
	s.want(404, "signing.missing", s.send("visitor", "POST", scans(1), one))
	if got := s.states("chief"); got != "printed|printed|missing|missing|missing|missing" {
		t.Errorf("after refusals: %s", got)
	}
	if a := s.want(201, "", s.send("chief", "POST", scans(1)+"&confirm=1", none)); a.text("scan", "read") != "false" {
		t.Errorf("%s", a.body)
	}
	if a := s.want(201, "", s.send("chief", "POST", scans(1), pdf(s.code(1), ""))); a.text("scan", "read") != "true" {
		t.Errorf("%s", a.body)
	}
	file := s.want(200, "", s.send("chief", "GET", event+"/documents/1/scan", ""))
	if !strings.Contains(file.head.Get("Content-Security-Policy"), "sandbox") || file.head.Get("Content-Type") != "application/pdf" {
		t.Errorf("a PDF that somebody brought: %v", file.head)
	}
}

// Before the opening there are papers too: sheets to write on, and those of the
// coding desk.
func TestPapersBeforeTheOpening(t *testing.T) {
	s := newSite(t, signingtest.Options{NotOpen: true})
	if got := s.states("chief"); got != "" {
		t.Error(got)
	}
	s.want(201, "", s.send("host", "POST", event+"/documents", `{"kind":"blank_sheet","chair":2}`))
	for _, body := range papers {
		s.want(422, "signing.not_open", s.send("chief", "POST", event+"/documents", body))
	}
	s.want(201, "", s.send("coder", "POST", event+"/documents", `{"kind":"draw_record","layer":"code"}`))
	s.want(201, "", s.send("coder", "POST", event+"/documents", `{"kind":"labels","layer":"code"}`))
	for _, serial := range []string{"2", "3"} {
		s.want(200, "", s.send("coder", "GET", event+"/documents/"+serial+"/file.pdf", ""))
		s.want(404, "signing.missing", s.send("chief", "GET", event+"/documents/"+serial+"/file.pdf", ""))
	}
	s.want(422, "signing.not_signed", s.send("host", "POST", scans(1)+"&confirm=1", string(asPNG(t, page(t, "")))))
	s.Rules = nil
	s.want(422, "signing.no_scheme", s.send("host", "POST", event+"/documents", `{"kind":"blank_sheet","chair":2}`))
}

func TestBadAsksAreRefused(t *testing.T) {
	s := newSite(t, signingtest.Options{})
	for _, bad := range []struct {
		path, body string
		status     int
	}{
		{event + "/documents", `{"kind":"poem"}`, 400},
		{event + "/documents", `{"kind":"mark_sheet","chair":-1}`, 400},
		{event + "/documents", `{"kind":"mark_sheet","chair":65537}`, 400},
		{event + "/documents", `{"kind":"mark_sheet","chair":1.5}`, 400},
		{event + "/documents", `{"kind":"mark_sheet","chair":9}`, 404},
		{event + "/documents", `{"kind":"panel_summary","panel":"nobody"}`, 404},
		{event + "/documents", `{"kind":"mark_sheet","chair":1,"number":7}`, 400},
		{event + "/documents", `[]`, 400},
		{event + "/documents/0/void", `{"reason":"x"}`, 404},
		{event + "/documents/x/void", `{"reason":"x"}`, 404},
		{event + "/documents/1/void", `{"why":"x"}`, 400},
		{event + "/documents/1/void", `{"reason":"x"}`, 404},
		{"/documents/scans?serial=1", "x", 404},
		{"/documents/scans?serial=1&event=x", "x", 400},
		{scans(0), "x", 400},
		{scans(1) + "&confirm=2", "x", 400},
	} {
		if a := s.send("chief", "POST", bad.path, bad.body); a.status != bad.status || a.text("code") == "" {
			t.Errorf("%s %s: %d %s", bad.path, bad.body, a.status, a.body)
		}
	}
	if a := s.send("chief", "GET", event+"/documents", ""); a.text("documents") != "[]" {
		t.Errorf("%s", a.body)
	}
}

// What is hidden and what is missing give the same answer, to everybody.
func TestOnesOwnEventsOnly(t *testing.T) {
	s := newSite(t, signingtest.Options{})
	s.want(201, "", s.send("chief", "POST", event+"/documents", papers[0]))
	for _, path := range []string{"/documents", "/documents/1/file.pdf", "/documents/1/scan"} {
		hidden := s.want(404, "signing.missing", s.send("stranger", "GET", event+path, ""))
		missing := s.want(404, "signing.missing", s.send("chief", "GET", strings.Replace(event, "e0", "e1", 1)+path, ""))
		if hidden.text("title") != missing.text("title") || hidden.text("fields") != missing.text("fields") {
			t.Errorf("%s %s", hidden.body, missing.body)
		}
		s.want(404, "signing.missing", s.send("visitor", "GET", event+path, ""))
		if a := s.send("", "GET", event+path, ""); a.status != 401 {
			t.Errorf("%s: the public got %d", path, a.status)
		}
	}
	// A paper with marks is not there for who may not read marks yet.
	s.want(404, "signing.missing", s.send("host", "GET", event+"/documents/1/file.pdf", ""))
	s.want(403, "signing.role", s.send("supervisor", "POST", event+"/documents", papers[0]))
	s.want(403, "signing.role", s.send("coder", "GET", event+"/documents", ""))
}

// Every route of this room is in openapi.yaml and every path there under its tag
// is a route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) {
	s := newSite(t, signingtest.Options{})
	bare := web.New(web.Config{Now: s.Now})
	var routes, written []string
	for _, r := range web.Routes(s.app) {
		if !slices.Contains(web.Routes(bare), r) {
			routes = append(routes, r.Method+" "+r.Path)
		}
	}
	for path, item := range s.doc.Paths.Map() {
		for method, op := range item.Operations() {
			if !slices.Contains(op.Tags, "signing") {
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
	code := regexp.MustCompile(`fault\.(?:New|Wrap|At)\([^"]*"(signing\.[a-z0-9_]+)"(?:, fault\.At\("[^"]*", "(signing\.[a-z0-9_]+)")?`)
	said := map[string]bool{}
	for _, dir := range []string{"..", ".", "../signingstore"} {
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
		if strings.HasPrefix(c, "signing.") && !said[c] {
			t.Errorf("nobody says %s", c)
		}
	}
}
