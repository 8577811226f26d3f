package registrationweb_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jiangtai/schemas"
	"jiangtai/server/registration"
	"jiangtai/server/registration/registrationtest"
	"jiangtai/server/web"
)

func TestTheFormOverHTTP(t *testing.T) {
	s := newSite(t)
	a := s.want(200, "", s.send("", "GET", strings.Replace(welder, "/api/v1/", "/api/v1/public/", 1)+"/registration", ""))
	if a.text("notice", "version") != "v1" || a.text("is_open") != "true" || a.text("units", "0", "code") != "u1" || a.text("rules", "0", "rule") != "trade_years" {
		t.Errorf("%s", a.body)
	}
	const form = "/api/v1/public/registrations"
	s.want(400, "web.json", s.send("", "POST", form, draft(1, forWelder+`"status":"approved",`)))
	s.want(404, "registration.event_missing", s.send("", "POST", form, draft(1, `"event":"00000000-0000-0000-0000-0000000000ff",`)))
	a = s.want(422, "registration.invalid", s.send("", "POST", form, strings.Replace(draft(1, forWelder), `"v1"`, `"v0"`, 1)))
	if a.places() != "/consent=registration.consent" {
		t.Errorf("%s", a.body)
	}
	a = s.want(422, "registration.ineligible", s.send("", "POST", form, strings.Replace(draft(1, forWelder), `"trade_years":4`, `"trade_years":1`, 1)))
	if a.places() != "/trade_years=registration.rule_trade_years" || a.text("fields", "0", "hint") != "≥ 2 / 1" {
		t.Errorf("%s", a.body)
	}
	a = s.want(201, "", s.send("", "POST", form, draft(1, forWelder)))
	own, secret := form+"/"+a.text("number"), a.text("secret")
	s.want(409, "registration.duplicate", s.send("", "POST", form, draft(1, forWelder)))
	s.want(404, "registration.receipt_missing", s.send("", "GET", own, ""))
	s.want(404, "registration.receipt_missing", s.send("", "GET", own, "", "X-Receipt-Secret", "0"))
	a = s.want(200, "", s.send("", "GET", own, "", "X-Receipt-Secret", secret))
	if a.text("registration", "id_number")[2:15] != "*************" || a.text("registration", "phone") != "138****0001" || a.text("event", "trade") != "焊工" ||
		a.text("registration", "certificates", "0", "until") != "2027-01-31" {
		t.Errorf("%s", a.body)
	}
	id := a.text("registration", "id")
	s.want(422, "registration.step", s.send("", "PUT", own, draft(1, ""), "X-Receipt-Secret", secret))
	s.want(200, "", s.send("host", "POST", welder+"/registrations/decisions", `{"act":"return","reason":"请核对","registrations":[{"id":"`+id+`","version":1}]}`))
	a = s.want(200, "", s.send("", "PUT", own, strings.Replace(draft(1, ""), registrationtest.Number(1), "", 1), "X-Receipt-Secret", secret))
	if a.text("registration", "status") != "submitted" || strings.Contains(string(a.body), `"by"`) {
		t.Errorf("%s", a.body)
	}
	a = s.want(200, "", s.send("", "DELETE", own, "", "X-Receipt-Secret", secret))
	if a.text("registration", "status") != "withdrawn" {
		t.Errorf("%s", a.body)
	}
}

