package contest

import "jiangtai/scoring"

// Role is what a person may do (角色).
type Role string

// The roles. A grant binds one to a contest, an event or, for the
// administrator, to everything.
const (
	Administrator Role = "administrator" // accounts and setup, everywhere
	Organiser     Role = "organiser"     // 组委会办公室: a contest
	HostSecretary Role = "host"          // 承办单位: an event
	ChiefJudge    Role = "chief_judge"   // 裁判长: an event
	Supervisor    Role = "supervisor"    // 监督组: a contest or an event
	Clerk         Role = "clerk"         // 录分员: an event
	CodingJudge   Role = "coding_judge"  // 加密裁判: draws and codes of an event, and marks nothing
	Spectator     Role = "spectator"     // reads what staff may read of a contest
	Judge         Role = "judge"         // 评分裁判: a chair, by a paired tablet only
)

// The roles of honours. They hold for the whole city; which union a unit or
// county account acts for, honours knows.
const (
	UnionOffice     Role = "union_office" // 市总工会评选办公室
	UnitSteward     Role = "unit_union"   // 基层工会
	CountyReviewer  Role = "county_union" // 县（市、区）或产业工会
	CommitteeMember Role = "committee"    // 评审委员会委员
)

// Grant gives a role for a contest, or one event of it. Zero IDs mean all;
// only an administrator's grant may have both zero.
type Grant struct {
	Role    Role
	Contest ID
	Event   ID
}

// Actor is who acts: an account signed in at a console, or a tablet paired to
// a chair. The zero Actor is the public.
type Actor struct {
	Account ID     // zero for a tablet
	Name    string // shown name of the account or the chair's judge
	Session ID
	Device  ID // zero for an account
	// Chair and Event are set for a paired tablet.
	Event  ID
	Chair  scoring.ChairID
	Grants []Grant
	// IsReplaced says that the tablet is its chair's no more: what it still sends is
	// kept and not counted.
	IsReplaced bool
}

// IsPublic says that nobody is signed in.
func (a Actor) IsPublic() bool { return a.Account == (ID{}) && a.Device == (ID{}) }

// Who is the id that records carry: the account's or the device's.
func (a Actor) Who() ID {
	if a.Account != (ID{}) {
		return a.Account
	}
	return a.Device
}

// Has says whether a grant of one of the roles covers the event of the
// contest. A zero event asks for the whole contest; a zero contest for all.
func (a Actor) Has(contest, event ID, roles ...Role) bool {
	for _, g := range a.Grants {
		if !g.covers(contest, event) {
			continue
		}
		for _, r := range roles {
			if g.Role == r {
				return true
			}
		}
	}
	return false
}

func (g Grant) covers(contest, event ID) bool {
	zero := ID{}
	if g.Contest == zero && g.Event == zero {
		return true
	}
	if g.Event != zero {
		return g.Event == event && event != zero
	}
	return g.Contest == contest && contest != zero
}
