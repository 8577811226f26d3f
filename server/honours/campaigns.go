package honours

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/calendar"
	"jiangtai/server/honours/chain"
	"jiangtai/server/honours/quota"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/honours/union"
)

// CampaignDraft is a campaign to be begun. Without quotas it takes those of its
// sequence.
type CampaignDraft struct {
	Kind      contest.Kind
	Sequence  string
	Year      int
	Name      string
	Places    int
	Committee int
	Quotas    []quota.Quota
	Deadline  time.Time
}

// BeginCampaign begins one. The office only.
func (o *Office) BeginCampaign(ctx context.Context, a contest.Actor, d CampaignDraft) (Campaign, error) {
	if err := office(a); err != nil {
		return Campaign{}, err
	}
	s := o.sequence(d.Sequence, 0)
	switch {
	case s == nil:
		return Campaign{}, refused("/sequence", "honours.word", d.Sequence)
	case !slices.Contains([]contest.Kind{contest.Real, contest.Rehearsal, contest.Demo}, d.Kind):
		return Campaign{}, refused("/kind", "honours.word", string(d.Kind))
	case d.Year < 2000 || d.Year > 2100:
		return Campaign{}, refused("/year", "honours.number", strconv.Itoa(d.Year))
	case strings.TrimSpace(d.Name) == "" || utf8.RuneCountInString(d.Name) > 200:
		return Campaign{}, refused("/name", "honours.needed", "")
	}
	if d.Quotas == nil {
		d.Quotas = s.Quotas
	}
	c := Campaign{
		ID: newID(), Kind: d.Kind, Sequence: s.ID, Version: s.Version, Honour: s.Honour, Year: d.Year, Name: d.Name,
		Places: d.Places, Committee: d.Committee, Quotas: d.Quotas, Deadline: d.Deadline, CreatedAt: o.now(),
	}
	if err := c.check(); err != nil {
		return Campaign{}, err
	}
	c.Head = chain.Genesis(c.ID)
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		if err := o.Store.CreateCampaign(ctx, c); err != nil {
			return err
		}
		err := o.record(ctx, a, &c, chain.Entry{Act: chain.Begin, Figures: c.figures()}, "")
		return err
	})
	return c, err
}

func (c *Campaign) check() error {
	switch {
	case c.Places < 1 || c.Places > 10_000:
		return refused("/places", "honours.number", strconv.Itoa(c.Places))
	case c.Committee < 1 || c.Committee > 999:
		return refused("/committee", "honours.number", strconv.Itoa(c.Committee))
	}
	seen := map[string]bool{}
	for i, q := range c.Quotas {
		if q.Check() != nil || seen[q.ID] {
			return refused("/quotas/"+strconv.Itoa(i), "honours.quota_form", q.ID)
		}
		seen[q.ID] = true
	}
	return nil
}

// figures are what a campaign promises, for its chain.
func (c *Campaign) figures() map[string]string {
	out := map[string]string{
		"sequence": c.Sequence, "version": strconv.Itoa(c.Version), "places": strconv.Itoa(c.Places),
		"committee": strconv.Itoa(c.Committee), "deadline": calendar.Text(c.Deadline),
	}
	for _, q := range c.Quotas {
		out["quota/"+q.ID] = strings.Join([]string{q.Who, q.Of, string(q.Bound), q.Amount, q.Aside}, " ")
	}
	return out
}

// AmendCampaign changes places, committee, quotas or deadline of a campaign, with
// its reason on record. The office only. The committee stays as it is once a vote
// may have been cast.
func (o *Office) AmendCampaign(ctx context.Context, a contest.Actor, id contest.ID, d CampaignDraft, reason string) (Campaign, error) {
	if err := office(a); err != nil {
		return Campaign{}, err
	}
	if reason == "" || utf8.RuneCountInString(reason) > maxText {
		return Campaign{}, refused("/reason", "honours.needed", "")
	}
	var out Campaign
	err := o.Work.Do(ctx, func(ctx context.Context) error {
		c, s, _, err := o.campaignFor(ctx, id)
		if err != nil {
			return err
		}
		if d.Committee != c.Committee {
			list, err := o.Store.ListNominations(ctx, id)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(list, func(n Nomination) bool { return voted(s, n) }) {
				return fault.New(fault.Stale, "honours.committee_stands")
			}
		}
		c.Places, c.Committee, c.Quotas, c.Deadline = d.Places, d.Committee, d.Quotas, d.Deadline
		if err := c.check(); err != nil {
			return err
		}
		if err := o.record(ctx, a, &c, chain.Entry{Act: chain.Amend, Figures: c.figures()}, reason); err != nil {
			return err
		}
		out = c
		return nil
	})
	return out, err
}

