package honoursweb_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/honours/honourstest"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/web/webtest"
)

var sum = strings.Repeat("0f", 32)

// A medal over HTTP, from the campaign to its revocation, each step by its own
// people.
func TestAMedalOverHTTP(t *testing.T) {
	s := newSite(t)
	county := s.Want(201, "", s.Send("a", "POST", "/honours/bodies", `{"code":"N","name":"江北区总工会","kind":"county","weight":900,"members":["`+honourstest.County.Account.String()+`"]}`)).Text("body", "id")
	mill := s.Want(201, "", s.Send("a", "POST", "/honours/bodies", `{"code":"K","name":"钢厂工会","kind":"grassroots","parent":"`+county+`","weight":0,"members":[]}`)).Text("body", "id")
	s.Want(409, "honours.body_exists", s.Send("a", "POST", "/honours/bodies", `{"code":"K","name":"钢厂工会","kind":"grassroots","parent":"`+county+`","weight":0,"members":[]}`))
	s.Want(200, "", s.Send("a", "PUT", "/honours/bodies/"+mill, `{"code":"K","name":"钢厂工会","kind":"grassroots","parent":"`+county+`","weight":0,"members":["`+honourstest.Steward.Account.String()+`"]}`))
	if got := s.Want(200, "", s.Send("steward", "GET", "/honours/bodies", "")); strings.Contains(string(got.Body), "纱厂") || !strings.Contains(string(got.Body), "钢厂") {
		t.Errorf("%s", got.Body)
	}
	s.Want(403, "honours.forbidden", s.Send("steward", "POST", "/honours/campaigns", `{"kind":"real","sequence":"medal","year":2026,"name":"x","places":1,"committee":2}`))
	s.Want(422, "honours.invalid", s.Send("a", "POST", "/honours/campaigns", `{"kind":"real","sequence":"medal","year":2026,"name":"x","places":0,"committee":2}`))
	a := s.Want(201, "", s.Send("a", "POST", "/honours/campaigns", `{"kind":"real","sequence":"medal","year":2026,"name":"2026年市五一劳动奖章","places":60,"committee":2,"deadline":"2026-06-30"}`))
	campaign := "/honours/campaigns/" + a.Text("campaign", "id")
	if a.Text("campaign", "quotas", "0", "id") != "front_line" {
		t.Errorf("the sequence's quotas are missing: %s", a.Body)
	}
	s.Want(200, "", s.Send("a", "PUT", campaign, `{"places":60,"committee":2,"quotas":[],"deadline":"2026-06-30","reason":"主席办公会"}`))
	content := `{"person_key":"k1","name":"梁志远","unit":"江城钢厂","category":"front_line","traits":["front_line"],"deeds":"二十年","files":["` + sum + `"]}`
	s.Want(422, "honours.invalid", s.Send("steward", "POST", campaign+"/nominations", `{"body":"`+mill+`","content":{"person_key":"k1"}}`))
	s.Want(400, "web.json", s.Send("steward", "POST", campaign+"/nominations", `{"body":"`+mill+`","content":{"idcard":"7"}}`))
	id := s.Want(201, "", s.Send("steward", "POST", campaign+"/nominations", `{"body":"`+mill+`","content":`+content+`}`)).Text("nomination", "id")
	s.Want(409, "honours.duplicate_person", s.Send("a", "POST", campaign+"/nominations", `{"body":"`+county+`","content":`+content+`}`))
	one := "/honours/nominations/" + id
	s.Want(200, "", s.Send("steward", "PUT", one, strings.Replace(content, "二十年", "二十一年", 1)))
	s.Want(404, "honours.nomination_missing", s.Send("stranger", "GET", one, ""))
	step := func(as, step, further string) webtest.Answer {
		t.Helper()
		return s.Want(200, "", s.Send(as, "POST", one+"/steps", `{"step":"`+step+`","do":"pass"`+further+`}`))
	}
	s.Want(409, "honours.step_order", s.Send("a", "POST", one+"/steps", `{"step":"confer","do":"pass"}`))
	s.Want(200, "", s.Send("steward", "POST", one+"/steps", `{"step":"draft","do":"submit"}`))
	step("steward", "recommend", `,"for":20,"against":8,"abstain":2`)
	step("steward", "congress", `,"for":60,"held_on":"2026-04-10","document":"`+sum+`"`)
	s.notice("steward", campaign, "unit_notice", id)
	step("county", "county_review", "")
	s.Want(409, "honours.opinions", s.Send("a", "POST", one+"/steps", `{"step":"opinions","do":"pass"}`))
	s.Want(201, "", s.Send("a", "POST", one+"/opinions", `{"department":"public_security","answer":"no_record","number":"7","given_on":"2026-04-17","expires_on":"2026-12-01"}`))
	step("a", "opinions", "")
	step("a", "first_review", "")
	s.Want(201, "", s.Send("m0", "POST", one+"/votes", `{"choice":"for"}`))
	s.Want(409, "honours.voted", s.Send("m0", "POST", one+"/votes", `{"choice":"for"}`))
	s.Want(201, "", s.Send("m1", "POST", one+"/votes", `{"choice":"for"}`))
	s.Want(403, "honours.same_person", s.Send("a", "POST", one+"/steps", `{"step":"second_review","do":"pass"}`))
	step("b", "second_review", "")
	s.notice("b", campaign, "city_notice", id)
	step("c", "approve", "")
	if got := step("a", "confer", ""); got.Text("nomination", "state") != "conferred" {
		t.Errorf("%s", got.Body)
	}
	s.register(campaign, one)
}

