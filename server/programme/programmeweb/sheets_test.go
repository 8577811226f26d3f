package programmeweb_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/xuri/excelize/v2"

	"jiangtai/server/contest"
	"jiangtai/server/programme/programmetest"
)

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// A scheme goes out as a workbook, is changed in a cell and comes back as the
// next version; what is wrong with it is told by cell, and nothing is written.
func TestSchemesAsWorkbooks(t *testing.T) {
	s := newSite(t)
	s.want(201, "", s.upload("/api/v1/packages", zipped(t, programmetest.Small())))
	list := s.want(200, "", s.send("admin", "GET", "/api/v1/contests/"+s.want(200, "", s.send("admin", "GET", "/api/v1/contests", "")).text("contests", "0", "id")+"/events", ""))
	id := list.text("events", "1", "id")
	sheet := "/api/v1/events/" + id + "/scheme-sheet"
	post := func(as, query string, book []byte) answer {
		return s.send(as, "POST", sheet+query, string(book), "Content-Type", xlsx)
	}
	s.want(401, "web.sign_in", s.send("", "GET", sheet, ""))
	out := s.want(200, "", s.send("admin", "GET", sheet, ""))
	a := s.want(200, "", post("admin", "?mode=preview", out.body))
	if a.text("faults") != "[]" || a.text("counts", "aspects") != "1" || !strings.Contains(a.text("text"), `"jiangtai.scheme/1"`) {
		t.Errorf("%s", a.body)
	}
	bad := cell(t, out.body, "评分点", "K2", "很多")
	a = s.want(200, "", post("admin", "?mode=preview", bad))
	if a.text("faults", "0", "path") != "评分点:2:K" || a.text("text") != "" {
		t.Errorf("%s", a.body)
	}
	a = s.want(422, "programme.sheet_faulty", post("admin", "?mode=import&reason=x", bad))
	if a.text("fields", "0", "path") != "评分点:2:K" {
		t.Errorf("%s", a.body)
	}
	better := cell(t, out.body, "评分点", "G2", "焊缝外观")
	s.want(422, "programme.invalid", post("admin", "?mode=import", better)) // the second version has a reason
	a = s.want(201, "", post("admin", "?mode=import&reason=%E6%94%B9%E5%90%8D", better))
	if a.text("version", "version") != "2" || a.text("version", "reason") != "改名" {
		t.Errorf("%s", a.body)
	}
	a = s.want(200, "", s.send("admin", "GET", "/api/v1/events/"+id+"/scheme", ""))
	if !strings.Contains(a.text("text"), "焊缝外观") {
		t.Errorf("%s", a.body)
	}
	s.want(400, "web.query", post("admin", "?mode=try", better))
	s.want(415, "excel.file_type", post("admin", "?mode=preview", []byte("no workbook")))
	s.actors["host"] = programmetest.Account(contest.Grant{Role: contest.HostSecretary, Event: contest.ID(uuid.MustParse(id))})
	s.want(403, "programme.forbidden", post("host", "?mode=preview", better))
	s.want(200, "", s.send("host", "GET", sheet, ""))
	s.actors["other"] = programmetest.Account(contest.Grant{Role: contest.HostSecretary, Event: contest.ID{15: 1}})
	s.want(404, "programme.event_missing", post("other", "?mode=preview", better))
	template := s.want(200, "", s.send("host", "GET", "/api/v1/scheme-sheets/template.xlsx", ""))
	if !bytes.HasPrefix(template.body, []byte("PK")) {
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
