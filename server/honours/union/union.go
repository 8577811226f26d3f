package union

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"jiangtai/server/contest"
	"jiangtai/server/fault"
)

// Body (工会组织) is a union that recommends or reviews, and who acts for it.
type Body struct {
	ID      contest.ID
	Code    string
	Name    string
	Kind    contest.UnitKind // grassroots, county or industry
	Parent  contest.ID       // the county or industry union above; zero for those
	Weight  int64            // members, for the shares of places
	Members []contest.ID     // accounts
}

// Has says whether the actor holds one of the roles, for the whole city.
func Has(a contest.Actor, roles ...contest.Role) bool {
	return a.Has(contest.ID{}, contest.ID{}, roles...)
}

// IsOffice says whether the actor is of the union's office.
func IsOffice(a contest.Actor) bool { return Has(a, contest.UnionOffice) }

// ReadsAll says who may read everything of the campaigns.
func ReadsAll(a contest.Actor) bool {
	return Has(a, contest.UnionOffice, contest.CommitteeMember, contest.Administrator)
}

// IsStaff says who has any part in the campaigns.
func IsStaff(a contest.Actor) bool {
	return ReadsAll(a) || Has(a, contest.UnitSteward, contest.CountyReviewer)
}

// Bodies are all unions by their ids.
type Bodies map[contest.ID]Body

// Of gathers a list.
func Of(list []Body) Bodies {
	out := make(Bodies, len(list))
	for _, b := range list {
		out[b.ID] = b
	}
	return out
}

// member says whether the actor acts for a body in a role.
func (bs Bodies) member(a contest.Actor, id contest.ID, role contest.Role) bool {
	return !a.Account.IsZero() && Has(a, role) && slices.Contains(bs[id].Members, a.Account)
}

// Above is the county or industry union of a body: its parent, or itself.
func (bs Bodies) Above(id contest.ID) contest.ID {
	if p := bs[id].Parent; !p.IsZero() {
		return p
	}
	return id
}

// MayTake says whether the actor may take steps of a role for a nominee of the
// body.
func (bs Bodies) MayTake(a contest.Actor, role contest.Role, body contest.ID) bool {
	switch role {
	case contest.UnitSteward:
		return bs.member(a, body, role)
	case contest.CountyReviewer:
		return bs.member(a, bs.Above(body), role)
	}
	return Has(a, role)
}

// MaySee says whether nominees of the body are in the actor's sight.
func (bs Bodies) MaySee(a contest.Actor, body contest.ID) bool {
	return ReadsAll(a) || bs.member(a, body, contest.UnitSteward) || bs.member(a, bs.Above(body), contest.CountyReviewer)
}

var code = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`)

// Check says what is wrong with a body that is to be among these.
func (bs Bodies) Check(b Body) error {
	parent, known := bs[b.Parent]
	refused := func(path, code, hint string) error {
		return fault.New(fault.Refused, "honours.invalid", fault.At(path, code, hint))
	}
	switch {
	case !code.MatchString(b.Code):
		return refused("/code", "honours.word", b.Code)
	case strings.TrimSpace(b.Name) == "" || utf8.RuneCountInString(b.Name) > 200:
		return refused("/name", "honours.needed", "")
	case b.Kind == contest.Grassroots && (!known || parent.Kind == contest.Grassroots):
		return refused("/parent", "honours.parent", "")
	case b.Kind != contest.Grassroots && (b.Kind != contest.CountyUnion && b.Kind != contest.IndustryUnion || !b.Parent.IsZero()):
		return refused("/kind", "honours.parent", string(b.Kind))
	case b.Weight < 0 || b.Weight > 1<<40:
		return refused("/weight", "honours.number", strconv.FormatInt(b.Weight, 10))
	case len(b.Members) > 200:
		return refused("/members", "honours.number", strconv.Itoa(len(b.Members)))
	}
	for _, other := range bs {
		if other.Parent == b.ID && b.Kind == contest.Grassroots {
			return refused("/kind", "honours.parent", string(b.Kind))
		}
	}
	return nil
}
