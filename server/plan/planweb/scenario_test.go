package planweb_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"jiangtai/server/plan"
	"jiangtai/server/plan/plantest"
)

const octets = "application/octet-stream"

func attach(kind, name string) string {
	return "/api/v1/plan/files?event=" + plantest.Welder.String() + "&kind=" + kind + "&name=" + name
}

func TestAFilingOverHTTP(t *testing.T) {
	s := newSite(t)
	s.want(401, "web.sign_in", s.send("", "GET", welder, "", ""))
	s.want(404, "plan.event_missing", s.send("other", "GET", welder, "", ""))
	a := s.want(200, "", s.send("host", "GET", welder, "", ""))
	if a.text("filing", "state") != "planned" || a.text("acts") != "[apply]" || a.text("event", "host_name") != "港务学院" || a.text("may_decide") != "false" {
		t.Errorf("%s", a.body)
	}
	s.want(400, "web.json", s.send("host", "PATCH", welder, `{"version":0,"state":"filed"}`, ""))
	s.want(409, "plan.changed", s.send("host", "PATCH", welder, `{"version":3,"month":5}`, ""))
	s.want(403, "plan.forbidden", s.send("host", "PATCH", welder, `{"version":0,"listed":true}`, ""))
	a = s.want(200, "", s.send("host", "PATCH", welder, `{"version":0,"month":5,"class":"city-1","budget":80000}`, ""))
	if a.text("filing", "version") != "1" || a.text("steps", "0", "detail", "class") != "city-1" {
		t.Errorf("%s", a.body)
	}
	a = s.want(422, "plan.incomplete", s.send("host", "POST", welder+"/acts", `{"act":"apply","version":1}`, ""))
	if a.places() != "/files/technical=plan.document_needed /files/scheme=plan.document_needed /files/judges=plan.document_needed" {
		t.Error(a.places())
	}
	s.want(415, "plan.file_type", s.send("host", "POST", attach("technical", "a.exe"), "MZ", octets))
	s.want(415, "web.content_type", s.send("host", "POST", attach("technical", "a.pdf"), "%PDF-1", "application/pdf"))
	s.want(422, "plan.invalid", s.send("host", "POST", attach("song", "a.pdf"), "%PDF-1", octets))
	s.want(400, "web.query", s.send("host", "POST", "/api/v1/plan/files?kind=technical&name=x", "%PDF-1", octets))
	s.want(404, "plan.event_missing", s.send("chief", "POST", attach("technical", "a.pdf"), "%PDF-1", octets))
	a = s.want(201, "", s.send("host", "POST", attach("technical", "%E6%8A%80%E6%9C%AF.pdf"), "%PDF-1", octets))
	own := welder + "/files/" + a.text("file", "id")
	a = s.want(200, "", s.send("watcher", "GET", own, "", ""))
	if string(a.body) != "%PDF-1" || a.header["Content-Type"][0] != "application/pdf" || !strings.Contains(a.header["Content-Disposition"][0], "%E6%8A%80%E6%9C%AF.pdf") {
		t.Errorf("%v", a.header)
	}
	s.want(403, "plan.forbidden", s.send("watcher", "DELETE", own, "", ""))
	s.want(204, "", s.send("host", "DELETE", own, "", ""))
	s.want(404, "plan.file_missing", s.send("host", "GET", own, "", ""))
	s.want(404, "web.missing", s.send("host", "GET", welder+"/files/x", "", ""))
	s.want(201, "", s.send("host", "POST", attach("technical", "a.pdf"), "%PDF-2", octets))
	s.Fit(plantest.Welder, plan.Outfit{SchemeVersion: 1, SchemeSum: "s", Judges: 2})
	a = s.want(200, "", s.send("host", "POST", welder+"/acts", `{"act":"apply","version":1}`, ""))
	if a.text("filing", "state") != "applied" || a.text("acts") != "[withdraw]" || a.text("needs", "1", "from") != "scheme" {
		t.Errorf("%s", a.body)
	}
	s.want(403, "plan.forbidden", s.send("host", "POST", welder+"/acts", `{"act":"file","version":2}`, ""))
	s.want(400, "plan.unknown_act", s.send("office", "POST", welder+"/acts", `{"act":"dance","version":2}`, ""))
	s.want(200, "", s.send("office", "PATCH", welder, `{"version":2,"return_by":"2026-06-30","listed":true,"reason":"列入"}`, ""))
	a = s.want(200, "", s.send("office", "POST", welder+"/acts", `{"act":"file","version":3}`, ""))
	if a.text("filing", "number") != "2026-001" || a.text("filing", "filed_at") == "<nil>" {
		t.Errorf("%s", a.body)
	}
	s.want(422, "plan.step", s.send("office", "POST", welder+"/acts", `{"act":"file","version":4}`, ""))
	a = s.want(200, "", s.send("office", "GET", "/api/v1/plan?year=2026", "", ""))
	if a.text("lines", "0", "filing", "state") != "filed" || a.text("may_decide") != "true" || a.text("classes") != "[city-1 city-2 none]" {
		t.Errorf("%s", a.body)
	}
	s.want(400, "web.query", s.send("office", "GET", "/api/v1/plan?year=next", "", ""))
	if a = s.want(200, "", s.send("chief", "GET", "/api/v1/plan", "", "")); a.text("lines") != "[]" {
		t.Errorf("%s", a.body)
	}
}

