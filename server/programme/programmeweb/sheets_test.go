package programmeweb_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"jiangtai/server/contest"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/web/webtest"
)

// A scheme goes out as a workbook, is changed in a cell and comes back as the
// next version; what is wrong with it is told by cell, and nothing is written.
func TestSchemesAsWorkbooks(t *testing.T) {
	s := newSite(t)
	s.Want(201, "", s.upload("/api/v1/packages", zipped(t, programmetest.Small())))
	list := s.Want(200, "", s.Send("admin", "GET", "/api/v1/contests/"+s.Want(200, "", s.Send("admin", "GET", "/api/v1/contests", "")).Text("contests", "0", "id")+"/events", ""))
	id := list.Text("events", "1", "id")
	sheet := "/api/v1/events/" + id + "/scheme-sheet"
	post := func(as, query string, book []byte) webtest.Answer {
		return s.Send(as, "POST", sheet+query, string(book), "Content-Type", webtest.XLSX)
	}
	s.Want(401, "web.sign_in", s.Send("", "GET", sheet, ""))
	out := s.Want(200, "", s.Send("admin", "GET", sheet, ""))
	a := s.Want(200, "", post("admin", "?mode=preview", out.Body))
	if a.Text("faults") != "[]" || a.Text("counts", "aspects") != "1" || !strings.Contains(a.Text("text"), `"jiangtai.scheme/1"`) {
		t.Errorf("%s", a.Body)
	}
	bad := cell(t, out.Body, "评分点", "K2", "很多")
	a = s.Want(200, "", post("admin", "?mode=preview", bad))
	if a.Text("faults", "0", "path") != "评分点:2:K" || a.Text("text") != "" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(422, "programme.sheet_faulty", post("admin", "?mode=import&reason=x", bad))
	if a.Text("fields", "0", "path") != "评分点:2:K" {
		t.Errorf("%s", a.Body)
	}
	better := cell(t, out.Body, "评分点", "G2", "焊缝外观")
	s.Want(422, "programme.invalid", post("admin", "?mode=import", better)) // the second version has a reason
	a = s.Want(201, "", post("admin", "?mode=import&reason=%E6%94%B9%E5%90%8D", better))
	if a.Text("version", "version") != "2" || a.Text("version", "reason") != "改名" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(200, "", s.Send("admin", "GET", "/api/v1/events/"+id+"/scheme", ""))
	if !strings.Contains(a.Text("text"), "焊缝外观") {
		t.Errorf("%s", a.Body)
	}
	s.Want(400, "web.query", post("admin", "?mode=try", better))
	s.Want(415, "excel.file_type", post("admin", "?mode=preview", []byte("no workbook")))
	s.actors["host"] = programmetest.Account(contest.Grant{Role: contest.HostSecretary, Event: contest.ID(uuid.MustParse(id))})
	s.Want(403, "programme.forbidden", post("host", "?mode=preview", better))
	s.Want(200, "", s.Send("host", "GET", sheet, ""))
	s.actors["other"] = programmetest.Account(contest.Grant{Role: contest.HostSecretary, Event: contest.ID{15: 1}})
	s.Want(404, "programme.event_missing", post("other", "?mode=preview", better))
	template := s.Want(200, "", s.Send("host", "GET", "/api/v1/scheme-sheets/template.xlsx", ""))
	if !bytes.HasPrefix(template.Body, []byte("PK")) {
		t.Error("no workbook")
	}
}

func cell(t *testing.T, book []byte, sheet, at, text string) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SetCellStr(sheet, at, text); err != nil {
		t.Fatal(err)
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
