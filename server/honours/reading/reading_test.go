package reading

import (
	"testing"

	"jiangtai/server/contest"
	"jiangtai/server/honours"
)

// Who objected is named to the office and to whoever took the objection down.
func TestObjectorsAreHidden(t *testing.T) {
	clerk := contest.Actor{Account: contest.ID{1}, Grants: []contest.Grant{{Role: contest.UnitSteward}}}
	office := contest.Actor{Account: contest.ID{2}, Grants: []contest.Grant{{Role: contest.UnionOffice}}}
	ob := honours.Objection{Name: "曾某", Unit: "钢厂", Contact: "电话", Text: "不实", By: clerk.Account}
	public := ob
	public.By = contest.ID{}
	for _, c := range []struct {
		who   contest.Actor
		of    honours.Objection
		shown bool
	}{{office, ob, true}, {office, public, true}, {clerk, ob, true}, {clerk, public, false}, {contest.Actor{}, public, false}, {contest.Actor{Account: contest.ID{3}}, ob, false}} {
		got := seenBy(c.of, c.who)
		if (got.Name != "") != c.shown || (got.Contact != "") != c.shown || got.Text == "" {
			t.Errorf("%v sees %+v", c.who, got)
		}
	}
}
