package identity

import (
	"slices"
	"strconv"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// scope says what a role's grant has to name.
type scope uint8

const (
	everything     scope = iota // neither contest nor event
	wholeContest                // a contest
	oneEvent                    // an event and its contest
	contestOrEvent              // a contest, perhaps one event of it
)

// scopes has the roles that an account can hold. Judge is not among them: a
// chair is held by a paired tablet.
var scopes = map[contest.Role]scope{
	contest.Administrator: everything,
	contest.Organiser:     wholeContest,
	contest.HostSecretary: oneEvent,
	contest.ChiefJudge:    oneEvent,
	contest.Supervisor:    contestOrEvent,
	contest.Clerk:         oneEvent,
	contest.CodingJudge:   oneEvent,
	contest.Spectator:     wholeContest,

	contest.UnionOffice:     everything,
	contest.UnitSteward:     everything,
	contest.CountyReviewer:  everything,
	contest.CommitteeMember: everything,
}

// belowOrganiser are the roles an organiser may give inside the contest.
var belowOrganiser = []contest.Role{
	contest.HostSecretary, contest.ChiefJudge, contest.Supervisor, contest.Clerk,
	contest.CodingJudge, contest.Spectator,
}

func wellFormed(g contest.Grant) bool {
	s, ok := scopes[g.Role]
	if !ok {
		return false
	}
	hasContest, hasEvent := !g.Contest.IsZero(), !g.Event.IsZero()
	switch s {
	case everything:
		return !hasContest && !hasEvent
	case wholeContest:
		return hasContest && !hasEvent
	case oneEvent:
		return hasContest && hasEvent
	default:
		return hasContest
	}
}

// mayGrant says whether the actor may give or take the grant.
func mayGrant(actor contest.Actor, g contest.Grant) bool {
	if isAdministrator(actor.Grants) {
		return true
	}
	return slices.Contains(belowOrganiser, g.Role) &&
		!g.Contest.IsZero() && actor.Has(g.Contest, contest.ID{}, contest.Organiser)
}

// mayManage says whether the actor may rename, disable or reset the account:
// everything that the account may do must be his to give, or he could take over
// a stronger account by resetting its password.
func mayManage(actor contest.Actor, a Account) bool {
	if isAdministrator(actor.Grants) {
		return true
	}
	if len(a.Grants) == 0 {
		return false
	}
	for _, g := range a.Grants {
		if !mayGrant(actor, g) {
			return false
		}
	}
	return true
}

// maySee says whether the account is in the actor's list.
func maySee(actor contest.Actor, a Account) bool {
	if isAdministrator(actor.Grants) {
		return true
	}
	for _, g := range a.Grants {
		if !g.Contest.IsZero() && actor.Has(g.Contest, contest.ID{}, contest.Organiser) {
			return true
		}
	}
	return false
}

// seenBy leaves only the grants that concern the actor's contests.
func seenBy(actor contest.Actor, a Account) Account {
	if isAdministrator(actor.Grants) || actor.Account == a.ID {
		return a
	}
	a.Grants = slices.DeleteFunc(slices.Clone(a.Grants), func(g contest.Grant) bool {
		return g.Contest.IsZero() || !actor.Has(g.Contest, contest.ID{}, contest.Organiser)
	})
	return a
}

func isAdministrator(grants []contest.Grant) bool {
	return slices.Contains(grants, contest.Grant{Role: contest.Administrator})
}

// organised lists the contests whose organiser the actor is.
func organised(actor contest.Actor) []contest.ID {
	var ids []contest.ID
	for _, g := range actor.Grants {
		if g.Role == contest.Organiser && !slices.Contains(ids, g.Contest) {
			ids = append(ids, g.Contest)
		}
	}
	return ids
}

// merge gives the account's grants after the actor asked for wanted: what the
// actor may not touch stays, everything else becomes wanted. A wanted grant
// that he may not give and the account does not hold is refused.
func merge(actor contest.Actor, held, wanted []contest.Grant) ([]contest.Grant, error) {
	var fields []fault.Field
	merged := make([]contest.Grant, 0, len(held)+len(wanted))
	for _, g := range held {
		if !mayGrant(actor, g) {
			merged = append(merged, g)
		}
	}
	for i, g := range wanted {
		at := "/grants/" + strconv.Itoa(i)
		switch {
		case !wellFormed(g):
			fields = append(fields, fault.At(at, "identity.grant_form", string(g.Role)))
		case slices.Contains(wanted[:i], g):
			fields = append(fields, fault.At(at, "identity.grant_twice", string(g.Role)))
		case slices.Contains(merged, g):
		case !mayGrant(actor, g):
			return nil, fault.New(fault.Forbidden, "identity.grant_above", fault.At(at, "identity.grant_above", string(g.Role)))
		default:
			merged = append(merged, g)
		}
	}
	return merged, invalid(fields)
}

// takesAway says that a grant held before is gone.
func takesAway(before, after []contest.Grant) bool {
	return slices.ContainsFunc(before, func(g contest.Grant) bool { return !slices.Contains(after, g) })
}
