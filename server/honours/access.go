package honours

import (
	"context"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours/union"
)

// Roles are those that the steps of a sequence may name.
func Roles() []string {
	return []string{string(contest.UnitSteward), string(contest.CountyReviewer), string(contest.UnionOffice), string(contest.CommitteeMember)}
}

func forbidden() error           { return fault.New(fault.Forbidden, "honours.forbidden") }
func missing(code string) error  { return fault.New(fault.Missing, code) }
func conflict(code string) error { return fault.New(fault.Stale, code) }

// refused is what a rule says no to, at a place.
func refused(path, code, hint string) error {
	return fault.New(fault.Refused, "honours.invalid", fault.At(path, code, hint))
}

// office is asked where only the union's office may.
func office(a contest.Actor) error {
	if !union.IsOffice(a) {
		return forbidden()
	}
	return nil
}

// AllBodies reads the unions, for permissions: whoever asks is not asked who he is.
func (o *Office) AllBodies(ctx context.Context) (union.Bodies, error) {
	list, err := o.Store.ListBodies(ctx)
	return union.Of(list), err
}

// nominationFor finds a nomination that the actor may see.
func (o *Office) nominationFor(ctx context.Context, a contest.Actor, id contest.ID) (Nomination, union.Bodies, error) {
	if !union.IsStaff(a) {
		return Nomination{}, nil, missing("honours.nomination_missing")
	}
	n, err := o.Store.FindNomination(ctx, id)
	if err != nil {
		return Nomination{}, nil, err
	}
	bs, err := o.AllBodies(ctx)
	if err != nil {
		return Nomination{}, nil, err
	}
	if !bs.MaySee(a, n.Body) {
		return Nomination{}, nil, missing("honours.nomination_missing")
	}
	return n, bs, nil
}

// See finds a nomination that the actor may see; to others it is Missing
// honours.nomination_missing.
func (o *Office) See(ctx context.Context, a contest.Actor, id contest.ID) (Nomination, error) {
	n, _, err := o.nominationFor(ctx, a, id)
	return n, err
}
