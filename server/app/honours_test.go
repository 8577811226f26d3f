package app_test

import (
	"strings"
	"testing"
	"time"

	"jiangtai/server/contest"
)

// A result that was published with its names proposes its first by the rules that
// its contest is filed under, with the evidence of judging's ledger.
func TestAPublicationProposes(t *testing.T) {
	files := sealedPackage(t, newCode(), []int{2, 0, 1})
	for name, text := range files { // published names are no canaries
		files[name] = strings.NewReplacer(canaryName, "梁志远", canaryUnit, "江城厨师学校").Replace(text)
	}
	f := common(t).importFair(files)
	f.mustAct("dish", "open")
	codes := []string{workCode(101), workCode(138), workCode(175)}
	office, _, _ := f.person(contest.Grant{Role: contest.UnionOffice})
	filing := map[string]any{"contest": f.id, "profile": "city", "version": 1, "class": "city-1", "planned": true}
	if err := office.Do(t.Context(), "PUT", "/api/v1/honours/filings", filing, nil); err != nil {
		t.Fatal(err)
	}
	for _, tablet := range f.pair("dish") {
		for w, code := range codes {
			give(t, tablet, code, 90-w, nil)
		}
	}
	f.mustAct("dish", "lock", "second", f.second)
	f.mustAct("dish", "unseal", "second", f.second)
	f.mustAct("dish", "publish", "second", f.second)
	published := f.seq("dish")
	type proposal struct {
		Contest, Name, Unit, State string
		Publication                uint64
		Outcome                    struct{ Recommended []string }
		Evidence                   struct {
			Trade, Total, Working, List, Record string
			Rank, Ranked                        int
		}
	}
	var mine []proposal
	eventually(t, 20*time.Second, "the publication is followed", func() bool {
		var got struct{ Proposals []proposal }
		get(t, office, "/api/v1/honours/proposals?limit=200", &got)
		mine = nil
		for _, p := range got.Proposals {
			if p.Contest == f.id {
				mine = append(mine, p)
			}
		}
		return len(mine) > 0
	})
	if len(mine) != 2 {
		t.Fatalf("%+v", mine)
	}
	first := mine[0]
	if first.Name != "梁志远2" || first.Unit != "江城厨师学校2" || first.Publication != published || first.Evidence.Rank != 1 || first.Evidence.Ranked != 3 ||
		first.Evidence.Total != "90.00" || first.Evidence.Trade != "中式烹调师" || first.Outcome.Recommended[0] != "city_medal" ||
		len(first.Evidence.Working) != 64 || len(first.Evidence.List) != 64 || len(first.Evidence.Record) != 64 {
		t.Errorf("%+v", first)
	}
}
