package honourstest

import (
	"slices"
	"strings"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/quota"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/honours/union"
)

// Scenes are what must hold on every store; each needs a city of its own.
var Scenes = map[string]func(c *City){
	"the whole road":              wholeRoad,
	"papers":                      papers,
	"a notice that ran on paper":  ranOnPaper,
	"objections of the public":    publicObjections,
	"what may be done is offered": waysAreOffered,
	"nothing is skipped":          nothingSkipped,
	"by its role and apart":       apart,
	"votes":                       votes,
	"opinions":                    opinions,
	"ballot":                      ballot,
	"notices run their days":      noticesRun,
	"a changed list starts anew":  changedList,
	"objections":                  objections,
	"one person one nomination":   doubles,
	"incidents exclude":           incidents,
	"returned and edited":         returned,
	"content cannot be exchanged": exchanged,
	"quotas stop lists":           quotas,
	"revoked":                     revoked,
	"deadline and amendments":     amendments,
}

// From the draft to the register, seen by the public at every turn.
func wholeRoad(c *City) {
	n := c.Nominee("front_line", "woman")
	want := []string{"draft"}
	for _, st := range c.Data.Sequences[indexOf(c, "medal")].Steps {
		want = append(want, st.ID)
	}
	var got []string
	for n.Step != "done" {
		got = append(got, n.Step)
		if list, total, err := c.PublicHonours(c.Context(), honours.HonouredQuery{Page: proposal.Page{Limit: 10}}); err != nil || total != 0 || len(list) != 0 {
			c.Errorf("honoured before the end: %v %v", list, err)
		}
		n = c.Forward(n)
	}
	if !slices.Equal(got, want) || n.State != honours.Conferred || n.Round != 1 {
		c.Errorf("%v, want %v; %+v", got, want, n)
	}
	list, total, err := c.PublicHonours(c.Context(), honours.HonouredQuery{Year: 2026, Q: "造船", Page: proposal.Page{Limit: 10}})
	if err != nil || total != 1 || list[0].Name != n.Name || list[0].HonourName != "市五一劳动奖章" || list[0].PersonKey != "" || list[0].Year != 2026 {
		c.Errorf("%+v %d %v", list, total, err)
	}
	notices, total, err := c.PublicNotices(c.Context(), proposal.Page{Limit: 10})
	if err != nil || total != 1 || notices[0].State != honours.NoticeFinished || len(notices[0].Nominees) != 1 || notices[0].Nominees[0].Name != n.Name || notices[0].HonourName != "市五一劳动奖章" {
		c.Errorf("%+v %d %v: the unit's notice is not the city's", notices, total, err)
	}
	file, err := c.File(c.Context(), Steward, n.ID)
	if err != nil || len(file.Notices) != 2 || len(file.Opinions) != 1 || file.Records[len(file.Records)-1].Act != chain.Confer {
		c.Errorf("%+v %v", file, err)
	}
	for _, r := range c.Intact().Records {
		if strings.Contains(string(r.Body), n.Name) || strings.Contains(string(r.Body), n.PersonKey) {
			c.Errorf("record %d names a person: %s", r.Seq, r.Body)
		}
	}
}

func indexOf(c *City, id string) int {
	return slices.IndexFunc(c.Data.Sequences, func(s *sequence.Sequence) bool { return s.ID == id })
}

