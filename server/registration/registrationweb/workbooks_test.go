package registrationweb_test

import (
	"strings"
	"testing"

	"jiangtai/server/registration"
	"jiangtai/server/registration/registrationtest"
	"jiangtai/server/web/webtest"
)

const (
	ofWelder = "&event=00000000-0000-0000-0000-00000000000b"
	ofTown   = "&contest=00000000-0000-0000-0000-000000000001"
)

func (s *site) upload(as, query, body string) webtest.Answer {
	s.Helper()
	return s.Send(as, "POST", "/api/v1/workbooks?"+query, body, "Content-Type", webtest.XLSX)
}

func (s *site) template(as, kind, query string) webtest.Answer {
	s.Helper()
	return s.Want(200, "", s.Send(as, "GET", "/api/v1/workbooks/"+kind+"/template.xlsx?"+query[1:], ""))
}

func TestRegistrationsFromAWorkbook(t *testing.T) {
	s := newSite(t)
	const kind = "kind=registrations" + ofWelder
	template := s.template("host", "registrations", ofWelder)
	if rows := s.Rows(template); len(rows) != 2 || rows[1][0] != "示例" || rows[0][2] != "证件号码 *" {
		t.Errorf("%v", rows)
	}
	if _, err := s.Register(t.Context(), "10.0.0.1", registrationtest.Welder, registrationtest.Draft(7)); err != nil {
		t.Fatal(err)
	}
	// U15, U16: everything at once, nothing written.
	faulty := s.Filled(template, 3, person(1), person(2, "证件号码", "110105194912310021", "手机号", ""), person(1), person(7), person(3, "用工形式", "老板", "单位代码", "u9", "本人已同意个人信息告知书", "否"))
	const expected = "报名表:4:D=excel.required 报名表:7:E=excel.choice 报名表:7:H=excel.choice 报名表:4:C=registration.id_checksum 报名表:5:C=registration.twice " +
		"报名表:6:C=registration.duplicate 报名表:7:W=registration.consent"
	a := s.Want(200, "", s.upload("host", kind+"&mode=preview", faulty))
	if a.Places() != expected || a.Text("rows") != "5" || a.Text("import") != "<nil>" {
		t.Errorf("%s", a.Body)
	}
	if a = s.Want(422, "registration.invalid", s.upload("host", kind+"&mode=import", faulty)); a.Places() != expected {
		t.Errorf("%s", a.Body)
	}
	home := s.Want(200, "", s.sendHome(kind, faulty))
	rows := s.Rows(home)
	problem := len(rows[0]) - 1
	if rows[0][problem] != "问题（系统填写）" || len(rows[2]) > problem && rows[2][problem] != "" || !strings.Contains(rows[3][problem], "D 不能为空（手机号）；C 证件号码校验位不符") {
		t.Errorf("%v", rows)
	}
	if list, err := s.All(t.Context(), registrationtest.Office, registrationtest.Welder); err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	good := s.Filled(template, 3, person(1), person(2, "姓名", " 曾\u200b小雨 "))
	a = s.Want(200, "", s.upload("host", kind+"&mode=preview", good))
	if a.Places() != "" || a.Text("notes", "0", "path") != "报名表:4:B" { // U14
		t.Errorf("%s", a.Body)
	}
	a = s.Want(201, "", s.upload("host", kind+"&mode=import", good))
	again := s.Want(200, "", s.upload("host", kind+"&mode=import", good)) // U17
	if again.Text("repeated") != "true" || again.Text("import") != a.Text("import") {
		t.Errorf("%s %s", a.Body, again.Body)
	}
	list, err := s.All(t.Context(), registrationtest.Office, registrationtest.Welder)
	if err != nil || len(list) != 3 {
		t.Fatal(len(list), err)
	}
	for _, r := range list {
		if r.Door == registration.UnitDoor && (r.Details.Employment != "migrant" || len(r.Details.Certificates) != 2 || r.Consent.Notice != "v1" || strings.Contains(r.Name, "\u200b")) {
			t.Errorf("%+v", r)
		}
	}
}

// sendHome asks for the annotated workbook: the one answer that holds what the
// sender wrote.
func (s *site) sendHome(kind, body string) webtest.Answer {
	s.Helper()
	return s.upload("host", kind+"&mode=annotate", body)
}

