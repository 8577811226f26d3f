package honoursweb_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"jiangtai/schemas"
	"jiangtai/server/contest"
	"jiangtai/server/honours/honourstest"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/web"
)

var sum = strings.Repeat("0f", 32)

// A medal over HTTP, from the campaign to its revocation, each step by its own
// people.
func TestAMedalOverHTTP(t *testing.T) {
	s := newSite(t)
	county := s.want(201, "", s.send("a", "POST", "/honours/bodies", `{"code":"N","name":"江北区总工会","kind":"county","weight":900,"members":["`+honourstest.County.Account.String()+`"]}`)).text("body", "id")
	mill := s.want(201, "", s.send("a", "POST", "/honours/bodies", `{"code":"K","name":"钢厂工会","kind":"grassroots","parent":"`+county+`","weight":0,"members":[]}`)).text("body", "id")
	s.want(409, "honours.body_exists", s.send("a", "POST", "/honours/bodies", `{"code":"K","name":"钢厂工会","kind":"grassroots","parent":"`+county+`","weight":0,"members":[]}`))
	s.want(200, "", s.send("a", "PUT", "/honours/bodies/"+mill, `{"code":"K","name":"钢厂工会","kind":"grassroots","parent":"`+county+`","weight":0,"members":["`+honourstest.Steward.Account.String()+`"]}`))
	if got := s.want(200, "", s.send("steward", "GET", "/honours/bodies", "")); strings.Contains(string(got.body), "纱厂") || !strings.Contains(string(got.body), "钢厂") {
		t.Errorf("%s", got.body)
	}
	s.want(403, "honours.forbidden", s.send("steward", "POST", "/honours/campaigns", `{"kind":"real","sequence":"medal","year":2026,"name":"x","places":1,"committee":2}`))
	s.want(422, "honours.invalid", s.send("a", "POST", "/honours/campaigns", `{"kind":"real","sequence":"medal","year":2026,"name":"x","places":0,"committee":2}`))
	a := s.want(201, "", s.send("a", "POST", "/honours/campaigns", `{"kind":"real","sequence":"medal","year":2026,"name":"2026年市五一劳动奖章","places":60,"committee":2,"deadline":"2026-06-30"}`))
	campaign := "/honours/campaigns/" + a.text("campaign", "id")
	if a.text("campaign", "quotas", "0", "id") != "front_line" {
		t.Errorf("the sequence's quotas are missing: %s", a.body)
	}
	s.want(200, "", s.send("a", "PUT", campaign, `{"places":60,"committee":2,"quotas":[],"deadline":"2026-06-30","reason":"主席办公会"}`))
	content := `{"person_key":"k1","name":"梁志远","unit":"江城钢厂","category":"front_line","traits":["front_line"],"deeds":"二十年","files":["` + sum + `"]}`
	s.want(422, "honours.invalid", s.send("steward", "POST", campaign+"/nominations", `{"body":"`+mill+`","content":{"person_key":"k1"}}`))
	s.want(400, "web.json", s.send("steward", "POST", campaign+"/nominations", `{"body":"`+mill+`","content":{"idcard":"7"}}`))
	id := s.want(201, "", s.send("steward", "POST", campaign+"/nominations", `{"body":"`+mill+`","content":`+content+`}`)).text("nomination", "id")
	s.want(409, "honours.duplicate_person", s.send("a", "POST", campaign+"/nominations", `{"body":"`+county+`","content":`+content+`}`))
	one := "/honours/nominations/" + id
	s.want(200, "", s.send("steward", "PUT", one, strings.Replace(content, "二十年", "二十一年", 1)))
	s.want(404, "honours.nomination_missing", s.send("stranger", "GET", one, ""))
	step := func(as, step, further string) answer {
		t.Helper()
		return s.want(200, "", s.send(as, "POST", one+"/steps", `{"step":"`+step+`","do":"pass"`+further+`}`))
	}
	s.want(409, "honours.step_order", s.send("a", "POST", one+"/steps", `{"step":"confer","do":"pass"}`))
	s.want(200, "", s.send("steward", "POST", one+"/steps", `{"step":"draft","do":"submit"}`))
	step("steward", "recommend", `,"for":20,"against":8,"abstain":2`)
	step("steward", "congress", `,"for":60,"held_on":"2026-04-10","document":"`+sum+`"`)
	s.notice("steward", campaign, "unit_notice", id)
	step("county", "county_review", "")
	s.want(409, "honours.opinions", s.send("a", "POST", one+"/steps", `{"step":"opinions","do":"pass"}`))
	s.want(201, "", s.send("a", "POST", one+"/opinions", `{"department":"public_security","answer":"no_record","number":"7","given_on":"2026-04-17","expires_on":"2026-12-01"}`))
	step("a", "opinions", "")
	step("a", "first_review", "")
	s.want(201, "", s.send("m0", "POST", one+"/votes", `{"choice":"for"}`))
	s.want(409, "honours.voted", s.send("m0", "POST", one+"/votes", `{"choice":"for"}`))
	s.want(201, "", s.send("m1", "POST", one+"/votes", `{"choice":"for"}`))
	s.want(403, "honours.same_person", s.send("a", "POST", one+"/steps", `{"step":"second_review","do":"pass"}`))
	step("b", "second_review", "")
	s.notice("b", campaign, "city_notice", id)
	step("c", "approve", "")
	if got := step("a", "confer", ""); got.text("nomination", "state") != "conferred" {
		t.Errorf("%s", got.body)
	}
	s.register(campaign, one)
}

