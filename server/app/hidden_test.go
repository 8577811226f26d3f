package app_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"jiangtai/server/contest"
)

// TestHiddenIsLikeMissing asks every route for another contest's things and for
// things that nobody has. The answers are the same, or ids could be tried out.
func TestHiddenIsLikeMissing(t *testing.T) {
	f, codes := sealedFair(t, newCode(), []int{0, 1, 2, 3})
	other := f.importFair(sealedPackage(t, newCode(), []int{0, 1, 2, 3}))
	_, victim, _ := f.person(contest.Grant{Role: contest.Clerk, Contest: idOf(t, f.id), Event: idOf(t, f.events["dish"])})
	there := map[string]string{"accounts": accountID(f, victim), "contests": f.id, "events": f.events["dish"], "public": f.events["dish"]}
	nowhere := map[string]string{}
	for subject := range there {
		nowhere[subject] = uuid.NewString()
	}
	tokens := map[string]string{
		"organiser": other.organiser.Token,
		"judge":     other.pair("dish")[0].Client.Token,
		"public":    "",
	}
	all := probes(f)
	asked := 0
	for _, r := range f.app.Routes() {
		subject, _, _ := strings.Cut(strings.TrimPrefix(r.Path, "/api/v1/"), "/")
		if there[subject] == "" || !strings.Contains(r.Path, "{id}") || subject == "public" {
			continue
		}
		list := all[r.Method+" "+r.Path]
		if list == nil {
			list = []probe{{}}
		}
		for _, p := range list {
			for _, who := range slices.Sorted(maps.Keys(tokens)) {
				hidden := f.send(t, p.request(r.Method, fill(r.Path, there, codes[0])+p.query, tokens[who]))
				missing := f.send(t, p.request(r.Method, fill(r.Path, nowhere, codes[0])+p.query, tokens[who]))
				if hidden.status < 400 || hidden.status != missing.status || hidden.code != missing.code {
					t.Errorf("%s %s %s as %s: %d %s for what is hidden, %d %s for what is missing",
						r.Method, r.Path, p.label, who, hidden.status, hidden.code, missing.status, missing.code)
				}
				asked++
			}
		}
	}
	if asked < 90 {
		t.Errorf("only %d questions", asked)
	}
}