// notice puts a notice up, finds it blocked too early and by an objection, and
// ends it.
func (s *site) notice(as, campaign, step, id string) {
	s.Helper()
	body := `{"step":"` + step + `","nominations":["` + id + `"],"place":"公告栏","text":"拟推荐人选公示"}`
	shown := s.Want(201, "", s.Send(as, "POST", campaign+"/notices", body))
	notice := "/honours/notices/" + shown.Text("notice", "id")
	s.Want(409, "honours.too_early", s.Send(as, "POST", notice+"/finish", ""))
	got := s.Want(201, "", s.Send("county", "POST", notice+"/objections", `{"nomination":"`+id+`","name":"曾某","unit":"钢厂","contact":"电话","text":"成果有争议"}`))
	s.Want(201, "", s.Send("county", "POST", notice+"/objections", `{"nomination":"`+id+`","text":"听说"}`))
	over, err := time.Parse(time.RFC3339, shown.Text("notice", "over_at"))
	if err != nil {
		s.Fatal(err)
	}
	s.Pass(over.Sub(s.Clock()))
	s.Want(409, "honours.objection_open", s.Send(as, "POST", notice+"/finish", ""))
	s.Want(200, "", s.Send("c", "POST", "/honours/objections/"+got.Text("objection", "id")+"/decision", `{"upheld":false,"finding":"不属实"}`))
	if done := s.Want(200, "", s.Send(as, "POST", notice+"/finish", "")); done.Text("notice", "state") != "finished" {
		s.Errorf("%s", done.Body)
	}
}

// register looks at what remains: the public's lists, the chain, the revocation.
func (s *site) register(campaign, one string) {
	s.Helper()
	public := s.Want(200, "", s.Send("", "GET", "/public/honours?year=2026&q=%E9%92%A2", ""))
	notices := s.Want(200, "", s.Send("", "GET", "/public/notices", ""))
	if public.Text("honours", "0", "name") != "梁志远" || notices.Text("total") != "1" || notices.Text("notices", "0", "nominees", "0", "unit") != "江城钢厂" {
		s.Errorf("%s %s", public.Body, notices.Body)
	}
	forbidden := regexp.MustCompile(`k1|person|曾某|电话|争议|二十|front_line|account|"nomination|"body`)
	for _, a := range []webtest.Answer{public, notices} {
		if m := forbidden.Find(a.Body); m != nil {
			s.Errorf("%q in %s", m, a.Body)
		}
	}
	if f := s.Want(200, "", s.Send("steward", "GET", one, "")); f.Text("nomination", "step") != "done" || f.Text("objections", "0", "name") != "" {
		s.Errorf("%s", f.Body)
	}
	if a := s.Want(200, "", s.Send("a", "GET", campaign+"/records", "")); a.Text("intact") != "true" || a.Text("records", "0", "act") != "begin" {
		s.Errorf("%s", a.Body)
	}
	s.Want(404, "honours.campaign_missing", s.Send("steward", "GET", campaign+"/records", ""))
	if a := s.Want(200, "", s.Send("a", "GET", campaign+"/quotas", "")); a.Text("shares", "0", "places") == "" {
		s.Errorf("%s", a.Body)
	}
	s.Want(200, "", s.Send("m0", "GET", campaign, ""))
	s.Want(200, "", s.Send("m0", "GET", "/honours/campaigns", ""))
	s.Want(200, "", s.Send("m0", "GET", campaign+"/notices", ""))
	s.Want(200, "", s.Send("county", "GET", campaign+"/nominations", ""))
	line := s.Want(200, "", s.Send("b", "GET", "/honours/register?honour=city_medal", "")).Text("honours", "0", "id")
	s.Want(403, "honours.same_person", s.Send("a", "POST", "/honours/register/"+line+"/revocation", `{"reason":"伪造"}`))
	s.Want(200, "", s.Send("b", "POST", "/honours/register/"+line+"/revocation", `{"reason":"伪造"}`))
	if a := s.Send("", "GET", "/public/honours", ""); a.Text("total") != "0" {
		s.Errorf("%s", a.Body)
	}
	s.Want(400, "web.query", s.Send("", "GET", "/public/honours?year=x", ""))
	s.Want(400, "web.query", s.Send("", "GET", "/public/honours?q=%00", ""))
	s.Want(400, "web.query", s.Send("", "GET", "/public/notices?limit=201", ""))
}