// notice puts a notice up, finds it blocked too early and by an objection, and
// ends it.
func (s *site) notice(as, campaign, step, id string) {
	s.Helper()
	body := `{"step":"` + step + `","nominations":["` + id + `"],"place":"公告栏","text":"拟推荐人选公示"}`
	shown := s.want(201, "", s.send(as, "POST", campaign+"/notices", body))
	notice := "/honours/notices/" + shown.text("notice", "id")
	s.want(409, "honours.too_early", s.send(as, "POST", notice+"/finish", ""))
	got := s.want(201, "", s.send("county", "POST", notice+"/objections", `{"nomination":"`+id+`","name":"曾某","unit":"钢厂","contact":"电话","text":"成果有争议"}`))
	s.want(201, "", s.send("county", "POST", notice+"/objections", `{"nomination":"`+id+`","text":"听说"}`))
	over, err := time.Parse(time.RFC3339, shown.text("notice", "over_at"))
	if err != nil {
		s.Fatal(err)
	}
	s.Pass(over.Sub(s.Clock()))
	s.want(409, "honours.objection_open", s.send(as, "POST", notice+"/finish", ""))
	s.want(200, "", s.send("c", "POST", "/honours/objections/"+got.text("objection", "id")+"/decision", `{"upheld":false,"finding":"不属实"}`))
	if done := s.want(200, "", s.send(as, "POST", notice+"/finish", "")); done.text("notice", "state") != "finished" {
		s.Errorf("%s", done.body)
	}
}

