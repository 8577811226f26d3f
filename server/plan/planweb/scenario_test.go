package planweb_test

import (
	"strings"
	"testing"

	"jiangtai/server/plan"
	"jiangtai/server/plan/plantest"
	"jiangtai/server/web/webtest"
)

const octets = "application/octet-stream"

func attach(kind, name string) string {
	return "/api/v1/plan/files?event=" + plantest.Welder.String() + "&kind=" + kind + "&name=" + name
}

func TestAFilingOverHTTP(t *testing.T) {
	s := newSite(t)
	s.Want(401, "web.sign_in", s.Send("", "GET", welder, ""))
	s.Want(404, "plan.event_missing", s.Send("other", "GET", welder, ""))
	a := s.Want(200, "", s.Send("host", "GET", welder, ""))
	if a.Text("filing", "state") != "planned" || a.Text("acts") != "[apply]" || a.Text("event", "host_name") != "港务学院" || a.Text("may_decide") != "false" {
		t.Errorf("%s", a.Body)
	}
	s.Want(400, "web.json", s.Send("host", "PATCH", welder, `{"version":0,"state":"filed"}`))
	s.Want(409, "plan.changed", s.Send("host", "PATCH", welder, `{"version":3,"month":5}`))
	s.Want(403, "plan.forbidden", s.Send("host", "PATCH", welder, `{"version":0,"listed":true}`))
	a = s.Want(200, "", s.Send("host", "PATCH", welder, `{"version":0,"month":5,"class":"city-1","budget":80000}`))
	if a.Text("filing", "version") != "1" || a.Text("steps", "0", "detail", "class") != "city-1" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(422, "plan.incomplete", s.Send("host", "POST", welder+"/acts", `{"act":"apply","version":1}`))
	if a.Places() != "/files/technical=plan.document_needed /files/scheme=plan.document_needed /files/judges=plan.document_needed" {
		t.Error(a.Places())
	}
	s.Want(415, "plan.file_type", s.Send("host", "POST", attach("technical", "a.exe"), "MZ", "Content-Type", octets))
	s.Want(415, "web.content_type", s.Send("host", "POST", attach("technical", "a.pdf"), "%PDF-1", "Content-Type", "application/pdf"))
	s.Want(422, "plan.invalid", s.Send("host", "POST", attach("song", "a.pdf"), "%PDF-1", "Content-Type", octets))
	s.Want(400, "web.query", s.Send("host", "POST", "/api/v1/plan/files?kind=technical&name=x", "%PDF-1", "Content-Type", octets))
	s.Want(404, "plan.event_missing", s.Send("chief", "POST", attach("technical", "a.pdf"), "%PDF-1", "Content-Type", octets))
	a = s.Want(201, "", s.Send("host", "POST", attach("technical", "%E6%8A%80%E6%9C%AF.pdf"), "%PDF-1", "Content-Type", octets))
	own := welder + "/files/" + a.Text("file", "id")
	a = s.Want(200, "", s.Send("watcher", "GET", own, ""))
	if string(a.Body) != "%PDF-1" || a.Header["Content-Type"][0] != "application/pdf" || !strings.Contains(a.Header["Content-Disposition"][0], "%E6%8A%80%E6%9C%AF.pdf") {
		t.Errorf("%v", a.Header)
	}
	s.Want(403, "plan.forbidden", s.Send("watcher", "DELETE", own, ""))
	s.Want(204, "", s.Send("host", "DELETE", own, ""))
	s.Want(404, "plan.file_missing", s.Send("host", "GET", own, ""))
	s.Want(404, "web.missing", s.Send("host", "GET", welder+"/files/x", ""))
	s.Want(201, "", s.Send("host", "POST", attach("technical", "a.pdf"), "%PDF-2", "Content-Type", octets))
	s.Fit(plantest.Welder, plan.Outfit{SchemeVersion: 1, SchemeSum: "s", Judges: 2})
	a = s.Want(200, "", s.Send("host", "POST", welder+"/acts", `{"act":"apply","version":1}`))
	if a.Text("filing", "state") != "applied" || a.Text("acts") != "[withdraw]" || a.Text("needs", "1", "from") != "scheme" {
		t.Errorf("%s", a.Body)
	}
	s.Want(403, "plan.forbidden", s.Send("host", "POST", welder+"/acts", `{"act":"file","version":2}`))
	s.Want(400, "plan.unknown_act", s.Send("office", "POST", welder+"/acts", `{"act":"dance","version":2}`))
	s.Want(200, "", s.Send("office", "PATCH", welder, `{"version":2,"return_by":"2026-06-30","listed":true,"reason":"列入"}`))
	a = s.Want(200, "", s.Send("office", "POST", welder+"/acts", `{"act":"file","version":3}`))
	if a.Text("filing", "number") != "2026-001" || a.Text("filing", "filed_at") == "<nil>" {
		t.Errorf("%s", a.Body)
	}
	s.Want(422, "plan.step", s.Send("office", "POST", welder+"/acts", `{"act":"file","version":4}`))
	a = s.Want(200, "", s.Send("office", "GET", "/api/v1/plan?year=2026", ""))
	if a.Text("lines", "0", "filing", "state") != "filed" || a.Text("may_decide") != "true" || a.Text("classes") != "[city-1 city-2 none]" {
		t.Errorf("%s", a.Body)
	}
	s.Want(400, "web.query", s.Send("office", "GET", "/api/v1/plan?year=next", ""))
	if a = s.Want(200, "", s.Send("chief", "GET", "/api/v1/plan", "")); a.Text("lines") != "[]" {
		t.Errorf("%s", a.Body)
	}
}

