package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
)

// The class that the plan files an event in counts instead of its contest's: of
// class 2 the first is proposed, of class 1 the second as well. The result was
// accepted before it was published.
func TestThePlanDecidesTheClass(t *testing.T) {
	files := sealedPackage(t, newCode(), []int{2, 0, 1})
	for name, text := range files { // published names are no canaries
		files[name] = strings.NewReplacer(canaryName, "曾小雨", canaryUnit, "江城厨师学校").Replace(text)
	}
	tw := common(t)
	f := tw.importFair(files)
	office, _, _ := f.person(contest.Grant{Role: contest.UnionOffice})
	filing := map[string]any{"contest": f.id, "profile": "city", "version": 1, "class": "city-2", "planned": true}
	if err := office.Do(t.Context(), "PUT", "/api/v1/honours/filings", filing, nil); err != nil {
		t.Fatal(err)
	}
	path := "/api/v1/events/" + f.events["dish"] + "/filing"
	do := func(method, path string, body map[string]any) {
		t.Helper()
		if err := tw.admin.Do(t.Context(), method, path, body, nil); err != nil {
			t.Fatal(err)
		}
	}
	do("PATCH", path, map[string]any{"version": 0, "class": "city-1", "month": 5, "return_by": "2090-06-30", "listed": true})
	a := tw.send(t, request{
		method: "POST", path: "/api/v1/plan/files?kind=technical&name=a.pdf&event=" + f.events["dish"], token: tw.admin.Token,
		body: "%PDF-1.7", kind: "application/octet-stream",
	})
	if a.status != http.StatusCreated {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for i, act := range []string{"apply", "file", "report", "accept"} {
		do("POST", path+"/acts", map[string]any{"act": act, "version": i + 1, "number": map[bool]string{true: "纸-1"}[act == "report"]})
	}
	f.mustAct("dish", "open")
	for _, tablet := range f.pair("dish") {
		for w, code := range []string{workCode(101), workCode(138), workCode(175)} {
			give(t, tablet, code, 90-w, nil)
		}
	}
	f.mustAct("dish", "lock", "second", f.second)
	f.mustAct("dish", "unseal", "second", f.second)
	f.mustAct("dish", "publish", "second", f.second)
	eventually(t, 20*time.Second, "two are proposed", func() bool {
		var got struct{ Proposals []struct{ Contest string } }
		get(t, office, "/api/v1/honours/proposals?limit=200", &got)
		n := 0
		for _, p := range got.Proposals {
			if p.Contest == f.id {
				n++
			}
		}
		return n == 2
	})
}
