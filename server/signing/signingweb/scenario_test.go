package signingweb_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jiangtai/scoring"
	"jiangtai/server/signing"
	"jiangtai/server/signing/signingtest"
)

// states are those of the steps, in their order, with the reasons.
func (s *site) states(as string) string {
	s.T.Helper()
	a := s.Want(200, "", s.Send(as, "GET", event+"/documents", ""))
	var out struct {
		Steps []struct{ State, Reason string }
	}
	if err := json.Unmarshal(a.Body, &out); err != nil {
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
	s.Want(403, "signing.too_early", s.Send("host", "POST", event+"/documents", papers[0]))
	s.MarkAll()
	s.Write(scoring.Command{Kind: scoring.Lock})
	if got := s.states("clerk"); got != "missing|missing|missing|missing|missing|missing" {
		t.Error(got)
	}
	for i, body := range papers {
		a := s.Want(201, "", s.Send("clerk", "POST", event+"/documents", body))
		if got := a.Text("number"); got != fmt.Sprintf("FITTER-26-%04d", i+1) {
			t.Error(got)
		}
	}
	pdf := s.Want(200, "", s.Send("host", "GET", event+"/documents/6/file.pdf", ""))
	if !bytes.HasPrefix(pdf.Body, []byte("%PDF-")) || pdf.Header.Get("Content-Disposition") != `inline; filename="FITTER-26-0006.pdf"` ||
		strings.Contains(pdf.Header.Get("Content-Security-Policy"), "sandbox") || pdf.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v", pdf.Header)
	}
	s.Want(422, "signing.own_print", s.Send("host", "POST", scans(6)+"&confirm=1", string(pdf.Body)))
	s.Want(404, "signing.missing", s.Send("host", "GET", event+"/documents/6/scan", ""))
	for serial := range 6 {
		a := s.Want(201, "", s.Send("host", "POST", scans(serial+1), s.scan(t, serial+1)))
		if a.Text("scan", "read") != "true" || a.Text("scan", "type") != "image/png" {
			t.Errorf("%s", a.Body)
		}
	}
	if got := s.states("supervisor"); got != "signed|signed|signed|signed|signed|signed" {
		t.Error(got)
	}
	picture := s.Want(200, "", s.Send("supervisor", "GET", event+"/documents/6/scan", ""))
	if picture.Header.Get("Content-Type") != "image/png" || !strings.Contains(picture.Header.Get("Content-Security-Policy"), "sandbox") ||
		!strings.HasPrefix(picture.Header.Get("Content-Disposition"), "inline") {
		t.Errorf("%v", picture.Header)
	}
	s.Write(scoring.Command{Kind: scoring.Reopen})
	s.Write(scoring.Command{Kind: scoring.Mark, Chair: 2, Entry: 1, Aspect: "look", Value: "40"})
	s.Write(scoring.Command{Kind: scoring.Lock})
	if got := s.states("chief"); got != "signed|void:content|signed|signed|void:content|void:content" {
		t.Error(got)
	}
	s.Want(403, "signing.role", s.Send("clerk", "POST", event+"/documents/1/void", `{"reason":"破损"}`))
	s.Want(422, "signing.reason", s.Send("chief", "POST", event+"/documents/1/void", `{"reason":"  "}`))
	a := s.Want(200, "", s.Send("chief", "POST", event+"/documents/1/void", `{"reason":"破损"}`))
	if a.Text("void", "reason") != "破损" {
		t.Errorf("%s", a.Body)
	}
	s.Want(409, "signing.void", s.Send("chief", "POST", event+"/documents/1/void", `{"reason":"破损"}`))
	s.Want(422, "signing.void", s.Send("chief", "POST", scans(1), s.scan(t, 1)))
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
		s.Want(201, "", s.Send("chief", "POST", event+"/documents", body))
	}
	one, other, none := s.scan(t, 1), s.scan(t, 2), string(asPNG(t, page(t, "")))
	pdf := func(pages ...string) string {
		out := "%PDF-1.4\n"
		for i, text := range pages {
			out += fmt.Sprintf("%d 0 obj << /Subtype /Image /Filter /DCTDecode >>\nstream\r\n%s\nendstream\nendobj\n", i+1, asJPEG(t, page(t, text)))
		}
		return out
	}
	s.Want(422, "signing.other_document", s.Send("chief", "POST", scans(1)+"&confirm=1", other))
	s.Want(422, "signing.other_document", s.Send("chief", "POST", scans(1)+"&confirm=1", pdf(s.code(1), s.code(2))))
	s.Want(422, "signing.unread", s.Send("chief", "POST", scans(1), none))
	s.Want(422, "signing.unread", s.Send("chief", "POST", scans(1)+"&confirm=0", "%PDF-1.4 without a picture"))
	s.Want(422, "signing.file", s.Send("chief", "POST", scans(1)+"&confirm=1", none[:200]))
	s.Want(415, "signing.file_type", s.Send("chief", "POST", scans(1)+"&confirm=1", "<svg/>"))
	s.Want(413, "signing.too_large", s.Send("chief", "POST", scans(1)+"&confirm=1", one+strings.Repeat("x", signing.MaxFile+1-len(one))))
	s.Want(404, "signing.missing", s.Send("chief", "POST", scans(9), one))
	s.Want(404, "signing.missing", s.Send("stranger", "POST", scans(1), one))
	s.Want(404, "signing.missing", s.Send("visitor", "POST", scans(1), one))
	if got := s.states("chief"); got != "printed|printed|missing|missing|missing|missing" {
		t.Errorf("after refusals: %s", got)
	}
	if a := s.Want(201, "", s.Send("chief", "POST", scans(1)+"&confirm=1", none)); a.Text("scan", "read") != "false" {
		t.Errorf("%s", a.Body)
	}
	if a := s.Want(201, "", s.Send("chief", "POST", scans(1), pdf(s.code(1), ""))); a.Text("scan", "read") != "true" {
		t.Errorf("%s", a.Body)
	}
	file := s.Want(200, "", s.Send("chief", "GET", event+"/documents/1/scan", ""))
	if !strings.Contains(file.Header.Get("Content-Security-Policy"), "sandbox") || file.Header.Get("Content-Type") != "application/pdf" {
		t.Errorf("a PDF that somebody brought: %v", file.Header)
	}
}

