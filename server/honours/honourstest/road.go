package honourstest

import (
	"fmt"
	"strings"
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/quota"
	"jiangtai/server/honours/reading"
	"jiangtai/server/honours/union"
)

// City is a rig with unions and a campaign for medals: ten places, three members
// of the committee, no quotas.
type City struct {
	testing.TB
	*Rig
	County   union.Body
	Yard     union.Body // the Steward's and the Colleague's
	Mill     union.Body // the Stranger's
	Campaign honours.Campaign
	people   int
}

// NewCity makes it.
func NewCity(t testing.TB, r *Rig, quotas ...quota.Quota) *City {
	t.Helper()
	c := &City{TB: t, Rig: r}
	c.County = c.body(union.Body{Code: "E", Name: "江东区总工会", Kind: contest.CountyUnion, Weight: 700, Members: []contest.ID{County.Account}})
	c.Yard = c.body(union.Body{Code: "Y", Name: "船厂工会", Kind: contest.Grassroots, Parent: c.County.ID, Members: []contest.ID{Steward.Account, Colleague.Account}})
	c.Mill = c.body(union.Body{Code: "M", Name: "纱厂工会", Kind: contest.Grassroots, Parent: c.County.ID, Members: []contest.ID{Stranger.Account}})
	c.Begin("medal", quotas...)
	return c
}

func (c *City) body(b union.Body) union.Body {
	c.Helper()
	b, err := c.SaveBody(c.Context(), OfficeA, b)
	if err != nil {
		c.Fatal(err)
	}
	return b
}

// Begin begins another campaign, which the city's nominees enter from now on.
func (c *City) Begin(sequence string, quotas ...quota.Quota) {
	c.Helper()
	var err error
	c.Campaign, err = c.BeginCampaign(c.Context(), OfficeA, honours.CampaignDraft{
		Kind: contest.Real, Sequence: sequence, Year: 2026, Name: "2026年度", Places: 10, Committee: 3, Quotas: append([]quota.Quota{}, quotas...),
	})
	if err != nil {
		c.Fatal(err)
	}
}

// Someone is the content of a nominee whom nobody else is.
func (c *City) Someone(traits ...string) honours.Content {
	c.people++
	return honours.Content{
		PersonKey: fmt.Sprintf("person-%s-%d", c.Campaign.ID, c.people), UnitKey: "unit-yard", Name: fmt.Sprintf("梁%d", c.people), Unit: "江城造船厂",
		Category: "front_line", Traits: traits,
	}
}

// Nominee puts somebody into the campaign.
func (c *City) Nominee(traits ...string) honours.Nomination {
	c.Helper()
	n, err := c.Nominate(c.Context(), Steward, c.Campaign.ID, c.Yard.ID, c.Someone(traits...))
	if err != nil {
		c.Fatal(err)
	}
	return n
}

// minutes is the hash of a file.
var minutes = strings.Repeat("5a", 32)

// Forward takes a nominee one step on, as it should be.
func (c *City) Forward(n honours.Nomination) honours.Nomination {
	c.Helper()
	var out honours.Nomination
	var err error
	pass := func(a contest.Actor, act honours.Act) {
		act.Step = n.Step
		out, err = c.Take(c.Context(), a, n.ID, act)
	}
	switch n.Step {
	case "draft":
		pass(Steward, honours.Act{Do: honours.Submit})
	case "recommend":
		pass(Steward, honours.Act{Do: honours.Pass, For: 20, Against: 8, Abstain: 2})
	case "congress":
		pass(Steward, honours.Act{Do: honours.Pass, Document: minutes, HeldOn: "2026-04-10", For: 60})
	case "unit_notice":
		out, err = c.notice(Steward, n)
	case "county_review":
		pass(County, honours.Act{Do: honours.Pass})
	case "opinions":
		c.Opinion(n, "public_security", honours.Agree)
		pass(OfficeA, honours.Act{Do: honours.Pass})
	case "first_review":
		pass(OfficeA, honours.Act{Do: honours.Pass, Reason: "材料齐全"})
	case "second_review":
		c.Votes(n, honours.VoteFor, honours.VoteFor, honours.VoteAgainst)
		pass(OfficeB, honours.Act{Do: honours.Pass})
	case "city_notice":
		out, err = c.notice(OfficeB, n)
	case "approve":
		pass(OfficeC, honours.Act{Do: honours.Pass})
	case "confer":
		pass(OfficeA, honours.Act{Do: honours.Pass})
	}
	if err != nil {
		c.Fatalf("%s: %v", n.Step, err)
	}
	return out
}

// To takes a nominee forward to a step.
func (c *City) To(n honours.Nomination, step string) honours.Nomination {
	c.Helper()
	for n.Step != step && n.Step != "done" {
		n = c.Forward(n)
	}
	return n
}

// Opinion notes a department's answer.
func (c *City) Opinion(n honours.Nomination, department, answer string) {
	c.Helper()
	today := contest.DayOf(c.Clock())
	_, err := c.AddOpinion(c.Context(), OfficeA, n.ID, honours.OpinionDraft{
		Department: department, Answer: answer, Number: "江公函〔2026〕7号", GivenOn: today, ExpiresOn: today.AddDate(0, 3, 0), Reason: "理由",
	})
	if err != nil {
		c.Fatal(err)
	}
}

// Votes casts the committee's votes.
func (c *City) Votes(n honours.Nomination, choices ...string) {
	c.Helper()
	for i, choice := range choices {
		if err := c.CastVote(c.Context(), Members[i], n.ID, choice); err != nil {
			c.Fatal(err)
		}
	}
}

// Show puts a notice up.
func (c *City) Show(a contest.Actor, step string, list ...honours.Nomination) (honours.Notice, error) {
	d := honours.NoticeDraft{Step: step, Place: "厂门公告栏", Text: "现将拟推荐人选予以公示。"}
	for _, n := range list {
		d.Nominations = append(d.Nominations, n.ID)
	}
	return c.OpenNotice(c.Context(), a, c.Campaign.ID, d)
}

// notice shows a nominee until it is over, and ends the notice.
func (c *City) notice(a contest.Actor, n honours.Nomination) (honours.Nomination, error) {
	shown, err := c.Show(a, n.Step, n)
	if err != nil {
		return n, err
	}
	c.Pass(contest.EndOf(shown.EndsOn).Sub(c.Clock()))
	if _, err := c.FinishNotice(c.Context(), a, shown.ID); err != nil {
		return n, err
	}
	return c.Store.FindNomination(c.Context(), n.ID)
}

// Refused asks that an act was refused with a code.
func (c *City) Refused(err error, kind fault.Kind, code string) {
	c.Helper()
	if f := fault.Of(err); f == nil || f.Kind != kind || f.Code != code {
		c.Errorf("got %v, want %s", err, code)
	}
}

// Intact asks that the campaign's chain verifies and agrees with what is stored.
func (c *City) Intact() reading.History {
	c.Helper()
	h, err := c.History(c.Context(), OfficeA, c.Campaign.ID)
	if err != nil || !h.Intact {
		c.Errorf("%v %s", err, h.Broken)
	}
	return h
}
