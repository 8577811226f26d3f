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
	s := o.Sequence(d.Sequence, 0)
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
