package programmeweb_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jiangtai/server/contest"
	"jiangtai/server/paper/excel"
	"jiangtai/server/programme/programmetest"
	"jiangtai/server/programme/programmeweb/schemesheet"
	"jiangtai/server/web/webtest"
)

const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// A table that people own is looked at, what was not understood is named, and the
// scheme that it is becomes the event's next version.
func TestTablesOfMarks(t *testing.T) {
	s := newSite(t)
	s.Want(201, "", s.upload("/api/v1/packages", zipped(t, programmetest.Small())))
	list := s.Want(200, "", s.Send("admin", "GET", "/api/v1/contests/"+s.Want(200, "", s.Send("admin", "GET", "/api/v1/contests", "")).Text("contests", "0", "id")+"/events", ""))
	id := list.Text("events", "1", "id")
	file := func(name string) string {
		data, err := os.ReadFile("marktable/testdata/sheets/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	post := func(as, query, kind, body string) webtest.Answer {
		return s.Send(as, "POST", "/api/v1/scheme-tables?event="+id+query, body, "Content-Type", kind)
	}
	a := s.Want(200, "", post("admin", "&mode=preview", docx, file("01-welding-plate.docx")))
	if a.Text("total") != "100" || a.Text("unread", "0", "table") != "表1" || a.Text("unread", "0", "row") != "7" || a.Text("unread", "0", "column") != "5" ||
		a.Text("unread", "0", "why") != "programme.table_standard" || !strings.Contains(a.Text("unread", "0", "text"), "咬边") || a.Text("sums", "0", "actual") != "100" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(200, "", post("admin", "&mode=preview", webtest.XLSX, file("02-turning.xlsx")))
	if a.Text("unread") != "[]" || a.Text("rows", "0", "column") != "E" || a.Text("rows", "0", "kinds", "0") != "excess" {
		t.Errorf("%s", a.Body)
	}
	whole := s.Want(200, "", post("admin", "&mode=scheme", webtest.XLSX, file("02-turning.xlsx")))
	s.Want(200, "", s.Send("admin", "PUT", "/api/v1/events/"+id+"/scheme?reason=x", strings.ReplaceAll(string(whole.Body), `"judges"`, `"p"`)))
	s.Want(401, "web.sign_in", post("", "&mode=preview", docx, "x"))
	s.Want(400, "web.query", post("admin", "&mode=try", docx, "x"))
	s.Want(404, "programme.event_missing", s.Send("admin", "POST", "/api/v1/scheme-tables?mode=preview", "x", "Content-Type", docx))
	s.Want(415, "", post("admin", "&mode=preview", "text/plain", "{}"))
	s.Want(415, "word.file_type", post("admin", "&mode=preview", docx, "no document"))
	s.Want(413, "word.too_large", post("admin", "&mode=preview", docx, strings.Repeat("x", 5<<20+1)))
	s.actors["host"] = programmetest.Account(contest.Grant{Role: contest.HostSecretary, Event: contest.ID(uuid.MustParse(id))})
	s.Want(403, "programme.forbidden", post("host", "&mode=preview", docx, file("01-welding-plate.docx")))
	s.actors["other"] = programmetest.Account(contest.Grant{Role: contest.HostSecretary, Event: contest.ID{15: 1}})
	s.Want(404, "programme.event_missing", post("other", "&mode=preview", docx, "x"))
}

// One door takes whatever people have, and says what it recognised; what the sheet of
// eleven columns cannot say of a scheme is told.
func TestEveryFormOfAScheme(t *testing.T) {
	s := newSite(t)
	s.Want(201, "", s.upload("/api/v1/packages", zipped(t, programmetest.Small())))
	list := s.Want(200, "", s.Send("admin", "GET", "/api/v1/contests/"+s.Want(200, "", s.Send("admin", "GET", "/api/v1/contests", "")).Text("contests", "0", "id")+"/events", ""))
	id := list.Text("events", "1", "id")
	event := "/api/v1/events/" + id
	post := func(query, kind, body string) webtest.Answer {
		return s.Send("admin", "POST", "/api/v1/scheme-tables?event="+id+query, body, "Content-Type", kind)
	}
	table, err := os.ReadFile("marktable/testdata/sheets/01-welding-plate.docx")
	if err != nil {
		t.Fatal(err)
	}
	a := s.Want(200, "", post("&mode=preview", docx, string(table)))
	if a.Text("kind") != "table" || a.Text("faults") != "[]" || a.Text("unread", "0", "aspects", "0") == "" {
		t.Errorf("%s", a.Body)
	}
	whole := a.Text("text")
	a = s.Want(200, "", post("&mode=preview", "application/json", whole))
	if a.Text("kind") != "scheme" || a.Text("total") != "100" || a.Text("text") != whole {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(200, "", post("&mode=preview", "application/json", strings.Replace(whole, `"total": "100"`, `"total": "99"`, 1)))
	if a.Text("faults", "0", "path") != "/total" || a.Text("text") != "" {
		t.Errorf("%s", a.Body)
	}
	s.Want(422, "programme.sheet_faulty", post("&mode=scheme", "application/json", "{}"))
	s.Want(200, "", s.Send("admin", "PUT", event+"/scheme?reason=x", strings.ReplaceAll(whole, `"judges"`, `"p"`)))

	own := s.Want(200, "", s.Send("admin", "GET", event+"/scheme-sheet", ""))
	a = s.Want(200, "", post("&mode=preview", webtest.XLSX, string(own.Body)))
	if a.Text("kind") != "template" || a.Text("total") != "100" || a.Text("faults") != "[]" || a.Text("text") == "" {
		t.Errorf("%s", a.Body)
	}
	eleven := s.Want(200, "", s.Send("admin", "GET", event+"/scheme-sheet?form=columns", ""))
	a = s.Want(200, "", post("&mode=preview", webtest.XLSX, string(eleven.Body)))
	if a.Text("kind") != "columns" || a.Text("total") != "100" || a.Text("rows", "0", "column") != "E" || a.Text("skipped") != "[]" {
		t.Errorf("%s", a.Body)
	}
	// What is called the same is the same thing.
	a = s.Want(200, "", s.Send("admin", "POST", event+"/scheme/changes", a.Text("text"), "Content-Type", "application/json"))
	if strings.Contains(string(a.Body), `"kind":"added","place":{"sort":"aspect"`) || strings.Contains(string(a.Body), `"kind":"added","place":{"sort":"criterion"`) {
		t.Errorf("%s", a.Body)
	}
	lost := s.Want(200, "", s.Send("admin", "GET", event+"/scheme-sheet?form=lost", ""))
	if !strings.Contains(string(lost.Body), `"field":"kind"`) || lost.Text("to") != "0" {
		t.Errorf("%s", lost.Body)
	}
	s.Want(400, "web.query", s.Send("admin", "GET", event+"/scheme-sheet?form=pdf", ""))
	torn, err := excel.WritePlain([]excel.Plain{{Sheet: "方案", Rows: [][]string{{"项目", "内容"}, {"名称", "焊"}}}})
	if err != nil {
		t.Fatal(err)
	}
	a = s.Want(200, "", post("&mode=preview", webtest.XLSX, string(torn)))
	if a.Text("kind") != "template" || !strings.Contains(string(a.Body), "programme.sheet_missing") {
		t.Errorf("%s", a.Body)
	}
	book, err := schemesheet.Template()
	if err != nil {
		t.Fatal(err)
	}
	a = s.Want(200, "", post("&mode=preview", webtest.XLSX, string(book)))
	if a.Text("kind") != "template" || a.Text("text") != "" || !strings.Contains(string(a.Body), "excel.empty") {
		t.Errorf("%s", a.Body)
	}
}