// register looks at what remains: the public's lists, the chain, the revocation.
func (s *site) register(campaign, one string) {
	s.Helper()
	public := s.want(200, "", s.send("", "GET", "/public/honours?year=2026&q=%E9%92%A2", ""))
	notices := s.want(200, "", s.send("", "GET", "/public/notices", ""))
	if public.text("honours", "0", "name") != "梁志远" || notices.text("total") != "1" || notices.text("notices", "0", "nominees", "0", "unit") != "江城钢厂" {
		s.Errorf("%s %s", public.body, notices.body)
	}
	forbidden := regexp.MustCompile(`k1|person|曾某|电话|争议|二十|front_line|account|"nomination|"body`)
	for _, a := range []answer{public, notices} {
		if m := forbidden.Find(a.body); m != nil {
			s.Errorf("%q in %s", m, a.body)
		}
	}
	if f := s.want(200, "", s.send("steward", "GET", one, "")); f.text("nomination", "step") != "done" || f.text("objections", "0", "name") != "" {
		s.Errorf("%s", f.body)
	}
	if a := s.want(200, "", s.send("a", "GET", campaign+"/records", "")); a.text("intact") != "true" || a.text("records", "0", "act") != "begin" {
		s.Errorf("%s", a.body)
	}
	s.want(404, "honours.campaign_missing", s.send("steward", "GET", campaign+"/records", ""))
	if a := s.want(200, "", s.send("a", "GET", campaign+"/quotas", "")); a.text("shares", "0", "places") == "" {
		s.Errorf("%s", a.body)
	}
	s.want(200, "", s.send("m0", "GET", campaign, ""))
	s.want(200, "", s.send("m0", "GET", "/honours/campaigns", ""))
	s.want(200, "", s.send("m0", "GET", campaign+"/notices", ""))
	s.want(200, "", s.send("county", "GET", campaign+"/nominations", ""))
	line := s.want(200, "", s.send("b", "GET", "/honours/register?honour=city_medal", "")).text("honours", "0", "id")
	s.want(403, "honours.same_person", s.send("a", "POST", "/honours/register/"+line+"/revocation", `{"reason":"伪造"}`))
	s.want(200, "", s.send("b", "POST", "/honours/register/"+line+"/revocation", `{"reason":"伪造"}`))
	if a := s.send("", "GET", "/public/honours", ""); a.text("total") != "0" {
		s.Errorf("%s", a.body)
	}
	s.want(400, "web.query", s.send("", "GET", "/public/honours?year=x", ""))
	s.want(400, "web.query", s.send("", "GET", "/public/honours?q=%00", ""))
	s.want(400, "web.query", s.send("", "GET", "/public/notices?limit=201", ""))
}

func TestProposalsOverHTTP(t *testing.T) {
	s := newSite(t)
	of := contest.ID{0xc0}
	filing := `{"contest":"` + of.String() + `","profile":"city","version":1,"class":"city-1","planned":true}`
	s.want(403, "honours.forbidden", s.send("admin", "PUT", "/honours/filings", filing))
	s.want(200, "", s.send("a", "PUT", "/honours/filings", filing))
	s.want(200, "", s.send("admin", "GET", "/honours/filings", ""))
	s.Publish(proposal.Publication{
		Contest: of, Event: contest.ID{0xe0}, Seq: 4, Read: 4, Kind: contest.Demo, Trade: "焊工", At: s.Clock(),
		Placed: []proposal.Placed{{Entry: contest.ID{1}, Name: "梁志远", Unit: "船厂", Rank: 1, Team: 1}, {Entry: contest.ID{2}, Name: "曾小雨", Unit: "船厂", Rank: 2, Team: 1}},
	})
	if n, err := s.Desk.Follow(t.Context()); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	a := s.want(200, "", s.send("a", "GET", "/honours/proposals?state=proposed", ""))
	if a.text("total") != "2" || a.text("proposals", "0", "outcome", "recommended", "0") != "city_medal" || a.text("proposals", "0", "evidence", "rank") != "1" {
		t.Fatalf("%s", a.body)
	}
	s.want(403, "honours.forbidden", s.send("steward", "GET", "/honours/proposals", ""))
	one := "/honours/proposals/" + a.text("proposals", "0", "id")
	body := fmt.Sprintf(`{"campaign":"%s","body":"%s","content":{"person_key":"k","category":"front_line"}}`, s.Campaign.ID, s.Yard.ID)
	if made := s.want(201, "", s.send("a", "POST", one+"/nomination", body)); made.text("nomination", "content", "name") != "梁志远" {
		t.Errorf("%s", made.body)
	}
	s.want(409, "honours.proposal_taken", s.send("a", "POST", one+"/nomination", body))
	s.want(200, "", s.send("a", "POST", "/honours/proposals/"+a.text("proposals", "1", "id")+"/dismissal", `{"reason":"本人不愿"}`))
	s.want(201, "", s.send("a", "POST", "/honours/incidents", `{"key":"k","kind":"accident","on":"2025-05-01"}`))
	s.want(422, "honours.invalid", s.send("a", "POST", "/honours/incidents", `{"key":"k","kind":"accident","on":"1 May"}`))
	s.want(200, "", s.send("admin", "GET", "/honours/incidents", ""))
	if a := s.want(200, "", s.send("nobody", "GET", "/honours/rules", "")); a.text("calendar_until") != "2026" || a.text("sequences", "0", "steps", "0", "kind") != "vote" {
		t.Errorf("%s", a.body)
	}
}