// Whoever may take any step tries all steps but the nominee's own, in every
// place of the road: 409, and nothing has moved.
func nothingSkipped(c *City) {
	everybody := c.body(union.Body{
		Code: "Z", Name: "万能工会", Kind: contest.Grassroots, Parent: c.County.ID, Members: []contest.ID{Person(20).Account},
	})
	county := c.County
	county.Members = append(slices.Clone(county.Members), Person(20).Account)
	if _, err := c.SaveBody(c.Context(), OfficeA, county); err != nil {
		c.Fatal(err)
	}
	all := Person(20, contest.UnitSteward, contest.CountyReviewer, contest.UnionOffice, contest.CommitteeMember)
	n, err := c.Nominate(c.Context(), all, c.Campaign.ID, everybody.ID, c.Someone())
	if err != nil {
		c.Fatal(err)
	}
	c.Yard.ID = everybody.ID
	if everybody.Members = append(everybody.Members, Steward.Account); err == nil {
		c.body(everybody)
	}
	steps := []string{"draft", "party", "done"}
	for _, st := range c.Data.Sequences[indexOf(c, "medal")].Steps {
		steps = append(steps, st.ID)
	}
	paths := 0
	for n.Step != "done" {
		for _, other := range steps {
			if other == n.Step {
				continue
			}
			for _, do := range []honours.Do{honours.Pass, honours.Submit} {
				_, err := c.Take(c.Context(), all, n.ID, honours.Act{Step: other, Do: do, For: 9, Document: minutes, HeldOn: "2026-04-10"})
				c.Refused(err, fault.Stale, "honours.step_order")
				paths++
			}
		}
		if n.Step != "unit_notice" && n.Step != "city_notice" {
			_, err := c.Show(all, "city_notice", n)
			c.Refused(err, fault.Stale, "honours.step_order")
		}
		if n.Step != "second_review" {
			c.Refused(c.CastVote(c.Context(), all, n.ID, honours.VoteFor), fault.Stale, "honours.vote_closed")
		}
		if now, err := c.Store.FindNomination(c.Context(), n.ID); err != nil || now.Step != n.Step {
			c.Fatalf("moved to %s, %v", now.Step, err)
		}
		n = c.Forward(n)
	}
	_, err = c.Take(c.Context(), all, n.ID, honours.Act{Step: "done", Do: honours.Pass})
	c.Refused(err, fault.Stale, "honours.ended")
	if paths < 40 {
		c.Errorf("only %d paths", paths)
	}
	c.Intact()
}

// Every step by its role; whom the sequence keeps apart may not go on himself.
func apart(c *City) {
	n := c.Nominee()
	for _, a := range []contest.Actor{Stranger, {}, Person(30, contest.Organiser)} {
		_, err := c.Take(c.Context(), a, n.ID, honours.Act{Step: "draft", Do: honours.Submit})
		c.Refused(err, fault.Missing, "honours.nomination_missing")
		_, err = c.File(c.Context(), a, n.ID)
		c.Refused(err, fault.Missing, "honours.nomination_missing")
	}
	for _, a := range []contest.Actor{County, OfficeA, Members[0], Admin} {
		_, err := c.Take(c.Context(), a, n.ID, honours.Act{Step: "draft", Do: honours.Submit})
		c.Refused(err, fault.Forbidden, "honours.forbidden")
	}
	n = c.To(n, "county_review")
	for _, a := range []contest.Actor{Steward, OfficeA, Members[0]} {
		_, err := c.Take(c.Context(), a, n.ID, honours.Act{Step: "county_review", Do: honours.Pass})
		c.Refused(err, fault.Forbidden, "honours.forbidden")
	}
	// The steward becomes the county's: his own recommendation he may not review.
	county := c.County
	county.Members = append(slices.Clone(county.Members), Steward.Account)
	c.body(county)
	both := Steward
	both.Grants = append(slices.Clone(both.Grants), contest.Grant{Role: contest.CountyReviewer})
	_, err := c.Take(c.Context(), both, n.ID, honours.Act{Step: "county_review", Do: honours.Pass})
	c.Refused(err, fault.Forbidden, "honours.same_person")
	n = c.To(n, "second_review")
	c.Votes(n, honours.VoteFor, honours.VoteFor)
	_, err = c.Take(c.Context(), OfficeA, n.ID, honours.Act{Step: "second_review", Do: honours.Pass})
	c.Refused(err, fault.Forbidden, "honours.same_person")
	n, err = c.Take(c.Context(), OfficeB, n.ID, honours.Act{Step: "second_review", Do: honours.Pass})
	if err != nil {
		c.Fatal(err)
	}
	n = c.To(n, "approve")
	_, err = c.Take(c.Context(), OfficeA, n.ID, honours.Act{Step: "approve", Do: honours.Pass})
	c.Refused(err, fault.Forbidden, "honours.same_person")
	_, err = c.BeginCampaign(c.Context(), Steward, honours.CampaignDraft{})
	c.Refused(err, fault.Forbidden, "honours.forbidden")
}