// voted says whether a nomination has come to a ballot.
func voted(s *sequence.Sequence, n Nomination) bool {
	for _, st := range s.Steps {
		if st.Kind == sequence.Ballot && !s.Before(n.Step, st.ID) {
			return true
		}
	}
	return false
}

// Campaigns gives all campaigns, for everybody who has a part in them.
func (o *Office) Campaigns(ctx context.Context, a contest.Actor) ([]Campaign, error) {
	if !union.IsStaff(a) {
		return nil, forbidden()
	}
	return o.Store.ListCampaigns(ctx)
}

// Campaign finds one with its sequence.
func (o *Office) Campaign(ctx context.Context, a contest.Actor, id contest.ID) (Campaign, *sequence.Sequence, error) {
	if !union.IsStaff(a) {
		return Campaign{}, nil, missing("honours.campaign_missing")
	}
	c, err := o.Store.FindCampaign(ctx, id)
	if err != nil {
		return Campaign{}, nil, err
	}
	s := o.sequence(c.Sequence, c.Version)
	if s == nil {
		return Campaign{}, nil, fault.New(fault.Unavailable, "honours.sequence_missing")
	}
	return c, s, nil
}

// Share is how many places a county or industry union has, by its members, and
// how many of its nominees are in the running.
type Share struct {
	Body   union.Body
	Places int
	Have   int
}

// Report is how a campaign stands to its quotas: all who are in the running, and
// those on the final list, who have passed every review.
type Report struct {
	Running []quota.Line
	Final   []quota.Line
	Shares  []Share
}

// Report holds a campaign against its quotas. For the office, the committee and
// administrators: the figures of one union tell of the others' nominees.
func (o *Office) Report(ctx context.Context, a contest.Actor, id contest.ID) (Report, error) {
	if !union.ReadsAll(a) {
		return Report{}, missing("honours.campaign_missing")
	}
	c, s, err := o.Campaign(ctx, a, id)
	if err != nil {
		return Report{}, err
	}
	list, err := o.Store.ListNominations(ctx, id)
	if err != nil {
		return Report{}, err
	}
	bs, err := o.bodies(ctx)
	if err != nil {
		return Report{}, err
	}
	final := finalStep(s)
	var last []Nomination
	for _, n := range list {
		if n.State == Conferred || n.State == Active && !s.Before(n.Step, final) {
			last = append(last, n)
		}
	}
	return Report{
		Running: quota.Report(standing(list), c.Quotas), Final: quota.Report(standing(last), c.Quotas), Shares: shares(c, bs, list),
	}, nil
}

// finalStep is the first step after the last review: whoever is there is on the
// final list.
func finalStep(s *sequence.Sequence) string {
	final := s.Steps[0].ID
	for _, st := range s.Steps {
		if st.Kind == sequence.Review || st.Kind == sequence.Ballot || st.Kind == sequence.Opinions {
			final = s.After(st.ID)
		}
	}
	return final
}

func shares(c Campaign, bs union.Bodies, list []Nomination) []Share {
	var out []Share
	for _, b := range bs {
		if b.Parent.IsZero() && b.Weight > 0 {
			out = append(out, Share{Body: b})
		}
	}
	slices.SortFunc(out, func(x, y Share) int { return strings.Compare(x.Body.Code, y.Body.Code) })
	weights := make([]int64, len(out))
	for i := range out {
		weights[i] = out[i].Body.Weight
	}
	places, err := quota.Shares(c.Places, weights)
	if err != nil {
		return nil // no union has members yet
	}
	for i := range out {
		out[i].Places = places[i]
		for _, n := range list {
			if bs.Above(n.Body) == out[i].Body.ID && (n.State == Conferred || n.State == Active && n.Step != sequence.Draft) {
				out[i].Have++
			}
		}
	}
	return out
}