// Who is not signed in reads nothing but the public lists; who has no part is
// told that there is nothing, or that it is not his.
func TestNoPartNoSight(t *testing.T) {
	s := newSite(t)
	n := s.Nominee()
	campaign := "/honours/campaigns/" + s.Campaign.ID.String()
	for _, path := range []string{
		"/honours/rules", "/honours/filings", "/honours/proposals", "/honours/bodies", "/honours/incidents", "/honours/register", "/honours/campaigns",
		campaign, campaign + "/quotas", campaign + "/records", campaign + "/nominations", campaign + "/notices", "/honours/nominations/" + n.ID.String(),
	} {
		s.want(401, "web.sign_in", s.send("", "GET", path, ""))
		if a := s.send("nobody", "GET", path, ""); a.status != 403 && a.status != 404 && path != "/honours/rules" {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}

// Every route of this room is in openapi.yaml and every path there under its tag
// is a route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) {
	s := newSite(t)
	doc, err := openapi3.NewLoader().LoadFromData(contract(t))
	if err != nil {
		t.Fatal(err)
	}
	bare := web.New(web.Config{Now: s.Clock})
	var routes, written []string
	for _, r := range web.Routes(s.app) {
		if !slices.Contains(web.Routes(bare), r) {
			routes = append(routes, r.Method+" "+r.Path)
		}
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if !slices.Contains(op.Tags, "honours") {
				continue
			}
			written = append(written, method+" "+path)
			if method != "GET" && op.Parameters.GetByInAndName("header", "X-Jiangtai") == nil {
				t.Errorf("%s %s does not say X-Jiangtai", method, path)
			}
		}
	}
	slices.Sort(routes)
	slices.Sort(written)
	if !slices.Equal(routes, written) {
		t.Errorf("routes  %v\nwritten %v", routes, written)
	}
}

// Every code that this room can say has its words, and no words are of a code
// that it cannot.
func TestEveryCodeHasItsWords(t *testing.T) {
	raw, err := schemas.Files.ReadFile("errors.json")
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]struct{ Zh, En string }
	if err := json.Unmarshal(raw, &words); err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`"(honours\.[a-z0-9_]+)"`)
	said := map[string]bool{}
	for _, dir := range []string{"..", ".", "../honoursstore", "../proposal", "../rule", "../union", "../material", "../reading"} {
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
			for _, m := range code.FindAllSubmatch(text, -1) {
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
		if strings.HasPrefix(c, "honours.") && !said[c] {
			t.Errorf("nobody says %s", c)
		}
	}
}

