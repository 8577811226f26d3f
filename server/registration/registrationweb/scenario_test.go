package registrationweb_test

import (
	"strings"
	"testing"

	"jiangtai/server/registration"
	"jiangtai/server/registration/registrationtest"
)

func TestTheFormOverHTTP(t *testing.T) {
	s := newSite(t)
	a := s.Want(200, "", s.Send("", "GET", strings.Replace(welder, "/api/v1/", "/api/v1/public/", 1)+"/registration", ""))
	if a.Text("notice", "version") != "v1" || a.Text("is_open") != "true" || a.Text("units", "0", "code") != "u1" || a.Text("rules", "0", "rule") != "trade_years" {
		t.Errorf("%s", a.Body)
	}
	const form = "/api/v1/public/registrations"
	s.Want(400, "web.json", s.Send("", "POST", form, draft(1, forWelder+`"status":"approved",`)))
	s.Want(404, "registration.event_missing", s.Send("", "POST", form, draft(1, `"event":"00000000-0000-0000-0000-0000000000ff",`)))
	a = s.Want(422, "registration.invalid", s.Send("", "POST", form, strings.Replace(draft(1, forWelder), `"v1"`, `"v0"`, 1)))
	if a.Places() != "/consent=registration.consent" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(422, "registration.ineligible", s.Send("", "POST", form, strings.Replace(draft(1, forWelder), `"trade_years":4`, `"trade_years":1`, 1)))
	if a.Places() != "/trade_years=registration.rule_trade_years" || a.Text("fields", "0", "hint") != "≥ 2 / 1" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(201, "", s.Send("", "POST", form, draft(1, forWelder)))
	own, secret := form+"/"+a.Text("number"), a.Text("secret")
	s.Want(409, "registration.duplicate", s.Send("", "POST", form, draft(1, forWelder)))
	s.Want(404, "registration.receipt_missing", s.Send("", "GET", own, ""))
	s.Want(404, "registration.receipt_missing", s.Send("", "GET", own, "", "X-Receipt-Secret", "0"))
	a = s.Want(200, "", s.Send("", "GET", own, "", "X-Receipt-Secret", secret))
	if a.Text("registration", "id_number")[2:15] != "*************" || a.Text("registration", "phone") != "138****0001" || a.Text("event", "trade") != "焊工" ||
		a.Text("registration", "certificates", "0", "until") != "2027-01-31" {
		t.Errorf("%s", a.Body)
	}
	id := a.Text("registration", "id")
	s.Want(422, "registration.step", s.Send("", "PUT", own, draft(1, ""), "X-Receipt-Secret", secret))
	s.Want(200, "", s.Send("host", "POST", welder+"/registrations/decisions", `{"act":"return","reason":"请核对","registrations":[{"id":"`+id+`","version":1}]}`))
	a = s.Want(200, "", s.Send("", "PUT", own, strings.Replace(draft(1, ""), registrationtest.Number(1), "", 1), "X-Receipt-Secret", secret))
	if a.Text("registration", "status") != "submitted" || strings.Contains(string(a.Body), `"by"`) {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(200, "", s.Send("", "DELETE", own, "", "X-Receipt-Secret", secret))
	if a.Text("registration", "status") != "withdrawn" {
		t.Errorf("%s", a.Body)
	}
}

func TestTheDeskOverHTTP(t *testing.T) {
	s := newSite(t)
	list := welder + "/registrations"
	s.Want(401, "web.sign_in", s.Send("", "GET", list, ""))
	s.Want(404, "registration.event_missing", s.Send("chief", "GET", list, ""))
	s.Want(403, "registration.forbidden", s.Send("watcher", "POST", list, `{"registrations":[]}`))
	a := s.Want(422, "registration.invalid", s.Send("host", "POST", list, `{"registrations":[`+draft(1, "")+`,`+draft(1, "")+`,{"name":"梁","id_number":"1"}]}`))
	if !strings.HasPrefix(a.Places(), "/registrations/1/id_number=registration.twice /registrations/2/id_number=registration.id_length /registrations/2/phone=registration.phone") {
		t.Errorf("%s", a.Body)
	}
	s.Want(200, "", s.Send("host", "POST", list, `{"preview":true,"registrations":[`+draft(1, "")+`]}`))
	a = s.Want(201, "", s.Send("host", "POST", list, `{"registrations":[`+draft(1, "")+`,`+draft(2, "")+`]}`))
	first, second := a.Text("registrations", "0", "id"), a.Text("registrations", "1", "id")
	a = s.Want(200, "", s.Send("watcher", "GET", list+"?status=submitted,approved&q=第2厂&limit=5", ""))
	if a.Text("total") != "1" || a.Text("registrations", "0", "id") != second || strings.Contains(string(a.Body), "id_number") {
		t.Errorf("%s", a.Body)
	}
	s.Want(400, "web.query", s.Send("host", "GET", list+"?status=lost", ""))
	s.Want(400, "web.query", s.Send("host", "GET", list+"?q=13800001234", "")) // R14
	a = s.Want(422, "registration.undecided", s.Send("office", "POST", list+"/decisions", `{"act":"approve","registrations":[{"id":"`+first+`","version":1}]}`))
	if a.Places() != "/registrations/0=registration.not_your_step" {
		t.Errorf("%s", a.Body)
	}
	both := `[{"id":"` + first + `","version":%},{"id":"` + second + `","version":%}]`
	s.Want(200, "", s.Send("host", "POST", list+"/decisions", `{"act":"approve","registrations":`+strings.ReplaceAll(both, "%", "1")+`}`))
	a = s.Want(200, "", s.Send("office", "POST", list+"/decisions", `{"act":"approve","registrations":`+strings.ReplaceAll(both, "%", "2")+`}`))
	if a.Text("registrations", "1", "entry_no") != "002" || a.Text("registrations", "1", "status") != "approved" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(200, "", s.Send("host", "GET", "/api/v1/registrations/"+first, ""))
	if a.Text("steps", "2", "to") != "approved" || a.Text("steps", "2", "by") != registrationtest.Office.Account.String() {
		t.Errorf("%s", a.Body)
	}
	s.Want(422, "registration.step", s.Send("host", "PUT", "/api/v1/registrations/"+first, draft(1, `"version":3,`)))
	s.Want(404, "web.missing", s.Send("host", "GET", "/api/v1/registrations/x", ""))
	a = s.Want(200, "", s.Send("host", "POST", list+"/lookup", `{"id_number":"`+registrationtest.Number(2)+`"}`))
	if a.Text("registrations", "0", "id") != second {
		t.Errorf("%s", a.Body)
	}
	rows := s.Rows(s.Want(200, "", s.Send("host", "GET", list+"/export.xlsx", "")))
	if len(rows) != 3 || rows[1][2] != "梁志远" || strings.Count(rows[1][3], "*") != 13 || rows[2][7] != "002" {
		t.Errorf("%v", rows)
	}
}

func TestRevealingOverHTTP(t *testing.T) {
	s := newSite(t)
	a := s.Want(201, "", s.Send("host", "POST", welder+"/registrations", `{"registrations":[`+draft(1, "")+`]}`))
	own := "/api/v1/registrations/" + a.Text("registrations", "0", "id")
	s.Want(401, "web.sign_in", s.Send("", "POST", own+"/reveal", `{"reason":"保险"}`))
	s.Want(404, "registration.missing", s.Send("chief", "POST", own+"/reveal", `{"reason":"保险"}`))
	s.Want(403, "registration.reveal_forbidden", s.Send("watcher", "POST", own+"/reveal", `{"reason":"保险"}`))
	s.Want(422, "registration.reason", s.Send("host", "POST", own+"/reveal", `{"reason":" "}`))
	a = s.Want(200, "", s.Send("host", "POST", own+"/reveal", `{"reason":"保险"}`))
	if a.Text("id_number") != registrationtest.Number(1) || a.Text("phone") != registrationtest.Phone(1) || a.Text("left") != "19" || a.Header["Cache-Control"][0] != "no-store" {
		t.Errorf("%s %v", a.Body, a.Header)
	}
	a = s.Want(200, "", s.Send("watcher", "GET", own, ""))
	if a.Text("disclosures", "0", "reason") != "保险" || a.Text("disclosures", "0", "by") != registrationtest.Host.Account.String() || a.Text("correct_until") == "<nil>" {
		t.Errorf("%s", a.Body)
	}
	for range registration.MaxReveals - 1 {
		s.Want(200, "", s.Send("host", "POST", own+"/reveal", `{"reason":"保险"}`))
	}
	a = s.Want(429, "registration.reveal_too_many", s.Send("host", "POST", own+"/reveal", `{"reason":"保险"}`))
	if strings.Contains(string(a.Body), registrationtest.Number(1)) {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(200, "", s.Send("host", "GET", welder+"/registrations?status=draft", ""))
	if a.Text("counts", "submitted") != "1" || a.Text("total") != "0" {
		t.Errorf("%s", a.Body)
	}
	a = s.Want(200, "", s.Send("", "GET", "/api/v1/public/registration-calls", ""))
	if a.Text("calls", "0", "event", "trade") != "焊工" || a.Text("calls", "0", "is_open") != "true" || a.Text("calls", "2", "event") != "" || strings.Contains(string(a.Body), registrationtest.Hidden.String()) {
		t.Errorf("%s", a.Body)
	}
}

func TestTermsOverHTTP(t *testing.T) {
	s := newSite(t)
	a := s.Want(200, "", s.Send("office", "GET", town+"/registration-terms", ""))
	terms := a.Body[strings.Index(string(a.Body), `{"opens_at"`):strings.Index(string(a.Body), `,"reason"`)]
	s.Want(404, "registration.contest_missing", s.Send("host", "GET", town+"/registration-terms", ""))
	s.Want(403, "registration.forbidden", s.Send("host", "PUT", welder+"/registration-terms", `{"terms":`+string(terms)+`,"reason":""}`))
	a = s.Want(200, "", s.Send("office", "PUT", welder+"/registration-terms", `{"terms":`+string(terms)+`,"reason":""}`))
	if a.Text("version") != "1" || a.Text("scope") != registrationtest.Welder.String() {
		t.Errorf("%s", a.Body)
	}
	s.Want(422, "registration.reason", s.Send("office", "PUT", town+"/registration-terms", `{"terms":`+string(terms)+`,"reason":""}`))
	s.Want(422, "registration.terms_invalid", s.Send("office", "PUT", town+"/registration-terms", `{"terms":{},"reason":"x"}`))
	s.Want(400, "web.json", s.Send("office", "PUT", town+"/registration-terms", `{"terms":{"rule":[]},"reason":"x"}`))
	s.Want(404, "registration.event_missing", s.Send("host", "GET", turner+"/registration-terms", "")) // another host's
	a = s.Want(200, "", s.Send("office", "GET", turner+"/registration-terms", ""))
	if a.Text("scope") != registrationtest.Town.String() {
		t.Errorf("%s", a.Body)
	}
}

// Every route of this room is in openapi.yaml and every path there under its tag
// is a route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) { newSite(t).Contract("registration") }