func TestTheDeskOverHTTP(t *testing.T) {
	s := newSite(t)
	list := welder + "/registrations"
	s.want(401, "web.sign_in", s.send("", "GET", list, ""))
	s.want(404, "registration.event_missing", s.send("chief", "GET", list, ""))
	s.want(403, "registration.forbidden", s.send("watcher", "POST", list, `{"registrations":[]}`))
	a := s.want(422, "registration.invalid", s.send("host", "POST", list, `{"registrations":[`+draft(1, "")+`,`+draft(1, "")+`,{"name":"梁","id_number":"1"}]}`))
	if !strings.HasPrefix(a.places(), "/registrations/1/id_number=registration.twice /registrations/2/id_number=registration.id_length /registrations/2/phone=registration.phone") {
		t.Errorf("%s", a.body)
	}
	s.want(200, "", s.send("host", "POST", list, `{"preview":true,"registrations":[`+draft(1, "")+`]}`))
	a = s.want(201, "", s.send("host", "POST", list, `{"registrations":[`+draft(1, "")+`,`+draft(2, "")+`]}`))
	first, second := a.text("registrations", "0", "id"), a.text("registrations", "1", "id")
	a = s.want(200, "", s.send("watcher", "GET", list+"?status=submitted,approved&q=第2厂&limit=5", ""))
	if a.text("total") != "1" || a.text("registrations", "0", "id") != second || strings.Contains(string(a.body), "id_number") {
		t.Errorf("%s", a.body)
	}
	s.want(400, "web.query", s.send("host", "GET", list+"?status=lost", ""))
	s.want(400, "web.query", s.send("host", "GET", list+"?q=13800001234", "")) // R14
	a = s.want(422, "registration.undecided", s.send("office", "POST", list+"/decisions", `{"act":"approve","registrations":[{"id":"`+first+`","version":1}]}`))
	if a.places() != "/registrations/0=registration.not_your_step" {
		t.Errorf("%s", a.body)
	}
	both := `[{"id":"` + first + `","version":%},{"id":"` + second + `","version":%}]`
	s.want(200, "", s.send("host", "POST", list+"/decisions", `{"act":"approve","registrations":`+strings.ReplaceAll(both, "%", "1")+`}`))
	a = s.want(200, "", s.send("office", "POST", list+"/decisions", `{"act":"approve","registrations":`+strings.ReplaceAll(both, "%", "2")+`}`))
	if a.text("registrations", "1", "entry_no") != "002" || a.text("registrations", "1", "status") != "approved" {
		t.Errorf("%s", a.body)
	}
	a = s.want(200, "", s.send("host", "GET", "/api/v1/registrations/"+first, ""))
	if a.text("steps", "2", "to") != "approved" || a.text("steps", "2", "by") != registrationtest.Office.Account.String() {
		t.Errorf("%s", a.body)
	}
	s.want(422, "registration.step", s.send("host", "PUT", "/api/v1/registrations/"+first, draft(1, `"version":3,`)))
	s.want(404, "web.missing", s.send("host", "GET", "/api/v1/registrations/x", ""))
	a = s.want(200, "", s.send("host", "POST", list+"/lookup", `{"id_number":"`+registrationtest.Number(2)+`"}`))
	if a.text("registrations", "0", "id") != second {
		t.Errorf("%s", a.body)
	}
	rows := s.sheet(s.want(200, "", s.send("host", "GET", list+"/export.xlsx", "")))
	if len(rows) != 3 || rows[1][2] != "梁志远" || strings.Count(rows[1][3], "*") != 13 || rows[2][7] != "002" {
		t.Errorf("%v", rows)
	}
}

func TestRevealingOverHTTP(t *testing.T) {
	s := newSite(t)
	a := s.want(201, "", s.send("host", "POST", welder+"/registrations", `{"registrations":[`+draft(1, "")+`]}`))
	own := "/api/v1/registrations/" + a.text("registrations", "0", "id")
	s.want(401, "web.sign_in", s.send("", "POST", own+"/reveal", `{"reason":"保险"}`))
	s.want(404, "registration.missing", s.send("chief", "POST", own+"/reveal", `{"reason":"保险"}`))
	s.want(403, "registration.reveal_forbidden", s.send("watcher", "POST", own+"/reveal", `{"reason":"保险"}`))
	s.want(422, "registration.reason", s.send("host", "POST", own+"/reveal", `{"reason":" "}`))
	a = s.want(200, "", s.send("host", "POST", own+"/reveal", `{"reason":"保险"}`))
	if a.text("id_number") != registrationtest.Number(1) || a.text("phone") != registrationtest.Phone(1) || a.text("left") != "19" || a.header["Cache-Control"][0] != "no-store" {
		t.Errorf("%s %v", a.body, a.header)
	}
	a = s.want(200, "", s.send("watcher", "GET", own, ""))
	if a.text("disclosures", "0", "reason") != "保险" || a.text("disclosures", "0", "by") != registrationtest.Host.Account.String() || a.text("correct_until") == "<nil>" {
		t.Errorf("%s", a.body)
	}
	for range registration.MaxReveals - 1 {
		s.want(200, "", s.send("host", "POST", own+"/reveal", `{"reason":"保险"}`))
	}
	a = s.want(429, "registration.reveal_too_many", s.send("host", "POST", own+"/reveal", `{"reason":"保险"}`))
	if strings.Contains(string(a.body), registrationtest.Number(1)) {
		t.Errorf("%s", a.body)
	}
	a = s.want(200, "", s.send("host", "GET", welder+"/registrations?status=draft", ""))
	if a.text("counts", "submitted") != "1" || a.text("total") != "0" {
		t.Errorf("%s", a.body)
	}
	a = s.want(200, "", s.send("", "GET", "/api/v1/public/registration-calls", ""))
	if a.text("calls", "0", "event", "trade") != "焊工" || a.text("calls", "0", "is_open") != "true" || a.text("calls", "2", "event") != "" || strings.Contains(string(a.body), registrationtest.Hidden.String()) {
		t.Errorf("%s", a.body)
	}
}

