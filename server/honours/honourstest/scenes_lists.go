package honourstest

import (
	"context"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/quota"
)

func noticesRun(c *City) {
	n := c.To(c.Nominee(), "unit_notice") // Monday 13 April 2026
	shown, err := c.Show(Steward, "unit_notice", n)
	if err != nil || calendar.Text(shown.StartsOn) != "2026-04-13" || calendar.Text(shown.EndsOn) != "2026-04-17" || shown.Days != 5 {
		c.Fatalf("%+v %v", shown, err)
	}
	_, err = c.Show(Colleague, "unit_notice", n)
	c.Refused(err, fault.Stale, "honours.notice_open")
	_, err = c.Take(c.Context(), Steward, n.ID, honours.Act{Step: "unit_notice", Do: honours.Pass})
	c.Refused(err, fault.Stale, "honours.step_notice")
	for _, early := range []string{"2026-04-13T01:00:00Z", "2026-04-17T01:00:00Z", "2026-04-17T15:59:59Z"} {
		c.Set(c.TB, early)
		_, err = c.FinishNotice(c.Context(), Steward, shown.ID)
		c.Refused(err, fault.Stale, "honours.too_early")
	}
	c.Set(c.TB, "2026-04-17T16:00:00Z") // midnight in China
	_, err = c.FinishNotice(c.Context(), Stranger, shown.ID)
	c.Refused(err, fault.Missing, "honours.notice_missing")
	_, err = c.FinishNotice(c.Context(), OfficeA, shown.ID)
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	if shown, err = c.FinishNotice(c.Context(), Colleague, shown.ID); err != nil || shown.State != honours.NoticeFinished {
		c.Fatal(err)
	}
	_, err = c.FinishNotice(c.Context(), Steward, shown.ID)
	c.Refused(err, fault.Stale, "honours.notice_ended")
	c.Set(c.TB, "2026-04-11T02:00:00Z") // a Saturday
	n = c.To(c.Nominee(), "unit_notice")
	if shown, err = c.Show(Steward, "unit_notice", n); err != nil || calendar.Text(shown.EndsOn) != "2026-04-17" {
		c.Errorf("from a Saturday: %v %v", shown.EndsOn, err)
	}
	c.Set(c.TB, "2026-12-30T02:00:00Z")
	n = c.To(c.Nominee(), "unit_notice")
	_, err = c.Show(Steward, "unit_notice", n)
	c.Refused(err, fault.Stale, "honours.calendar")
	for _, d := range []honours.NoticeDraft{
		{Step: "unit_notice", Place: "a", Text: "b"},
		{Step: "unit_notice", Nominations: []contest.ID{n.ID}, Text: "b"},
		{Step: "unit_notice", Nominations: []contest.ID{n.ID}, Place: "a", Text: " "},
		{Step: "unit_notice", Nominations: []contest.ID{n.ID, n.ID}, Place: "a", Text: "b"},
	} {
		_, err = c.OpenNotice(c.Context(), Steward, c.Campaign.ID, d)
		c.Refused(err, fault.Refused, "honours.invalid")
	}
	c.Intact()
}

