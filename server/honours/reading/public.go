package reading

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
	"jiangtai/server/honours/proposal"
	"jiangtai/server/honours/union"
)

// PublicNotices gives the notices of the city that run or have run, newest
// first, and how many there are.
func (r *Room) PublicNotices(ctx context.Context, p proposal.Page) ([]honours.PublicNotice, int, error) {
	list, total, err := r.office.Store.ListPublicNotices(ctx, p)
	for i := range list {
		if s := r.office.Sequence(list[i].Sequence, list[i].Version); s != nil {
			list[i].HonourName, list[i].HonourNameEn = s.Name, s.NameEn
		}
	}
	return list, total, err
}

// PublicHonours gives the register's standing lines, newest year first, and how
// many there are. Rehearsals are not in it.
func (r *Room) PublicHonours(ctx context.Context, q honours.HonouredQuery) ([]honours.Honoured, int, error) {
	q.PersonKey, q.Standing = "", true
	list, total, err := r.office.Store.ListHonoured(ctx, q)
	for i := range list {
		list[i].PersonKey = ""
	}
	return list, total, err
}

// Register gives the register's lines with those revoked, for the office,
// administrators and the committee.
func (r *Room) Register(ctx context.Context, a contest.Actor, q honours.HonouredQuery) ([]honours.Honoured, int, error) {
	if !union.ReadsAll(a) {
		return nil, 0, forbidden()
	}
	return r.office.Store.ListHonoured(ctx, q)
}