func votes(c *City) {
	for _, v := range []struct {
		yes, no, abstain int
		passed           bool
	}{{20, 10, 0, true}, {19, 10, 0, false}, {20, 8, 3, false}, {2, 0, 1, true}} {
		n := c.To(c.Nominee(), "recommend")
		n, err := c.Take(c.Context(), Steward, n.ID, honours.Act{Step: "recommend", Do: honours.Pass, For: v.yes, Against: v.no, Abstain: v.abstain})
		if err != nil || (n.Step == "congress") != v.passed || (n.State == honours.Rejected) == v.passed {
			c.Errorf("%+v: %s %s %v", v, n.Step, n.State, err)
		}
	}
	n := c.To(c.Nominee(), "recommend")
	for _, act := range []honours.Act{{}, {For: -1}, {For: 1_000_001}, {For: 3, Document: "abc"}} {
		act.Step, act.Do = "recommend", honours.Pass
		_, err := c.Take(c.Context(), Steward, n.ID, act)
		c.Refused(err, fault.Refused, "honours.invalid")
	}
	n = c.To(n, "congress")
	for _, act := range []honours.Act{{HeldOn: "2026-04-10"}, {Document: minutes}, {Document: minutes, HeldOn: "2026-04-14"}, {Document: minutes, HeldOn: "soon"}} {
		act.Step, act.Do = "congress", honours.Pass
		_, err := c.Take(c.Context(), Steward, n.ID, act)
		c.Refused(err, fault.Refused, "honours.invalid")
	}
	c.Intact()
}

func opinions(c *City) {
	head := c.Someone()
	head.Category = "enterprise_head"
	n, err := c.Nominate(c.Context(), Steward, c.Campaign.ID, c.Yard.ID, head)
	if err != nil {
		c.Fatal(err)
	}
	n = c.To(n, "opinions")
	departments := []string{"market_regulation", "tax", "human_resources", "emergency_management", "ecology", "health"}
	for i, d := range departments {
		_, err := c.Take(c.Context(), OfficeA, n.ID, honours.Act{Step: "opinions", Do: honours.Pass})
		c.Refused(err, fault.Stale, "honours.opinions")
		if f := fault.Of(err); f != nil && len(f.Fields) != len(departments)-i {
			c.Errorf("%d are missing: %v", len(departments)-i, f.Fields)
		}
		c.Opinion(n, d, []string{honours.Agree, honours.NoRecord}[i%2])
	}
	if _, err = c.Take(c.Context(), OfficeA, n.ID, honours.Act{Step: "opinions", Do: honours.Pass}); err != nil {
		c.Error(err)
	}
	n = c.To(c.Nominee(), "opinions")
	today := contest.DayOf(c.Clock())
	good := honours.OpinionDraft{Department: "public_security", Answer: honours.Agree, Number: "7", GivenOn: today, ExpiresOn: today}
	for _, change := range []func(*honours.OpinionDraft){
		func(d *honours.OpinionDraft) { d.Department = "tax" },
		func(d *honours.OpinionDraft) { d.Answer = "perhaps" },
		func(d *honours.OpinionDraft) { d.Number = "" },
		func(d *honours.OpinionDraft) { d.GivenOn = today.AddDate(0, 0, 1) },
		func(d *honours.OpinionDraft) { d.ExpiresOn = today.AddDate(0, 0, -1) },
		func(d *honours.OpinionDraft) { d.Answer = honours.Disagree },
	} {
		d := good
		change(&d)
		_, err := c.AddOpinion(c.Context(), OfficeA, n.ID, d)
		c.Refused(err, fault.Refused, "honours.invalid")
	}
	_, err = c.AddOpinion(c.Context(), Steward, n.ID, good)
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	if _, err = c.AddOpinion(c.Context(), OfficeA, n.ID, good); err != nil {
		c.Fatal(err)
	}
	c.Pass(24 * time.Hour)
	_, err = c.Take(c.Context(), OfficeA, n.ID, honours.Act{Step: "opinions", Do: honours.Pass})
	c.Refused(err, fault.Stale, "honours.opinions")
	c.Opinion(n, "public_security", honours.Disagree)
	if n, err = c.Store.FindNomination(c.Context(), n.ID); err != nil || n.State != honours.Vetoed {
		c.Errorf("%s, %v", n.State, err)
	}
	_, err = c.Take(c.Context(), OfficeA, n.ID, honours.Act{Step: "opinions", Do: honours.Pass})
	c.Refused(err, fault.Stale, "honours.ended")
	c.Intact()
}