func TestUnitsAndJudgesFromWorkbooks(t *testing.T) {
	s := newSite(t)
	template := s.template("office", "units", ofTown)
	a := s.Want(200, "", s.upload("office", "kind=units&mode=preview"+ofTown, s.Filled(template, 3,
		map[string]string{"代码": "u1", "全称": "甲"}, map[string]string{"代码": "u3", "全称": "乙", "类别": "基层工会"}, map[string]string{"代码": "u 9", "全称": "丙"})))
	if a.Places() != "单位表:3:B=registration.unit_exists" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(422, "registration.invalid", s.upload("office", "kind=units&mode=import"+ofTown, s.Filled(template, 3, map[string]string{"代码": "u 9", "全称": "丙"})))
	if a.Places() != "单位表:3:B=programme.code_wrong" {
		t.Errorf("%s", a.Body)
	}
	s.Want(201, "", s.upload("office", "kind=units&mode=import"+ofTown, s.Filled(template, 3, map[string]string{"代码": "u3", "全称": "乙"})))

	template = s.template("host", "entries", ofWelder)
	s.Want(201, "", s.upload("host", "kind=entries&mode=import"+ofWelder, s.Filled(template, 3, map[string]string{"参赛者": "甲"}, map[string]string{"参赛者": "乙", "单位代码": "u2"})))
	if list := s.Entries(registrationtest.Welder); len(list) != 2 || list[1] != (registration.Entrant{Name: "乙", Unit: "u2"}) {
		t.Errorf("%+v", list)
	}
	a = s.Want(200, "", s.upload("host", "kind=entries&mode=preview"+ofWelder, s.Filled(template, 3, map[string]string{"参赛者": "甲"}, map[string]string{"参赛号": "7", "单位代码": "u9"})))
	if a.Places() != "参赛名单:4:C=excel.required 参赛名单:4:D=excel.choice" {
		t.Errorf("%s", a.Body)
	}

	// Teams, groups and counties are columns that may be left empty.
	teams := s.Filled(template, 3, map[string]string{"参赛者": "一队", "类别": "团队", "组别": "职工组"}, map[string]string{"参赛者": "丙", "团队": "一队", "组别": "职工组", "县区": "东湖区"})
	s.Want(201, "", s.upload("host", "kind=entries&mode=import"+ofWelder, teams))
	rows := s.Added()
	if rows = rows[len(rows)-2:]; rows[0] != (registration.EntryRow{Name: "一队", Kind: "team", Group: "职工组"}) ||
		rows[1] != (registration.EntryRow{Name: "丙", Team: "一队", Group: "职工组", County: "东湖区"}) {
		t.Errorf("%+v", rows)
	}
	wrong := s.Filled(template, 3, map[string]string{"参赛者": "丁"}, map[string]string{"参赛者": "戊", "团队": "无"})
	if a = s.Want(200, "", s.upload("host", "kind=entries&mode=preview"+ofWelder, wrong)); a.Places() != "参赛名单:4:F=programme.team_unknown" {
		t.Errorf("%s", a.Body)
	}
	wrong = s.Filled(template, 3, map[string]string{"参赛者": "丁", "类别": "组合"})
	if a = s.Want(200, "", s.upload("host", "kind=entries&mode=preview"+ofWelder, wrong)); a.Places() != "参赛名单:3:E=excel.choice" {
		t.Errorf("%s", a.Body)
	}

	template = s.template("host", "judges", ofWelder)
	s.Want(201, "", s.upload("host", "kind=judges&mode=import"+ofWelder, s.Filled(template, 3,
		map[string]string{"裁判组": "p", "裁判姓名": "江一", "是否组长": "是"}, map[string]string{"裁判组": "p", "席位": "2"})))
	if list := s.Judges(); len(list) != 2 || list[0] != (registration.JudgeRow{Panel: "p", Judge: "江一", IsChief: true}) || list[1].Seat != 2 {
		t.Errorf("%+v", list)
	}
}

func TestWorkbooksThatAreNone(t *testing.T) {
	s := newSite(t)
	const kind = "kind=registrations&mode=preview" + ofWelder
	good := s.Filled(s.template("host", "registrations", ofWelder), 3, person(1))
	s.Want(413, "excel.too_large", s.upload("host", kind, strings.Repeat("x", 5<<20+1))) // U1; beyond that it is the transport's answer
	s.Want(415, "web.content_type", s.Send("host", "POST", "/api/v1/workbooks?"+kind, good))
	s.Want(415, "excel.file_type", s.upload("host", kind, "姓名,证件号码\n"))
	s.Want(422, "excel.archive", s.upload("host", kind, good[:len(good)/2]))
	s.Want(422, "excel.archive", s.upload("host", kind, "PK\x03\x04"))
	s.Want(401, "web.sign_in", s.upload("", kind, good))
	s.Want(404, "registration.event_missing", s.upload("chief", kind, good))
	s.Want(403, "registration.forbidden", s.upload("watcher", kind, good))
	s.Want(404, "registration.contest_missing", s.upload("host", "kind=units&mode=preview"+ofTown, good))
	s.Want(404, "web.missing", s.upload("host", "kind=secrets&mode=preview"+ofWelder, good))
	s.Want(400, "web.query", s.upload("host", "kind=registrations&mode=preview", good))
	s.Want(400, "web.query", s.upload("host", "kind=registrations&mode=burn"+ofWelder, good))
	// The wrong sheet: the first row is data, and its numbers are not told.
	other := s.Filled(s.template("host", "judges", ofWelder), 3, map[string]string{"裁判组": "p"})
	a := s.Want(200, "", s.upload("host", kind, other))
	if !strings.HasPrefix(a.Places(), "裁判表:1:B=excel.header_unknown") || a.Text("rows") != "0" {
		t.Errorf("%s", a.Body)
	}
	rows := s.Rows(s.Want(200, "", s.sendHome("kind=registrations"+ofWelder, other)))
	if len(rows) != 2 || !strings.Contains(rows[1][len(rows[1])-1], "表头") {
		t.Errorf("%v", rows)
	}
}