// Somebody on the list drops out: the notice cannot end, and starts anew with a
// full period.
func changedList(c *City) {
	a, b := c.To(c.Nominee(), "city_notice"), c.To(c.Nominee(), "city_notice")
	c.Set(c.TB, "2026-05-11T01:00:00Z")
	_, err := c.Show(OfficeB, "city_notice", a)
	c.Refused(err, fault.Stale, "honours.list_incomplete")
	shown, err := c.Show(OfficeB, "city_notice", a, b)
	if err != nil {
		c.Fatal(err)
	}
	c.Set(c.TB, "2026-05-14T01:00:00Z")
	if _, err := c.Take(c.Context(), OfficeC, b.ID, honours.Act{Step: "city_notice", Do: honours.Withdraw, Reason: "单位撤回"}); err != nil {
		c.Fatal(err)
	}
	if list, _, _ := c.PublicNotices(c.Context(), proposal.Page{Limit: 9}); len(list) != 1 || len(list[0].Nominees) != 1 {
		c.Errorf("who has withdrawn is still named: %+v", list)
	}
	c.Set(c.TB, "2026-05-16T01:00:00Z")
	_, err = c.FinishNotice(c.Context(), OfficeB, shown.ID)
	c.Refused(err, fault.Stale, "honours.list_changed")
	anew := honours.NoticeDraft{Step: "city_notice", Nominations: []contest.ID{a.ID}, Place: "市总工会网站", Text: "更正公示。", Replaces: shown.ID}
	again, err := c.OpenNotice(c.Context(), OfficeB, c.Campaign.ID, anew)
	if err != nil || calendar.Text(again.StartsOn) != "2026-05-16" || calendar.Text(again.EndsOn) != "2026-05-22" {
		c.Fatalf("%+v %v", again, err)
	}
	_, err = c.FinishNotice(c.Context(), OfficeB, shown.ID)
	c.Refused(err, fault.Stale, "honours.notice_ended")
	_, err = c.OpenNotice(c.Context(), OfficeB, c.Campaign.ID, anew)
	c.Refused(err, fault.Stale, "honours.notice_open")
	c.Set(c.TB, "2026-05-22T16:00:00Z")
	if _, err = c.FinishNotice(c.Context(), OfficeB, again.ID); err != nil {
		c.Error(err)
	}
	if list, total, _ := c.PublicNotices(c.Context(), proposal.Page{Limit: 9}); total != 1 || list[0].ID != again.ID {
		c.Errorf("%+v", list)
	}
	c.Intact()
}

func objections(c *City) {
	n := c.To(c.Nominee(), "unit_notice")
	shown, err := c.Show(Steward, "unit_notice", n)
	if err != nil {
		c.Fatal(err)
	}
	named := honours.ObjectionDraft{Nomination: n.ID, Name: "曾某", Unit: "船厂", Contact: "来信", Text: "获奖成果系他人完成"}
	unnamed := honours.ObjectionDraft{Nomination: n.ID, Text: "有人说他不好"}
	_, err = c.Object(c.Context(), Steward, shown.ID, honours.ObjectionDraft{Nomination: n.ID})
	c.Refused(err, fault.Refused, "honours.invalid")
	_, err = c.Object(c.Context(), Stranger, shown.ID, named)
	c.Refused(err, fault.Missing, "honours.nomination_missing")
	flag, err := c.Object(c.Context(), Steward, shown.ID, unnamed)
	if err != nil || flag.Named || flag.State != honours.ObjectionRecorded {
		c.Fatalf("%+v %v", flag, err)
	}
	open, err := c.Object(c.Context(), County, shown.ID, named)
	if err != nil || !open.Named || open.State != honours.ObjectionOpen || open.Number <= flag.Number {
		c.Fatalf("%+v %v", open, err)
	}
	c.Pass(contest.EndOf(shown.EndsOn).Sub(c.Clock()))
	_, err = c.FinishNotice(c.Context(), Steward, shown.ID)
	c.Refused(err, fault.Stale, "honours.objection_open")
	_, err = c.DecideObjection(c.Context(), Steward, open.ID, false, "不属实")
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	_, err = c.DecideObjection(c.Context(), County, open.ID, false, "不属实")
	c.Refused(err, fault.Forbidden, "honours.same_person")
	_, err = c.DecideObjection(c.Context(), Stranger, open.ID, false, "不属实")
	c.Refused(err, fault.Missing, "honours.objection_missing")
	_, err = c.DecideObjection(c.Context(), OfficeA, flag.ID, false, "不属实")
	c.Refused(err, fault.Stale, "honours.objection_decided")
	if _, err = c.DecideObjection(c.Context(), OfficeA, open.ID, false, "经查不属实"); err != nil {
		c.Fatal(err)
	}
	if _, err = c.FinishNotice(c.Context(), Steward, shown.ID); err != nil {
		c.Error(err)
	}
	// After the notice as well: it blocks whatever step is next, and upheld it ends.
	late, err := c.Object(c.Context(), Steward, shown.ID, named)
	if err != nil {
		c.Fatal(err)
	}
	_, err = c.Take(c.Context(), County, n.ID, honours.Act{Step: "county_review", Do: honours.Pass})
	c.Refused(err, fault.Stale, "honours.objection_open")
	if _, err = c.DecideObjection(c.Context(), OfficeA, late.ID, true, "属实"); err != nil {
		c.Fatal(err)
	}
	if n, err = c.Store.FindNomination(c.Context(), n.ID); err != nil || n.State != honours.Rejected {
		c.Errorf("%s %v", n.State, err)
	}
	file, err := c.File(c.Context(), Steward, n.ID)
	if err != nil || len(file.Objections) != 3 {
		c.Fatalf("%+v %v", file.Objections, err)
	}
	if file.Objections[1].Name != "" || file.Objections[1].Contact != "" || file.Objections[2].Name == "" {
		c.Errorf("the unit reads who objected: %+v", file.Objections)
	}
	c.Intact()
}

