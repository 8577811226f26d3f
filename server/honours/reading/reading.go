package reading

import (
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/honours"
)

// Room is the door for looking. It is safe for concurrent use.
type Room struct {
	office *honours.Office
	people People
}

// New looks at what the office keeps.
func New(office *honours.Office, people People) *Room { return &Room{office, people} }

func forbidden() error { return fault.New(fault.Forbidden, "honours.forbidden") }
func missing() error   { return fault.New(fault.Missing, "honours.campaign_missing") }

// seenBy leaves out who objected for all but the office: the objected-to unit
// shall not learn it.
func seenBy(ob honours.Objection, a contest.Actor) honours.Objection {
	if a.IsPublic() || !a.Has(contest.ID{}, contest.ID{}, contest.UnionOffice) && a.Who() != ob.By {
		ob.Name, ob.Unit, ob.Contact = "", "", ""
	}
	return ob
}