func TestProposalsOverHTTP(t *testing.T) {
	s := newSite(t)
	of := contest.ID{0xc0}
	filing := `{"contest":"` + of.String() + `","profile":"city","version":1,"class":"city-1","planned":true}`
	s.Want(403, "honours.forbidden", s.Send("admin", "PUT", "/honours/filings", filing))
	s.Want(200, "", s.Send("a", "PUT", "/honours/filings", filing))
	s.Want(200, "", s.Send("admin", "GET", "/honours/filings", ""))
	s.Publish(proposal.Publication{
		Contest: of, Event: contest.ID{0xe0}, Seq: 4, Read: 4, Kind: contest.Demo, Trade: "焊工", At: s.Clock(),
		Placed: []proposal.Placed{{Entry: contest.ID{1}, Name: "梁志远", Unit: "船厂", Rank: 1, Team: 1}, {Entry: contest.ID{2}, Name: "曾小雨", Unit: "船厂", Rank: 2, Team: 1}},
	})
	if n, err := s.Desk.Follow(t.Context()); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	a := s.Want(200, "", s.Send("a", "GET", "/honours/proposals?state=proposed", ""))
	if a.Text("total") != "2" || a.Text("proposals", "0", "outcome", "recommended", "0") != "city_medal" || a.Text("proposals", "0", "evidence", "rank") != "1" {
		t.Fatalf("%s", a.Body)
	}
	s.Want(403, "honours.forbidden", s.Send("steward", "GET", "/honours/proposals", ""))
	one := "/honours/proposals/" + a.Text("proposals", "0", "id")
	body := fmt.Sprintf(`{"campaign":"%s","body":"%s","content":{"person_key":"k","category":"front_line"}}`, s.Campaign.ID, s.Yard.ID)
	if made := s.Want(201, "", s.Send("a", "POST", one+"/nomination", body)); made.Text("nomination", "content", "name") != "梁志远" {
		t.Errorf("%s", made.Body)
	}
	s.Want(409, "honours.proposal_taken", s.Send("a", "POST", one+"/nomination", body))
	s.Want(200, "", s.Send("a", "POST", "/honours/proposals/"+a.Text("proposals", "1", "id")+"/dismissal", `{"reason":"本人不愿"}`))
	s.Want(201, "", s.Send("a", "POST", "/honours/incidents", `{"key":"k","kind":"accident","on":"2025-05-01"}`))
	s.Want(422, "honours.invalid", s.Send("a", "POST", "/honours/incidents", `{"key":"k","kind":"accident","on":"1 May"}`))
	s.Want(200, "", s.Send("admin", "GET", "/honours/incidents", ""))
	if a := s.Want(200, "", s.Send("nobody", "GET", "/honours/rules", "")); a.Text("calendar_until") != "2026" || a.Text("sequences", "0", "steps", "0", "kind") != "vote" {
		t.Errorf("%s", a.Body)
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
		s.Want(401, "web.sign_in", s.Send("", "GET", path, ""))
		if a := s.Send("nobody", "GET", path, ""); a.Status != 403 && a.Status != 404 && path != "/honours/rules" {
			t.Errorf("%s: %d %s", path, a.Status, a.Body)
		}
	}
}

// Every route of this room is in openapi.yaml and every path there under its tag
// is a route; every write needs its header.
func TestRoutesAreTheContract(t *testing.T) { newSite(t).Contract("honours") }

