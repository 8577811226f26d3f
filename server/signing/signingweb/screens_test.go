package signingweb_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jiangtai/scoring"
	"jiangtai/server/signing"
	"jiangtai/server/signing/signingtest"
	"jiangtai/server/signing/signingweb"
	"jiangtai/server/signing/strokes"
)

func signature(kind, panel, digest string) string {
	body := map[string]any{
		"signature_id": uuid.NewString(), "kind": kind, "digest": digest, "strokes": signingtest.Strokes,
		"client_at": time.Date(2031, 2, 3, 4, 5, 6, 0, time.UTC).UnixMilli(),
	}
	if panel != "" {
		body["panel"] = panel
	}
	raw, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// A day of signatures over HTTP, every answer held against the contract: tablets,
// the group check, the chief judge; and what a tablet is told is no more than its own.
func TestSignaturesOverHTTP(t *testing.T) {
	s := newSite(t, signingtest.Options{})
	a := s.Want(200, "", s.Send("floor", "GET", "/tablet/signing", ""))
	if a.Text("missing") != "4" || a.Text("sheet", "state") != "missing" || a.Text("hinder") != "signing.second_person" {
		t.Errorf("%s", a.Body)
	}
	s.Want(422, "signing.incomplete", s.Send("floor", "POST", "/tablet/signatures", signature("mark_sheet", "", a.Text("digest"))))
	s.MarkAll()
	for _, who := range []string{"floor", "first", "second"} {
		own := s.Want(200, "", s.Send(who, "GET", "/tablet/signing", ""))
		s.Want(409, "signing.content_changed", s.Send(who, "POST", "/tablet/signatures", signature("mark_sheet", "", strings.Repeat("0", 64))))
		body := signature("mark_sheet", "", own.Text("digest"))
		for range 2 {
			if got := s.Want(201, "", s.Send(who, "POST", "/tablet/signatures", body)); got.Text("digest") != own.Text("digest") || got.Text("kind") != "mark_sheet" {
				t.Errorf("%s", got.Body)
			}
		}
		if who == "first" {
			s.Want(422, "signing.below", s.Send(who, "GET", "/tablet/signing/summary", ""))
		}
	}
	s.Want(422, "signing.second_person", s.Send("floor", "GET", "/tablet/signing/summary", ""))
	whole := s.Want(200, "", s.Send("first", "GET", "/tablet/signing/summary", ""))
	for _, secret := range []string{"选手", "造船厂", `"001"`, "S01", `"total"`} {
		if bytes.Contains(whole.Body, []byte(secret)) {
			t.Errorf("the group check tells %s: %s", secret, whole.Body)
		}
	}
	s.Want(201, "", s.Send("first", "POST", "/tablet/signatures", signature("panel_summary", "", whole.Text("digest"))))
	confirm := func(status int, code, as, kind, panel string) {
		preview := s.Want(200, "", s.Send("chief", "GET", event+"/documents/preview?kind="+kind+"&panel="+panel, ""))
		s.Want(status, code, s.Send(as, "POST", event+"/signatures", signature(kind, panel, preview.Text("digest"))))
	}
	confirm(403, "signing.role", "host", "panel_summary", "floor")
	confirm(404, "signing.missing", "stranger", "panel_summary", "floor")
	confirm(201, "", "chief", "panel_summary", "floor")
	confirm(422, "signing.not_locked", "chief", "result_list", "")
	s.Write(scoring.Command{Kind: scoring.Lock})
	confirm(201, "", "chief", "result_list", "")
	if got := s.states("supervisor"); got != "signed|signed|signed|signed|signed|signed" {
		t.Error(got)
	}
	list := s.Want(200, "", s.Send("chief", "GET", event+"/documents", ""))
	if list.Text("can_sign") != "true" || !bytes.Contains(list.Body, []byte(`"client_at":"2031-02-03T04:05:06Z"`)) {
		t.Errorf("%s", list.Body)
	}
	pdf := s.Want(200, "", s.Send("chief", "GET", event+"/documents/6/file.pdf", ""))
	if !bytes.HasPrefix(pdf.Body, []byte("%PDF-")) {
		t.Errorf("%.20q", pdf.Body)
	}
}

// A signature is taken back by its chair while marking runs, with a reason.
func TestReopeningOverHTTP(t *testing.T) {
	s := newSite(t, signingtest.Options{})
	s.MarkAll()
	own := s.Want(200, "", s.Send("floor", "GET", "/tablet/signing", ""))
	got := s.Want(201, "", s.Send("floor", "POST", "/tablet/signatures", signature("mark_sheet", "", own.Text("digest"))))
	to := "/tablet/signatures/" + got.Text("signature_id") + "/reopening"
	s.Want(422, "signing.reason", s.Send("floor", "POST", to, `{"reason":" "}`))
	s.Want(404, "signing.missing", s.Send("first", "POST", to, `{"reason":"x"}`))
	s.Want(404, "signing.missing", s.Send("floor", "POST", "/tablet/signatures/"+uuid.NewString()+"/reopening", `{"reason":"x"}`))
	s.Want(403, "signing.role", s.Send("chief", "POST", to, `{"reason":"x"}`))
	if a := s.Want(200, "", s.Send("floor", "POST", to, `{"reason":"按错了"}`)); a.Text("void", "reason") != "按错了" {
		t.Errorf("%s", a.Body)
	}
	if a := s.Want(200, "", s.Send("floor", "GET", "/tablet/signing", "")); a.Text("sheet", "reason") != "person" || a.Text("sheet", "void", "reason") != "按错了" {
		t.Errorf("%s", a.Body)
	}
}

func TestBadSignaturesAreRefused(t *testing.T) {
	s := newSite(t, signingtest.Options{})
	s.MarkAll()
	own := s.Want(200, "", s.Send("floor", "GET", "/tablet/signing", "")).Text("digest")
	good := signature("mark_sheet", "", own)
	for _, bad := range []struct {
		was, is string
		status  int
		code    string
	}{
		{`"kind":"mark_sheet"`, `"kind":"result_list"`, 400, "signing.unknown_kind"},
		{own, own[:62], 400, "signing.digest"},
		{own, strings.Repeat("z", 64), 400, "signing.digest"},
		{signingtest.Strokes, "600 240;1,1,0", 422, "signing.strokes_empty"},
		{signingtest.Strokes, "600 240;1,1", 400, "signing.strokes_form"},
		{signingtest.Strokes, "600 240;900,1,1", 400, "signing.strokes_bounds"},
		{signingtest.Strokes, strings.Repeat("1", strokes.Most+1), 400, "signing.strokes_length"},
		{`1927857906000`, `999999999999999`, 400, "signing.client_at"},
		{`"kind"`, `"chair":2,"kind"`, 400, "web.json"},
	} {
		body := strings.Replace(good, bad.was, bad.is, 1)
		if a := s.Send("floor", "POST", "/tablet/signatures", body); a.Status != bad.status || a.Text("code") != bad.code {
			t.Errorf("%s → %.40s: %d %s", bad.was, bad.is, a.Status, a.Body)
		}
	}
	zero := strings.Replace(good, good[strings.Index(good, `"signature_id":"`)+16:][:36], uuid.Nil.String(), 1)
	if a := s.Send("floor", "POST", "/tablet/signatures", zero); a.Text("code") != "signing.signature_id" {
		t.Errorf("%s", a.Body)
	}
	for _, who := range []string{"chief", "host", "stranger"} {
		s.Want(403, "signing.role", s.Send(who, "GET", "/tablet/signing", ""))
		s.Want(403, "signing.role", s.Send(who, "POST", "/tablet/signatures", good))
	}
	s.Want(400, "signing.unknown_kind", s.Send("chief", "GET", event+"/documents/preview?kind=mark_sheet", ""))
	if got := s.states("chief"); got != "missing|missing|missing|missing|missing|missing" {
		t.Error(got)
	}
}

// The pages of a signature say who, from where, when and of what, in as many pages
// as the sheet needs, and have no lines for the hand.
func TestThePressDrawsASignature(t *testing.T) {
	drawn, err := strokes.Read(signingtest.Strokes)
	if err != nil {
		t.Fatal(err)
	}
	p, inked := signingweb.NewPress(), stamp
	inked.Ink = &signing.Inked{
		Role: "评分裁判", Name: "方志明", Place: "现场裁判组 第 1 席", At: stamp.At, Given: stamp.At.Add(-time.Hour), Shown: signing.Sum{1, 2, 3}, Strokes: drawn,
	}
	for _, rows := range []int{0, 5, 30, 120} {
		plain, _, err := p.Print(sheet(rows), stamp)
		if err != nil {
			t.Fatalf("%v (run the tests by make, which copies the fonts)", err)
		}
		pdf, pages, err := p.Print(sheet(rows), inked)
		if err != nil || pages < 1 || bytes.Equal(plain, pdf) || !bytes.HasPrefix(pdf, []byte("%PDF-")) {
			t.Errorf("%d rows: %d pages, %v", rows, pages, err)
		}
		again, _, err := p.Print(sheet(rows), inked)
		if err != nil || !bytes.Equal(pdf, again) {
			t.Errorf("%d rows: the same signature gives other bytes, %v", rows, err)
		}
	}
	inked.Ink.Name = fmt.Sprintf("王%c", 0x3FFFD)
	if _, _, err := p.Print(sheet(1), inked); err == nil {
		t.Error("a name is printed wrongly")
	}
}