func TestHostsOverHTTP(t *testing.T) {
	s := newSite(t)
	a := s.want(200, "", s.send("office", "GET", town+"/hosts", "", ""))
	if a.text("hosts", "0", "code") != "port" || a.text("hosts", "0", "events", "0") != plantest.Welder.String() || a.text("hosts", "0", "contact", "person") != "" {
		t.Errorf("%s", a.body)
	}
	port := town + "/hosts/" + plantest.Port.String() + "/contact"
	s.want(422, "plan.invalid", s.send("host", "PUT", port, `{"phone":"x"}`, ""))
	s.want(404, "plan.host_missing", s.send("other", "PUT", port, `{"person":"江某"}`, ""))
	a = s.want(200, "", s.send("host", "PUT", port, `{"person":"江某","phone":"027-8765 4321"}`, ""))
	if a.text("host", "contact", "phone") != "027-8765 4321" {
		t.Errorf("%s", a.body)
	}
	s.want(404, "plan.contest_missing", s.send("chief", "GET", town+"/hosts", "", ""))
}

// What goes out comes in: an export is changed in two cells and sent back.
func TestTheSheetGoesRound(t *testing.T) {
	s := newSite(t)
	out := s.want(200, "", s.send("office", "GET", sheet+".xlsx?year=2026", "", ""))
	rows := s.sheet(out)
	if len(rows) != 3 || rows[1][2] != "weld" || rows[1][8] != "港务学院" || rows[1][9] != "平板评分" || rows[1][10] != "完整" || rows[1][18] != "已列计划" {
		t.Fatalf("%v", rows)
	}
	back := s.filled(out, map[int]map[string]string{2: {"备案类别": "市级二类", "成绩报送截止": "2026-06-30", "列入工会年度计划": "是"}})
	a := s.want(200, "", s.send("office", "POST", sheet+"?mode=preview", back, xlsx))
	if a.text("rows", "0", "outcome") != "changed" || a.text("rows", "1", "outcome") != "same" || a.text("faults") != "[]" {
		t.Errorf("%s", a.body)
	}
	if v := s.want(200, "", s.send("office", "GET", welder, "", "")); v.text("filing", "version") != "0" {
		t.Error("a preview was written")
	}
	s.want(201, "", s.send("office", "POST", sheet+"?mode=import", back, xlsx))
	v := s.want(200, "", s.send("office", "GET", welder, "", ""))
	if v.text("filing", "class") != "city-2" || v.text("filing", "return_by") != "2026-06-30" || v.text("filing", "listed") != "true" {
		t.Errorf("%s", v.body)
	}
	a = s.want(200, "", s.send("host", "POST", sheet+"?mode=preview", back, xlsx))
	if a.places() != "计划表:2:B=plan.forbidden 计划表:3:B=plan.forbidden" {
		t.Errorf("by a host: %s", a.places())
	}
}

func TestTheSheetTellsItsFaults(t *testing.T) {
	s := newSite(t)
	template := s.want(200, "", s.send("host", "GET", "/api/v1/plan/template.xlsx", "", ""))
	if rows := s.sheet(template); rows[1][0] != "示例" {
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
	bad := s.filled(template, map[int]map[string]string{
		3: row(),
		4: row("赛项代码", "a", "计划月份", "五月", "备案类别", "特级"),
		5: row("赛项代码", "b", "计划月份", "13"),
		6: row("赛项代码", "c", "承办单位代码", "nobody", "工种", ""),
	})
	a := s.want(200, "", s.send("office", "POST", sheet+"?mode=preview", bad, xlsx))
	for _, want := range []string{
		"计划表:4:O=excel.integer", "计划表:4:N=excel.choice", "计划表:5:O=plan.number_wrong", "计划表:6:D=excel.required", "计划表:6:H=plan.host_missing",
	} {
		if !strings.Contains(" "+a.places()+" ", " "+want+" ") {
			t.Errorf("%s is not told: %s", want, a.places())
		}
	}
	if n := strings.Count(a.places(), "="); n != 5 {
		t.Errorf("%d faults: %s", n, a.places())
	}
	s.want(422, "plan.invalid", s.send("office", "POST", sheet+"?mode=import", bad, xlsx))
	home := s.sheet(s.want(200, "", s.send("office", "POST", sheet+"?mode=annotate", bad, xlsx)))
	if last := home[4][len(home[4])-1]; !strings.Contains(last, "O ") || home[2][2] != "mill" || len(home[2]) > 20 {
		t.Errorf("%q", home)
	}
	s.want(201, "", s.send("office", "POST", sheet+"?mode=import", s.filled(template, map[int]map[string]string{3: row()}), xlsx))
	s.want(415, "excel.file_type", s.send("office", "POST", sheet+"?mode=import", "no workbook", xlsx))
	s.want(415, "web.content_type", s.send("office", "POST", sheet+"?mode=import", "{}", ""))
	s.want(400, "web.query", s.send("office", "POST", sheet+"?mode=try", bad, xlsx))
}

// Every route that the document has under plan is put up, and every one is there.
func TestRoutesAreDocumented(t *testing.T) {
	s := newSite(t)
	documented := map[string]bool{}
	for path, item := range s.doc.Paths.Map() {
		for method, op := range item.Operations() {
			if len(op.Tags) == 1 && op.Tags[0] == "plan" {
				documented[method+" "+path] = true
			}
		}
	}
	for _, r := range s.app.GetRoutes(true) {
		if !strings.HasPrefix(r.Name, "plan.") || r.Method == http.MethodHead {
			continue
		}
		path := r.Path
		for _, p := range r.Params {
			path = strings.Replace(path, ":"+p, "{"+p+"}", 1)
		}
		key := fmt.Sprintf("%s %s", r.Method, path)
		if !documented[key] {
			t.Errorf("%s is not in openapi.yaml", key)
		}
		delete(documented, key)
	}
	for key := range documented {
		t.Errorf("openapi.yaml has %s, which nobody serves", key)
	}
}
