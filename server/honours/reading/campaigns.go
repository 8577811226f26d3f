package reading

import (
	"context"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
	"jiangtai/server/honours/sequence"
	"jiangtai/server/honours/union"
)

// Campaigns gives all campaigns, for everybody who has a part in them.
func (r *Room) Campaigns(ctx context.Context, a contest.Actor) ([]honours.Campaign, error) {
	if !union.IsStaff(a) {
		return nil, forbidden()
	}
	return r.office.Store.ListCampaigns(ctx)
}

// Campaign finds one with its sequence.
func (r *Room) Campaign(ctx context.Context, a contest.Actor, id contest.ID) (honours.Campaign, *sequence.Sequence, error) {
	if !union.IsStaff(a) {
		return honours.Campaign{}, nil, missing()
	}
	c, err := r.office.Store.FindCampaign(ctx, id)
	if err != nil {
		return honours.Campaign{}, nil, err
	}
	s := r.office.Sequence(c.Sequence, c.Version)
	if s == nil {
		return honours.Campaign{}, nil, fault.New(fault.Unavailable, "honours.sequence_missing")
	}
	return c, s, nil
}

// Nominations gives those of a campaign that the actor may see, oldest first.
func (r *Room) Nominations(ctx context.Context, a contest.Actor, campaign contest.ID) ([]honours.Nomination, error) {
	if _, _, err := r.Campaign(ctx, a, campaign); err != nil {
		return nil, err
	}
	bs, err := r.office.AllBodies(ctx)
	if err != nil {
		return nil, err
	}
	list, err := r.office.Store.ListNominations(ctx, campaign)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(n honours.Nomination) bool { return !bs.MaySee(a, n.Body) }), nil
}

// Notices gives a campaign's notices for the office, the committee and
// administrators.
func (r *Room) Notices(ctx context.Context, a contest.Actor, campaign contest.ID) ([]honours.Notice, []honours.Objection, error) {
	if !union.ReadsAll(a) {
		return nil, nil, missing()
	}
	if _, err := r.office.Store.FindCampaign(ctx, campaign); err != nil {
		return nil, nil, err
	}
	notices, err := r.office.Store.ListNotices(ctx, campaign)
	if err != nil {
		return nil, nil, err
	}
	objections, err := r.office.Store.ListObjections(ctx, campaign)
	for i := range objections {
		objections[i] = seenBy(objections[i], a)
	}
	return notices, objections, err
}

// Bodies gives the unions: all of them for whoever reads all, else those the
// actor acts for and those below.
func (r *Room) Bodies(ctx context.Context, a contest.Actor) ([]union.Body, error) {
	if !union.IsStaff(a) {
		return nil, forbidden()
	}
	bs, err := r.office.AllBodies(ctx)
	if err != nil {
		return nil, err
	}
	list, err := r.office.Store.ListBodies(ctx)
	return slices.DeleteFunc(list, func(b union.Body) bool { return !bs.MaySee(a, b.ID) }), err
}

// Incidents gives all incidents, newest first. The office and administrators.
func (r *Room) Incidents(ctx context.Context, a contest.Actor) ([]honours.Incident, error) {
	if !union.Has(a, contest.UnionOffice, contest.Administrator) {
		return nil, forbidden()
	}
	return r.office.Store.ListIncidents(ctx)
}