func doubles(c *City) {
	n := c.Nominee()
	same := n.Content
	same.Name, same.Unit = "梁志远", "纱厂"
	_, err := c.Nominate(c.Context(), Stranger, c.Campaign.ID, c.Mill.ID, same)
	c.Refused(err, fault.Stale, "honours.duplicate_person")
	if _, err = c.Take(c.Context(), Steward, n.ID, honours.Act{Step: "draft", Do: honours.Withdraw, Reason: "由纱厂推荐"}); err != nil {
		c.Fatal(err)
	}
	if _, err = c.Nominate(c.Context(), Stranger, c.Campaign.ID, c.Mill.ID, same); err != nil {
		c.Fatal(err)
	}
	other, err := c.Nominate(c.Context(), Stranger, c.Campaign.ID, c.Mill.ID, c.Someone())
	if err != nil {
		c.Fatal(err)
	}
	_, err = c.EditNomination(c.Context(), Stranger, other.ID, same)
	c.Refused(err, fault.Stale, "honours.duplicate_person")
	_, err = c.Nominate(c.Context(), Steward, c.Campaign.ID, c.Mill.ID, c.Someone())
	c.Refused(err, fault.Missing, "honours.body_missing")
	_, err = c.Nominate(c.Context(), County, c.Campaign.ID, c.Mill.ID, c.Someone())
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	_, err = c.Nominate(c.Context(), Steward, contest.ID{1}, c.Yard.ID, c.Someone())
	c.Refused(err, fault.Missing, "honours.campaign_missing")
	_, err = c.Nominate(c.Context(), Steward, c.Campaign.ID, c.Yard.ID, honours.Content{Category: "king", Traits: []string{"Über"}, Files: []string{"x"}})
	c.Refused(err, fault.Refused, "honours.invalid")
	if f := fault.Of(err); len(f.Fields) != 6 {
		c.Errorf("not all at once: %v", f.Fields)
	}
	list, err := c.Nominations(c.Context(), Steward, c.Campaign.ID)
	if err != nil || len(list) != 1 {
		c.Errorf("the steward sees %d, %v", len(list), err)
	}
	if list, err = c.Nominations(c.Context(), County, c.Campaign.ID); err != nil || len(list) != 3 {
		c.Errorf("the county sees %d, %v", len(list), err)
	}
	c.Intact()
}

