package intake

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/programme"
)

// IdentityChairs is identity's Chairs.
type IdentityChairs struct {
	Directory *programme.Directory
	Contests  programme.Contests
}

// FindContest finds a contest by its id.
func (p IdentityChairs) FindContest(ctx context.Context, id contest.ID) (contest.Contest, error) {
	list, _, err := p.Contests.ListContests(ctx, programme.ContestQuery{Scope: programme.Scope{All: true}, ID: id, Page: programme.Page{Limit: 1}})
	if err != nil {
		return contest.Contest{}, err
	}
	if len(list) == 0 {
		return contest.Contest{}, fault.New(fault.Missing, "programme.contest_missing")
	}
	return list[0].Contest, nil
}

// FindEvent finds an event by its id.
func (p IdentityChairs) FindEvent(ctx context.Context, id contest.ID) (contest.Event, error) {
	e, err := p.Directory.Event(ctx, id)
	return e.Event, err
}

// ListChairs gives an event's chairs by number.
func (p IdentityChairs) ListChairs(ctx context.Context, event contest.ID) ([]contest.Chair, error) {
	return p.Directory.Chairs(ctx, event)
}