// Before the opening there are papers too: sheets to write on, and those of the
// coding desk.
func TestPapersBeforeTheOpening(t *testing.T) {
	s := newSite(t, signingtest.Options{NotOpen: true})
	if got := s.states("chief"); got != "" {
		t.Error(got)
	}
	s.Want(201, "", s.Send("host", "POST", event+"/documents", `{"kind":"blank_sheet","chair":2}`))
	for _, body := range papers {
		s.Want(422, "signing.not_open", s.Send("chief", "POST", event+"/documents", body))
	}
	s.Want(201, "", s.Send("coder", "POST", event+"/documents", `{"kind":"draw_record","layer":"code"}`))
	s.Want(201, "", s.Send("coder", "POST", event+"/documents", `{"kind":"labels","layer":"code"}`))
	for _, serial := range []string{"2", "3"} {
		s.Want(200, "", s.Send("coder", "GET", event+"/documents/"+serial+"/file.pdf", ""))
		s.Want(404, "signing.missing", s.Send("chief", "GET", event+"/documents/"+serial+"/file.pdf", ""))
	}
	s.Want(422, "signing.not_signed", s.Send("host", "POST", scans(1)+"&confirm=1", string(asPNG(t, page(t, "")))))
	s.Rules = nil
	s.Want(422, "signing.no_scheme", s.Send("host", "POST", event+"/documents", `{"kind":"blank_sheet","chair":2}`))
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
		if a := s.Send("chief", "POST", bad.path, bad.body); a.Status != bad.status || a.Text("code") == "" {
			t.Errorf("%s %s: %d %s", bad.path, bad.body, a.Status, a.Body)
		}
	}
	if a := s.Send("chief", "GET", event+"/documents", ""); a.Text("documents") != "[]" {
		t.Errorf("%s", a.Body)
	}
}

// What is hidden and what is missing give the same answer, to everybody.
func TestOnesOwnEventsOnly(t *testing.T) {
	s := newSite(t, signingtest.Options{})
	s.Want(201, "", s.Send("chief", "POST", event+"/documents", papers[0]))
	for _, path := range []string{"/documents", "/documents/1/file.pdf", "/documents/1/scan"} {
		hidden := s.Want(404, "signing.missing", s.Send("stranger", "GET", event+path, ""))
		missing := s.Want(404, "signing.missing", s.Send("chief", "GET", strings.Replace(event, "e0", "e1", 1)+path, ""))
		if hidden.Text("title") != missing.Text("title") || hidden.Text("fields") != missing.Text("fields") {
			t.Errorf("%s %s", hidden.Body, missing.Body)
		}
		s.Want(404, "signing.missing", s.Send("visitor", "GET", event+path, ""))
		if a := s.Send("", "GET", event+path, ""); a.Status != 401 {
			t.Errorf("%s: the public got %d", path, a.Status)
		}
	}
	// A paper with marks is not there for who may not read marks yet.
	s.Want(404, "signing.missing", s.Send("host", "GET", event+"/documents/1/file.pdf", ""))
	s.Want(403, "signing.role", s.Send("supervisor", "POST", event+"/documents", papers[0]))
	s.Want(403, "signing.role", s.Send("coder", "GET", event+"/documents", ""))
}

// Every route of this room is in openapi.yaml and every path there under its tag
// is a route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) { newSite(t, signingtest.Options{}).Contract("signing") }
