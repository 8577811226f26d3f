package reading

import (
	"context"
	"slices"

	"jiangtai/server/contest"
	"jiangtai/server/honours/union"
)

// Account is somebody who has a part in honours.
type Account struct {
	ID    contest.ID
	User  string
	Name  string
	Roles []contest.Role
}

// People tell who accounts are. The app plugs identity.
type People interface {
	// ListPeople gives those who hold one of the roles for the whole city, by user
	// name.
	ListPeople(ctx context.Context, roles []contest.Role) ([]Account, error)
	// Names are what accounts are called; who is not there is left out.
	Names(ctx context.Context, ids []contest.ID) (map[contest.ID]string, error)
}

// ListPeople gives those who act for unions, for whoever says which union an
// account acts for. The office and administrators.
func (r *Room) ListPeople(ctx context.Context, a contest.Actor) ([]Account, error) {
	if !union.Has(a, contest.UnionOffice, contest.Administrator) {
		return nil, forbidden()
	}
	return r.people.ListPeople(ctx, []contest.Role{contest.UnitSteward, contest.CountyReviewer})
}

// names are those of everybody whom a list of ids names, zero left out.
func (r *Room) names(ctx context.Context, ids []contest.ID) (map[contest.ID]string, error) {
	var asked []contest.ID
	for _, id := range ids {
		if !id.IsZero() && !slices.Contains(asked, id) {
			asked = append(asked, id)
		}
	}
	if len(asked) == 0 {
		return map[contest.ID]string{}, nil
	}
	return r.people.Names(ctx, asked)
}