func incidents(c *City) {
	n := c.Nominee()
	add := func(key, kind, on string) {
		day, err := calendar.ParseDay(on)
		if err == nil {
			_, err = c.AddIncident(c.Context(), OfficeA, honours.Incident{Key: key, Kind: kind, On: day})
		}
		if err != nil {
			c.Fatal(err)
		}
	}
	submit := func(at string) error {
		c.Set(c.TB, at)
		_, err := c.Take(c.Context(), Steward, n.ID, honours.Act{Step: "draft", Do: honours.Submit})
		return err
	}
	add("unit-yard", "accident", "2023-05-10")
	c.Refused(submit("2026-05-09T15:59:59Z"), fault.Stale, "honours.excluded")
	if err := submit("2026-05-09T16:00:00Z"); err != nil { // the 10th in China
		c.Error(err)
	}
	n, err := c.Store.FindNomination(c.Context(), n.ID)
	if err != nil {
		c.Fatal(err)
	}
	n = c.To(n, "approve")
	add(n.PersonKey, "tax", "2026-05-11")
	_, err = c.Take(c.Context(), OfficeC, n.ID, honours.Act{Step: "approve", Do: honours.Pass})
	c.Refused(err, fault.Stale, "honours.excluded")
	if _, err = c.Take(c.Context(), OfficeC, n.ID, honours.Act{Step: "approve", Do: honours.Reject, Reason: "税务"}); err != nil {
		c.Error(err)
	}
	_, err = c.AddIncident(c.Context(), OfficeA, honours.Incident{Key: "k", Kind: "gossip", On: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)})
	c.Refused(err, fault.Refused, "honours.invalid")
	_, err = c.AddIncident(c.Context(), Steward, honours.Incident{})
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	if list, err := c.Incidents(c.Context(), OfficeA); err != nil || len(list) != 2 || list[0].Kind != "tax" {
		c.Errorf("%+v %v", list, err)
	}
	c.Intact()
}

func returned(c *City) {
	n := c.To(c.Nominee(), "county_review")
	edited := n.Content
	edited.Deeds = "改正"
	_, err := c.EditNomination(c.Context(), Steward, n.ID, edited)
	c.Refused(err, fault.Stale, "honours.step_order")
	_, err = c.Take(c.Context(), County, n.ID, honours.Act{Step: "county_review", Do: honours.Return})
	c.Refused(err, fault.Refused, "honours.invalid")
	n, err = c.Take(c.Context(), County, n.ID, honours.Act{Step: "county_review", Do: honours.Return, Reason: "事迹不全"})
	if err != nil || n.Step != "draft" || n.State != honours.Returned {
		c.Fatalf("%+v %v", n, err)
	}
	if n, err = c.EditNomination(c.Context(), Steward, n.ID, edited); err != nil {
		c.Fatal(err)
	}
	n = c.Forward(n)
	if n.Step != "recommend" || n.Round != 2 || n.State != honours.Active {
		c.Errorf("%+v", n)
	}
	for _, do := range []honours.Do{honours.Return, honours.Reject} {
		_, err = c.Take(c.Context(), Steward, n.ID, honours.Act{Step: "recommend", Do: do, Reason: "x"})
		c.Refused(err, fault.Stale, "honours.step_act")
	}
	_, err = c.Take(c.Context(), Steward, n.ID, honours.Act{Step: "recommend", Do: "jump"})
	c.Refused(err, fault.Malformed, "honours.invalid")
	c.To(n, "done")
	c.Intact()
}

// Whoever changes a row behind the program's back changes no decision.
func exchanged(c *City) {
	n := c.To(c.Nominee(), "county_review")
	other := n
	other.Name, other.Deeds = "曾小雨", "另一个人的事迹"
	if err := c.Work.Do(c.Context(), func(ctx context.Context) error { return c.Store.ChangeNomination(ctx, other) }); err != nil {
		c.Fatal(err)
	}
	_, err := c.Take(c.Context(), County, n.ID, honours.Act{Step: "county_review", Do: honours.Pass})
	c.Refused(err, fault.Stale, "honours.content_changed")
	other = n
	other.Step = "confer"
	if err := c.Work.Do(c.Context(), func(ctx context.Context) error { return c.Store.ChangeNomination(ctx, other) }); err != nil {
		c.Fatal(err)
	}
	if h, err := c.History(c.Context(), OfficeA, c.Campaign.ID); err != nil || h.Intact {
		c.Errorf("a nominee moved by hand is not found: %v", err)
	}
}

