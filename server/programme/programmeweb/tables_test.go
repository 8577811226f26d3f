package programmeweb_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/programme/programmeweb/schemesheet"
)

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// A table that people own is looked at, what was not understood is named, and the
// scheme that it is becomes the event's next version.
func TestTablesOfMarks(t *testing.T) {
	s := newSite(t)
	s.want(201, "", s.upload("/api/v1/packages", zipped(t, programmetest.Small())))
	list := s.want(200, "", s.send("admin", "GET", "/api/v1/contests/"+s.want(200, "", s.send("admin", "GET", "/api/v1/contests", "")).text("contests", "0", "id")+"/events", ""))
	id := list.text("events", "1", "id")
	file := func(name string) string {
		data, err := os.ReadFile("marktable/testdata/sheets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	post := func(as, query, kind, body string) answer {
		return s.send(as, "POST", "/api/v1/scheme-tables?event="+id+query, body, "Content-Type", kind)
	}
	a := s.want(200, "", post("admin", "&mode=preview", docx, file("01-welding-plate.docx")))
	if a.text("total") != "100" || a.text("unread", "0", "table") != "表1" || a.text("unread", "0", "row") != "7" || a.text("unread", "0", "column") != "5" ||
		a.text("unread", "0", "why") != "programme.table_standard" || !strings.Contains(a.text("unread", "0", "text"), "咬边") || a.text("sums", "0", "actual") != "100" {
		t.Errorf("%s", a.body)
	}
	a = s.want(200, "", post("admin", "&mode=preview", xlsx, file("02-turning.xlsx")))
	if a.text("unread") != "[]" || a.text("rows", "0", "column") != "E" || a.text("rows", "0", "kinds", "0") != "excess" {
		t.Errorf("%s", a.body)
	}
	whole := s.want(200, "", post("admin", "&mode=scheme", xlsx, file("02-turning.xlsx")))
	s.want(200, "", s.send("admin", "PUT", "/api/v1/events/"+id+"/scheme?reason=x", strings.ReplaceAll(string(whole.body), `"judges"`, `"p"`)))
	s.want(401, "web.sign_in", post("", "&mode=preview", docx, "x"))
	s.want(400, "web.query", post("admin", "&mode=try", docx, "x"))
	s.want(404, "programme.event_missing", s.send("admin", "POST", "/api/v1/scheme-tables?mode=preview", "x", "Content-Type", docx))
	s.want(415, "", post("admin", "&mode=preview", "text/plain", "{}"))
	s.want(415, "word.file_type", post("admin", "&mode=preview", docx, "no document"))
	s.want(413, "word.too_large", post("admin", "&mode=preview", docx, strings.Repeat("x", 5<<20+1)))
	s.actors["host"] = programmetest.Account(contest.Grant{Role: contest.HostSecretary, Event: contest.ID(uuid.MustParse(id))})
	s.want(403, "programme.forbidden", post("host", "&mode=preview", docx, file("01-welding-plate.docx")))
	s.actors["other"] = programmetest.Account(contest.Grant{Role: contest.HostSecretary, Event: contest.ID{15: 1}})
	s.want(404, "programme.event_missing", post("other", "&mode=preview", docx, "x"))
}

// One door takes whatever people have, and says what it recognised; what the sheet of
// eleven columns cannot say of a scheme is told.
func TestEveryFormOfAScheme(t *testing.T) {
	s := newSite(t)
	s.want(201, "", s.upload("/api/v1/packages", zipped(t, programmetest.Small())))
	list := s.want(200, "", s.send("admin", "GET", "/api/v1/contests/"+s.want(200, "", s.send("admin", "GET", "/api/v1/contests", "")).text("contests", "0", "id")+"/events", ""))
	id := list.text("events", "1", "id")
	event := "/api/v1/events/" + id
	post := func(query, kind, body string) answer {
		return s.send("admin", "POST", "/api/v1/scheme-tables?event="+id+query, body, "Content-Type", kind)
	}
	table, err := os.ReadFile("marktable/testdata/sheets/01-welding-plate.docx")
	if err != nil {
		t.Fatal(err)
	}
	a := s.want(200, "", post("&mode=preview", docx, string(table)))
	if a.text("kind") != "table" || a.text("faults") != "[]" || a.text("unread", "0", "aspects", "0") == "" {
		t.Errorf("%s", a.body)
	}
	whole := a.text("text")
	a = s.want(200, "", post("&mode=preview", "application/json", whole))
	if a.text("kind") != "scheme" || a.text("total") != "100" || a.text("text") != whole {
		t.Errorf("%s", a.body)
	}
	a = s.want(200, "", post("&mode=preview", "application/json", strings.Replace(whole, `"total": "100"`, `"total": "99"`, 1)))
	if a.text("faults", "0", "path") != "/total" || a.text("text") != "" {
		t.Errorf("%s", a.body)
	}
	s.want(422, "programme.sheet_faulty", post("&mode=scheme", "application/json", "{}"))
	s.want(200, "", s.send("admin", "PUT", event+"/scheme?reason=x", strings.ReplaceAll(whole, `"judges"`, `"p"`)))

	own := s.want(200, "", s.send("admin", "GET", event+"/scheme-sheet", ""))
	a = s.want(200, "", post("&mode=preview", xlsx, string(own.body)))
	if a.text("kind") != "template" || a.text("total") != "100" || a.text("faults") != "[]" || a.text("text") == "" {
		t.Errorf("%s", a.body)
	}
	eleven := s.want(200, "", s.send("admin", "GET", event+"/scheme-sheet?form=columns", ""))
	a = s.want(200, "", post("&mode=preview", xlsx, string(eleven.body)))
	if a.text("kind") != "columns" || a.text("total") != "100" || a.text("rows", "0", "column") != "E" || a.text("skipped") != "[]" {
		t.Errorf("%s", a.body)
	}
	lost := s.want(200, "", s.send("admin", "GET", event+"/scheme-sheet?form=lost", ""))
	if !strings.Contains(string(lost.body), `"field":"kind"`) || lost.text("to") != "0" {
		t.Errorf("%s", lost.body)
	}
	s.want(400, "web.query", s.send("admin", "GET", event+"/scheme-sheet?form=pdf", ""))
	book, err := schemesheet.Template()
	if err != nil {
		t.Fatal(err)
	}
	a = s.want(200, "", post("&mode=preview", xlsx, string(book)))
	if a.text("kind") != "template" || a.text("text") != "" || !strings.Contains(string(a.body), "excel.empty") {
		t.Errorf("%s", a.body)
	}
}