// Papers, a notice that ran on paper and an objection by the public page.
func TestPapersAndThePublic(t *testing.T) {
	s := newSite(t)
	n := s.To(s.Nominee(), "unit_notice")
	files := "/honours/files?nomination=" + n.ID.String()
	pdf := string(honourstest.PDF(1))
	s.Want(422, "honours.file_kind", s.Send("steward", "POST", files+"&name=a.pdf", "<script>"))
	proof := s.Want(201, "", s.Send("a", "POST", files+"&name=%E8%AF%81.pdf", pdf)).Text("file", "sum")
	if got := s.Want(200, "", s.Send("county", "GET", files, "")); got.Text("files", "0", "name") != "证.pdf" {
		t.Errorf("%s", got.Body)
	}
	if got := s.Want(200, "", s.Send("steward", "GET", "/honours/files/"+proof+"?nomination="+n.ID.String(), "")); string(got.Body) != pdf {
		t.Errorf("%q", got.Body)
	}
	s.Want(404, "honours.nomination_missing", s.Send("stranger", "GET", files, ""))
	s.Want(404, "honours.nomination_missing", s.Send("a", "GET", "/honours/files", ""))
	s.Want(401, "web.sign_in", s.Send("", "GET", files, ""))
	campaign := "/honours/campaigns/" + s.Campaign.ID.String()
	ran := `{"step":"unit_notice","nominations":["` + n.ID.String() + `"],"place":"厂门","text":"公示","ran":{"starts_on":"2026-04-01","ends_on":"2026-04-%s","evidence":"` + proof + `","reason":"补录"}}`
	s.Want(422, "honours.short_notice", s.Send("a", "POST", campaign+"/notices", fmt.Sprintf(ran, "07")))
	s.Want(422, "honours.invalid", s.Send("a", "POST", campaign+"/notices", fmt.Sprintf(ran, "x")))
	s.Want(403, "honours.forbidden", s.Send("steward", "POST", campaign+"/notices", fmt.Sprintf(ran, "09")))
	shown := s.Want(201, "", s.Send("a", "POST", campaign+"/notices", fmt.Sprintf(ran, "09")))
	if shown.Text("notice", "evidence") != proof {
		t.Errorf("%s", shown.Body)
	}
	s.Want(200, "", s.Send("a", "POST", "/honours/notices/"+shown.Text("notice", "id")+"/finish", ""))
	m := s.To(s.Nominee(), "city_notice")
	up, err := s.Show(honourstest.OfficeB, "city_notice", m)
	if err != nil {
		t.Fatal(err)
	}
	path := "/public/notices/" + up.ID.String() + "/objections"
	nominee := s.Want(200, "", s.Send("", "GET", "/public/notices", "")).Text("notices", "0", "nominees", "0", "id")
	if got := s.Want(201, "", s.Send("", "POST", path, `{"nominee":"`+nominee+`","name":"曾某","unit":"钢厂","contact":"","text":"不实"}`)); got.Text("named") != "true" {
		t.Errorf("%s", got.Body)
	}
	s.Want(422, "honours.invalid", s.Send("", "POST", path, `{"nominee":"`+nominee+`","text":""}`))
	s.Want(404, "honours.notice_missing", s.Send("", "POST", path, `{"nominee":"`+n.ID.String()+`","text":"不实"}`))
	file := s.Want(200, "", s.Send("a", "GET", "/honours/nominations/"+nominee, ""))
	if file.Text("objections", "0", "public") != "true" || file.Text("objections", "0", "name") != "曾某" || !strings.Contains(string(file.Body), `"do":"paper_notice"`) {
		t.Errorf("%s", file.Body)
	}
	if got := s.Want(200, "", s.Send("a", "GET", "/honours/calendar?from=2026-04-10", "")); got.Text("end") != "2026-04-16" {
		t.Errorf("%s", got.Body)
	}
	if got := s.Want(200, "", s.Send("a", "GET", "/honours/calendar", "")); got.Text("years", "0", "work", "0") != "2026-01-04" {
		t.Errorf("%s", got.Body)
	}
	if got := s.Want(200, "", s.Send("a", "GET", "/honours/people", "")); got.Text("people", "0", "user") != "steward" {
		t.Errorf("%s", got.Body)
	}
	s.Want(403, "honours.forbidden", s.Send("steward", "GET", "/honours/people", ""))
	s.Want(409, "honours.calendar", s.Send("a", "GET", "/honours/calendar?from=2031-04-10", ""))
	s.Want(400, "web.query", s.Send("a", "GET", "/honours/calendar?from=x", ""))
}
