package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
	"jiangtai/server/rehearsal/demo"
)

// The demonstration of honours takes its people from the draft to the register,
// over HTTP, and the chain of its campaign verifies.
func TestHonoursDemonstration(t *testing.T) {
	f := common(t).importFair(sealedPackage(t, newCode(), []int{2, 0, 1}))
	h := demo.Honouring{Contest: f.id, Now: time.Now()}
	for i := range h.Office {
		h.Office[i], _, _ = f.person(contest.Grant{Role: contest.UnionOffice})
	}
	h.Union, _, _ = f.person(contest.Grant{Role: contest.UnitSteward})
	h.County, _, _ = f.person(contest.Grant{Role: contest.CountyReviewer})
	for range 3 {
		m, _, _ := f.person(contest.Grant{Role: contest.CommitteeMember})
		h.Members = append(h.Members, m)
	}
	if err := demo.Honour(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	var register struct {
		Honours []struct{ Name, Kind string } `json:"honours"`
	}
	get(t, f.admin.As(""), "/api/v1/public/honours?limit=200&q=%E5%8C%A0%E5%9F%8E", &register)
	if !slices.ContainsFunc(register.Honours, func(h struct{ Name, Kind string }) bool { return h.Name == "梁志远" && h.Kind == "demo" }) {
		t.Errorf("%+v", register)
	}
	var notices struct {
		Notices []struct {
			State, Kind string
			Nominees    []struct{ Name string } `json:"nominees"`
		} `json:"notices"`
	}
	get(t, f.admin.As(""), "/api/v1/public/notices?limit=200", &notices)
	var states []string
	for _, n := range notices.Notices {
		if n.Kind == "demo" && len(n.Nominees) > 2 {
			states = append(states, n.State)
		}
	}
	slices.Sort(states)
	if got := strings.Join(states, " "); got != "finished open" {
		t.Errorf("notices of the city: %s", got)
	}
	var campaigns struct {
		Campaigns []struct{ ID, Sequence string } `json:"campaigns"`
	}
	get(t, h.Office[0], "/api/v1/honours/campaigns", &campaigns)
	for _, c := range campaigns.Campaigns {
		var chain struct {
			Intact  bool
			Records []struct {
				Act       string
				ActorName string `json:"actor_name"`
			}
		}
		get(t, h.Office[0], "/api/v1/honours/campaigns/"+c.ID+"/records", &chain)
		if !chain.Intact || c.Sequence == "medal" && (len(chain.Records) < 100 || chain.Records[1].ActorName == "") {
			t.Errorf("%s: %d records, intact %v", c.Sequence, len(chain.Records), chain.Intact)
		}
	}
}