func quotas(c *City) {
	c.Begin("medal", quota.Quota{ID: "women", Who: "woman", Of: quota.All, Bound: quota.AtLeast, Amount: "50%"})
	w := c.To(c.Nominee("woman"), "city_notice")
	m := c.To(c.Nominee(), "city_notice")
	c.To(c.Nominee(), "recommend") // single nominees are not blocked
	r, err := c.Report(c.Context(), OfficeA, c.Campaign.ID)
	if err != nil || r.Running[0].Have != 1 || r.Running[0].Need != 2 || r.Running[0].Slack != -1 || r.Final[0].Need != 1 || r.Final[0].Slack != 0 {
		c.Fatalf("%+v %v", r, err)
	}
	if len(r.Shares) != 1 || r.Shares[0].Places != 10 || r.Shares[0].Have != 3 {
		c.Errorf("%+v", r.Shares)
	}
	_, err = c.Report(c.Context(), Steward, c.Campaign.ID)
	c.Refused(err, fault.Missing, "honours.campaign_missing")
	shown, err := c.Show(OfficeB, "city_notice", w, m)
	if err != nil {
		c.Fatal(err)
	}
	if _, err := c.Take(c.Context(), Steward, w.ID, honours.Act{Step: "city_notice", Do: honours.Withdraw, Reason: "本人放弃"}); err != nil {
		c.Fatal(err)
	}
	anew := honours.NoticeDraft{Step: "city_notice", Nominations: []contest.ID{m.ID}, Place: "a", Text: "b", Replaces: shown.ID}
	_, err = c.OpenNotice(c.Context(), OfficeB, c.Campaign.ID, anew)
	c.Refused(err, fault.Stale, "honours.quota")
	h := c.Intact()
	last := h.Entries[len(h.Entries)-1]
	if last.Act != chain.Withdraw || last.Figures["quota/women"] != "have 0 need 1 slack -1" {
		c.Errorf("the withdrawal does not say how the quota stands: %+v", last)
	}
	draft := honours.CampaignDraft{Places: 10, Committee: 3, Quotas: []quota.Quota{}}
	_, err = c.AmendCampaign(c.Context(), OfficeA, c.Campaign.ID, draft, "")
	c.Refused(err, fault.Refused, "honours.invalid")
	if _, err = c.AmendCampaign(c.Context(), OfficeA, c.Campaign.ID, draft, "主席办公会决定"); err != nil {
		c.Fatal(err)
	}
	if _, err = c.OpenNotice(c.Context(), OfficeB, c.Campaign.ID, anew); err != nil {
		c.Error(err)
	}
	c.Intact()
}

func revoked(c *City) {
	n := c.To(c.Nominee(), "done")
	list, _, err := c.Register(c.Context(), OfficeA, honours.HonouredQuery{PersonKey: n.PersonKey, Page: proposal.Page{Limit: 9}})
	if err != nil || len(list) != 1 {
		c.Fatal(list, err)
	}
	_, err = c.Revoke(c.Context(), Steward, list[0].ID, "x")
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	_, err = c.Revoke(c.Context(), OfficeA, list[0].ID, "成果系伪造")
	c.Refused(err, fault.Forbidden, "honours.same_person")
	// The same honour again needs a new merit.
	c.Begin("medal")
	again := n.Content
	second, err := c.Nominate(c.Context(), Steward, c.Campaign.ID, c.Yard.ID, again)
	if err != nil {
		c.Fatal(err)
	}
	_, err = c.Take(c.Context(), Steward, second.ID, honours.Act{Step: "draft", Do: honours.Submit})
	c.Refused(err, fault.Stale, "honours.already_held")
	again.NewMerit = "又获国家级竞赛第一名"
	if second, err = c.EditNomination(c.Context(), Steward, second.ID, again); err != nil {
		c.Fatal(err)
	}
	c.To(second, "recommend")
	gone, err := c.Revoke(c.Context(), OfficeB, list[0].ID, "成果系伪造")
	if err != nil || gone.RevokedOn.IsZero() {
		c.Fatal(err)
	}
	_, err = c.Revoke(c.Context(), OfficeB, list[0].ID, "成果系伪造")
	c.Refused(err, fault.Stale, "honours.revoked")
	if public, total, _ := c.PublicHonours(c.Context(), honours.HonouredQuery{Page: proposal.Page{Limit: 9}}); total != 0 {
		c.Errorf("still shown: %+v", public)
	}
	c.Campaign.ID = n.Campaign
	c.Intact()
}