func TestHostsOverHTTP(t *testing.T) {
	s := newSite(t)
	a := s.Want(200, "", s.Send("office", "GET", town+"/hosts", ""))
	if a.Text("hosts", "0", "code") != "port" || a.Text("hosts", "0", "events", "0") != plantest.Welder.String() || a.Text("hosts", "0", "contact", "person") != "" {
		t.Errorf("%s", a.Body)
	}
	port := town + "/hosts/" + plantest.Port.String() + "/contact"
	s.Want(422, "plan.invalid", s.Send("host", "PUT", port, `{"phone":"x"}`))
	s.Want(404, "plan.host_missing", s.Send("other", "PUT", port, `{"person":"江某"}`))
	a = s.Want(200, "", s.Send("host", "PUT", port, `{"person":"江某","phone":"027-8765 4321","email":"","note":""}`))
	if a.Text("host", "contact", "phone") != "027-8765 4321" {
		t.Errorf("%s", a.Body)
	}
	s.Want(404, "plan.contest_missing", s.Send("chief", "GET", town+"/hosts", ""))
}

// What goes out comes in: an export is changed in two cells and sent back.
func TestTheSheetGoesRound(t *testing.T) {
	s := newSite(t)
	out := s.Want(200, "", s.Send("office", "GET", sheet+".xlsx?year=2026", ""))
	rows := s.Rows(out)
	if len(rows) != 3 || rows[1][2] != "weld" || rows[1][8] != "港务学院" || rows[1][9] != "平板评分" || rows[1][10] != "完整" || rows[1][18] != "已列计划" {
		t.Fatalf("%v", rows)
	}
	back := s.Filled(out, 2, map[string]string{"备案类别": "市级二类", "成绩报送截止": "2026-06-30", "列入工会年度计划": "是"})
	a := s.Want(200, "", s.Send("office", "POST", sheet+"?mode=preview", back, "Content-Type", webtest.XLSX))
	if a.Text("rows", "0", "outcome") != "changed" || a.Text("rows", "1", "outcome") != "same" || a.Text("faults") != "[]" {
		t.Errorf("%s", a.Body)
	}
	if v := s.Want(200, "", s.Send("office", "GET", welder, "")); v.Text("filing", "version") != "0" {
		t.Error("a preview was written")
	}
	s.Want(201, "", s.Send("office", "POST", sheet+"?mode=import", back, "Content-Type", webtest.XLSX))
	v := s.Want(200, "", s.Send("office", "GET", welder, ""))
	if v.Text("filing", "class") != "city-2" || v.Text("filing", "return_by") != "2026-06-30" || v.Text("filing", "listed") != "true" {
		t.Errorf("%s", v.Body)
	}
	a = s.Want(200, "", s.Send("host", "POST", sheet+"?mode=preview", back, "Content-Type", webtest.XLSX))
	if a.Places() != "计划表:2:B=plan.forbidden 计划表:3:B=plan.forbidden" {
		t.Errorf("by a host: %s", a.Places())
	}
}

func TestTheSheetTellsItsFaults(t *testing.T) {
	s := newSite(t)
	template := s.Want(200, "", s.Send("host", "GET", "/api/v1/plan/template.xlsx", ""))
	if rows := s.Rows(template); rows[1][0] != "示例" {
		t.Errorf("%v", rows)
	}
	good := map[string]string{"赛事代码": "town", "赛项代码": "mill", "工种": "磨工", "计划年度": "2026", "计划月份": "5"}
	row := func(change ...string) map[string]string {
		out := map[string]string{}
		for k, v := range good {
			out[k] = v
		}
		for i := 0; i < len(change); i += 2 {
			out[change[i]] = change[i+1]
		}
		return out
	}
	bad := s.Filled(template, 3,
		row(),
		row("赛项代码", "a", "计划月份", "五月", "备案类别", "特级"),
		row("赛项代码", "b", "计划月份", "13"),
		row("赛项代码", "c", "承办单位代码", "nobody", "工种", ""),
	)
	a := s.Want(200, "", s.Send("office", "POST", sheet+"?mode=preview", bad, "Content-Type", webtest.XLSX))
	for _, want := range []string{
		"计划表:4:O=excel.integer", "计划表:4:N=excel.choice", "计划表:5:O=plan.number_wrong", "计划表:6:D=excel.required", "计划表:6:H=plan.host_missing",
	} {
		if !strings.Contains(" "+a.Places()+" ", " "+want+" ") {
			t.Errorf("%s is not told: %s", want, a.Places())
		}
	}
	if n := strings.Count(a.Places(), "="); n != 5 {
		t.Errorf("%d faults: %s", n, a.Places())
	}
	s.Want(422, "plan.invalid", s.Send("office", "POST", sheet+"?mode=import", bad, "Content-Type", webtest.XLSX))
	home := s.Rows(s.Want(200, "", s.Send("office", "POST", sheet+"?mode=annotate", bad, "Content-Type", webtest.XLSX)))
	if last := home[4][len(home[4])-1]; !strings.Contains(last, "O ") || home[2][2] != "mill" || len(home[2]) > 20 {
		t.Errorf("%q", home)
	}
	s.Want(201, "", s.Send("office", "POST", sheet+"?mode=import", s.Filled(template, 3, row()), "Content-Type", webtest.XLSX))
	s.Want(415, "excel.file_type", s.Send("office", "POST", sheet+"?mode=import", "no workbook", "Content-Type", webtest.XLSX))
	s.Want(415, "web.content_type", s.Send("office", "POST", sheet+"?mode=import", "{}"))
	s.Want(400, "web.query", s.Send("office", "POST", sheet+"?mode=try", bad, "Content-Type", webtest.XLSX))
}

// Every route that the document has under plan is put up, and every one is there.
func TestRoutesAreTheContract(t *testing.T) { newSite(t).Contract("plan") }