func ballot(c *City) {
	n := c.To(c.Nominee(), "second_review")
	c.Refused(c.CastVote(c.Context(), OfficeA, n.ID, honours.VoteFor), fault.Forbidden, "honours.forbidden")
	c.Refused(c.CastVote(c.Context(), Members[0], n.ID, "maybe"), fault.Refused, "honours.invalid")
	c.Votes(n, honours.VoteFor)
	c.Refused(c.CastVote(c.Context(), Members[0], n.ID, honours.VoteAgainst), fault.Stale, "honours.voted")
	_, err := c.Take(c.Context(), OfficeB, n.ID, honours.Act{Step: "second_review", Do: honours.Pass})
	c.Refused(err, fault.Stale, "honours.quorum")
	if err := c.CastVote(c.Context(), Members[1], n.ID, honours.VoteAbstain); err != nil {
		c.Fatal(err)
	}
	if err := c.CastVote(c.Context(), Members[2], n.ID, honours.VoteAgainst); err != nil {
		c.Fatal(err)
	}
	c.Refused(c.CastVote(c.Context(), Person(40, contest.CommitteeMember), n.ID, honours.VoteFor), fault.Stale, "honours.committee_full")
	n, err = c.Take(c.Context(), OfficeB, n.ID, honours.Act{Step: "second_review", Do: honours.Pass})
	if err != nil || n.State != honours.Rejected {
		c.Errorf("1 of 3: %s %v", n.State, err)
	}
	passed := c.To(c.Nominee(), "second_review")
	c.Votes(passed, honours.VoteFor, honours.VoteFor)
	passed, err = c.Take(c.Context(), OfficeB, passed.ID, honours.Act{Step: "second_review", Do: honours.Pass})
	if err != nil || passed.Step != "city_notice" {
		c.Errorf("2 of 3: %s %v", passed.Step, err)
	}
	c.Refused(c.CastVote(c.Context(), Members[2], passed.ID, honours.VoteFor), fault.Stale, "honours.vote_closed")
	gone := c.To(c.Nominee(), "second_review")
	if _, err := c.Take(c.Context(), Steward, gone.ID, honours.Act{Step: "second_review", Do: honours.Withdraw, Reason: "本人放弃"}); err != nil {
		c.Fatal(err)
	}
	c.Refused(c.CastVote(c.Context(), Members[0], gone.ID, honours.VoteFor), fault.Missing, "honours.nomination_missing")
	for _, r := range c.Intact().Records {
		if strings.Contains(string(r.Body), Members[0].Account.String()) {
			c.Errorf("the chain tells how a member voted: %s", r.Body)
		}
	}
}

func amendments(c *City) {
	day, err := calendar.ParseDay("2026-04-13")
	if err != nil {
		c.Fatal(err)
	}
	draft := honours.CampaignDraft{Places: 12, Committee: 5, Quotas: []quota.Quota{}, Deadline: day}
	_, err = c.AmendCampaign(c.Context(), Steward, c.Campaign.ID, draft, "x")
	c.Refused(err, fault.Forbidden, "honours.forbidden")
	changed, err := c.AmendCampaign(c.Context(), OfficeA, c.Campaign.ID, draft, "增加名额")
	if err != nil || changed.Places != 12 {
		c.Fatal(changed, err)
	}
	early, late := c.Nominee(), c.Nominee()
	c.To(early, "recommend")
	c.Pass(15 * time.Hour) // midnight
	_, err = c.Take(c.Context(), Steward, late.ID, honours.Act{Step: "draft", Do: honours.Submit})
	c.Refused(err, fault.Stale, "honours.deadline")
	early, err = c.Store.FindNomination(c.Context(), early.ID)
	if err != nil {
		c.Fatal(err)
	}
	c.To(early, "second_review")
	draft.Committee = 7
	_, err = c.AmendCampaign(c.Context(), OfficeA, c.Campaign.ID, draft, "换届")
	c.Refused(err, fault.Stale, "honours.committee_stands")
	for _, bad := range []honours.CampaignDraft{
		{Kind: "x", Sequence: "medal", Year: 2026, Name: "a", Places: 1, Committee: 1},
		{Kind: contest.Real, Sequence: "mayor", Year: 2026, Name: "a", Places: 1, Committee: 1},
		{Kind: contest.Real, Sequence: "medal", Year: 26, Name: "a", Places: 1, Committee: 1},
		{Kind: contest.Real, Sequence: "medal", Year: 2026, Name: " ", Places: 1, Committee: 1},
		{Kind: contest.Real, Sequence: "medal", Year: 2026, Name: "a", Places: 0, Committee: 1},
		{Kind: contest.Real, Sequence: "medal", Year: 2026, Name: "a", Places: 1, Committee: 0},
		{Kind: contest.Real, Sequence: "medal", Year: 2026, Name: "a", Places: 1, Committee: 1, Quotas: []quota.Quota{{ID: "q"}}},
	} {
		_, err := c.BeginCampaign(c.Context(), OfficeA, bad)
		c.Refused(err, fault.Refused, "honours.invalid")
	}
	c.Intact()
}