func TestTermsOverHTTP(t *testing.T) {
	s := newSite(t)
	a := s.want(200, "", s.send("office", "GET", town+"/registration-terms", ""))
	terms := a.body[strings.Index(string(a.body), `{"opens_at"`):strings.Index(string(a.body), `,"reason"`)]
	s.want(404, "registration.contest_missing", s.send("host", "GET", town+"/registration-terms", ""))
	s.want(403, "registration.forbidden", s.send("host", "PUT", welder+"/registration-terms", `{"terms":`+string(terms)+`,"reason":""}`))
	a = s.want(200, "", s.send("office", "PUT", welder+"/registration-terms", `{"terms":`+string(terms)+`,"reason":""}`))
	if a.text("version") != "1" || a.text("scope") != registrationtest.Welder.String() {
		t.Errorf("%s", a.body)
	}
	s.want(422, "registration.reason", s.send("office", "PUT", town+"/registration-terms", `{"terms":`+string(terms)+`,"reason":""}`))
	s.want(422, "registration.terms_invalid", s.send("office", "PUT", town+"/registration-terms", `{"terms":{},"reason":"x"}`))
	s.want(400, "web.json", s.send("office", "PUT", town+"/registration-terms", `{"terms":{"rule":[]},"reason":"x"}`))
	s.want(404, "registration.event_missing", s.send("host", "GET", turner+"/registration-terms", "")) // another host's
	a = s.want(200, "", s.send("office", "GET", turner+"/registration-terms", ""))
	if a.text("scope") != registrationtest.Town.String() {
		t.Errorf("%s", a.body)
	}
}

// Every route of this room is in openapi.yaml and every path there under its tag
// is a route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) {
	s := newSite(t)
	bare := web.New(web.Config{Now: s.Clock})
	var routes, written []string
	for _, r := range web.Routes(s.app) {
		if !slices.Contains(web.Routes(bare), r) {
			routes = append(routes, r.Method+" "+r.Path)
		}
	}
	for path, item := range s.doc.Paths.Map() {
		for method, op := range item.Operations() {
			if !slices.Contains(op.Tags, "registration") {
				continue
			}
			written = append(written, method+" "+path)
			if method != "GET" && op.Parameters.GetByInAndName("header", "X-Jiangtai") == nil {
				t.Errorf("%s %s does not say X-Jiangtai", method, path)
			}
			if public := strings.HasPrefix(path, "/api/v1/public/"); public == (op.Security != nil) {
				t.Errorf("%s %s: who may is not said", method, path)
			}
		}
	}
	slices.Sort(routes)
	slices.Sort(written)
	if !slices.Equal(routes, written) {
		t.Errorf("routes  %v\nwritten %v", routes, written)
	}
}

// Every code that this room and the workbooks can say has its words, and no words
// are of a code that nobody says.
func TestEveryCodeHasItsWords(t *testing.T) {
	raw, err := schemas.Files.ReadFile("errors.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]struct{ Zh, En string }
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	whole := regexp.MustCompile(`"((?:registration|excel)\.[a-z0-9_]+)"`)
	said := map[string]bool{}
	for _, dir := range []string{"..", ".", "../registrationstore", "../idnumber", "../../paper/excel"} {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
				continue
			}
			text, err := os.ReadFile(dir + "/" + f.Name())
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range whole.FindAllSubmatch(text, -1) {
				said[string(m[1])] = true
			}
		}
	}
	for c := range said {
		if words[c].Zh == "" || words[c].En == "" {
			t.Errorf("%s has no words", c)
		}
	}
	for c := range words {
		if (strings.HasPrefix(c, "registration.") || strings.HasPrefix(c, "excel.")) && !said[c] {
			t.Errorf("nobody says %s", c)
		}
	}
}