// Papers, a notice that ran on paper and an objection by the public page.
func TestPapersAndThePublic(t *testing.T) {
	s := newSite(t)
	n := s.To(s.Nominee(), "unit_notice")
	files := "/honours/files?nomination=" + n.ID.String()
	pdf := string(honourstest.PDF(1))
	s.want(422, "honours.file_kind", s.send("steward", "POST", files+"&name=a.pdf", "<script>"))
	proof := s.want(201, "", s.send("a", "POST", files+"&name=%E8%AF%81.pdf", pdf)).text("file", "sum")
	if got := s.want(200, "", s.send("county", "GET", files, "")); got.text("files", "0", "name") != "证.pdf" {
		t.Errorf("%s", got.body)
	}
	if got := s.want(200, "", s.send("steward", "GET", "/honours/files/"+proof+"?nomination="+n.ID.String(), "")); string(got.body) != pdf {
		t.Errorf("%q", got.body)
	}
	s.want(404, "honours.nomination_missing", s.send("stranger", "GET", files, ""))
	s.want(404, "honours.nomination_missing", s.send("a", "GET", "/honours/files", ""))
	s.want(401, "web.sign_in", s.send("", "GET", files, ""))
	campaign := "/honours/campaigns/" + s.Campaign.ID.String()
	ran := `{"step":"unit_notice","nominations":["` + n.ID.String() + `"],"place":"厂门","text":"公示","ran":{"starts_on":"2026-04-01","ends_on":"2026-04-%s","evidence":"` + proof + `","reason":"补录"}}`
	s.want(422, "honours.short_notice", s.send("a", "POST", campaign+"/notices", fmt.Sprintf(ran, "07")))
	s.want(422, "honours.invalid", s.send("a", "POST", campaign+"/notices", fmt.Sprintf(ran, "x")))
	s.want(403, "honours.forbidden", s.send("steward", "POST", campaign+"/notices", fmt.Sprintf(ran, "09")))
	shown := s.want(201, "", s.send("a", "POST", campaign+"/notices", fmt.Sprintf(ran, "09")))
	if shown.text("notice", "evidence") != proof {
		t.Errorf("%s", shown.body)
	}
	s.want(200, "", s.send("a", "POST", "/honours/notices/"+shown.text("notice", "id")+"/finish", ""))
	m := s.To(s.Nominee(), "city_notice")
	up, err := s.Show(honourstest.OfficeB, "city_notice", m)
	if err != nil {
		t.Fatal(err)
	}
	path := "/public/notices/" + up.ID.String() + "/objections"
	nominee := s.want(200, "", s.send("", "GET", "/public/notices", "")).text("notices", "0", "nominees", "0", "id")
	if got := s.want(201, "", s.send("", "POST", path, `{"nominee":"`+nominee+`","name":"曾某","unit":"钢厂","contact":"","text":"不实"}`)); got.text("named") != "true" {
		t.Errorf("%s", got.body)
	}
	s.want(422, "honours.invalid", s.send("", "POST", path, `{"nominee":"`+nominee+`","text":""}`))
	s.want(404, "honours.notice_missing", s.send("", "POST", path, `{"nominee":"`+n.ID.String()+`","text":"不实"}`))
	file := s.want(200, "", s.send("a", "GET", "/honours/nominations/"+nominee, ""))
	if file.text("objections", "0", "public") != "true" || file.text("objections", "0", "name") != "曾某" || !strings.Contains(string(file.body), `"do":"paper_notice"`) {
		t.Errorf("%s", file.body)
	}
	if got := s.want(200, "", s.send("a", "GET", "/honours/calendar?from=2026-04-10", "")); got.text("end") != "2026-04-16" {
		t.Errorf("%s", got.body)
	}
	if got := s.want(200, "", s.send("a", "GET", "/honours/calendar", "")); got.text("years", "0", "work", "0") != "2026-01-04" {
		t.Errorf("%s", got.body)
	}
	if got := s.want(200, "", s.send("a", "GET", "/honours/people", "")); got.text("people", "0", "user") != "steward" {
		t.Errorf("%s", got.body)
	}
	s.want(403, "honours.forbidden", s.send("steward", "GET", "/honours/people", ""))
	s.want(409, "honours.calendar", s.send("a", "GET", "/honours/calendar?from=2031-04-10", ""))
	s.want(400, "web.query", s.send("a", "GET", "/honours/calendar?from=x", ""))
}
