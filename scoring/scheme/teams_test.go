package scheme_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"jiangtai/scoring/scheme"
)

func teams(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../testdata/schemes/teams.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestFaultsOfTeams changes the sample of teams in one place each.
func TestFaultsOfTeams(t *testing.T) {
	const rule = `"take": "best", "best": 2, "size": 3, "least": 2,`
	for _, c := range []struct{ from, to, want string }{
		{rule, `"take": "most",`, "/teams/take scheme.unknown_word most"},
		{rule, `"best": 2,`, "/teams/best scheme.field_not_used , /teams/take scheme.unknown_word "},
		{rule, `"take": "best",`, "/teams/best scheme.missing "},
		{rule, `"take": "sum", "best": 2,`, "/teams/best scheme.field_not_used sum"},
		{rule, `"take": "best", "best": 4, "size": 3,`, "/teams/best scheme.out_of_range 1–3"},
		{rule, `"take": "sum", "size": 3, "least": 4,`, "/teams/least scheme.out_of_range 1–3"},
		{rule, `"take": "mean", "least": 4,`, ""},
		{`"places": 1, "mode": "half_even"`, `"places": 7, "mode": "up"`, "/teams/round/mode scheme.unknown_word up, /teams/round/places scheme.too_many_places 7"},
		{`{"by": "component", "id": "joint"}`, `{"by": "component", "id": "other"}`, "/teams/keys/0/id scheme.unknown_id other"},
		{`{"by": "component", "id": "joint"}`, `{"by": "firsts"}`, "/teams/keys/0/by scheme.field_not_used teams"},
		{`{"by": "component", "id": "joint"}`, `{"by": "luck"}`, "/teams/keys/0/by scheme.unknown_word luck"},
		{`{"by": "aspect", "id": "exam"}`, `{"by": "time", "id": "exam"}`, "/teams/keys/2/id scheme.not_a_time exam"},
		{`"ranking": {"keys": [{"by": "component", "id": "practical"}`, `"ranking": {"keys": [{"by": "component", "id": "joint"}`, "/ranking/keys/0/id scheme.of_teams joint"},
		{`"ranking": {"keys": [{"by": "component", "id": "practical"}`, `"ranking": {"keys": [{"by": "firsts", "id": "joint"}`, "/ranking/keys/0/id scheme.of_teams joint"},
		{`"ranking": {"keys": [{"by": "component", "id": "practical"}`, `"ranking": {"keys": [{"by": "aspect", "id": "report"}`, "/ranking/keys/0/id scheme.of_teams report"},
		{`"of": "team"`, `"of": "pair"`, "/components/2/factor scheme.field_not_used weighted, /components/2/of scheme.unknown_word pair, /components/2/weight scheme.missing , /total scheme.does_not_add_up 100 ≠ 120"},
		{`"factor": "0.5"`, `"weight": "0.5"`, "/components/2/weight scheme.field_not_used team"},
		{`"factor": "0.5"`, `"factor": "0"`, "/components/2/factor scheme.not_positive 0"},
		{`"voids": "entry"`, `"voids": "component", "target": "practical"`, "/components/2/criteria/0/subs/0/aspects/1/target scheme.of_teams practical"},
		{`"voids": "entry"`, `"voids": "aspect", "target": "flags"`, "/components/2/criteria/0/subs/0/aspects/1/target scheme.of_teams flags"},
		{`"rankings": ["group", "county"]`, `"rankings": ["county"]`, "/prizes/by scheme.not_ranked_by group"},
		{`"rankings": ["group", "county"]`, `"rankings": ["group", "county", "group", "town"]`, "/rankings/2 scheme.duplicate_id group, /rankings/3 scheme.unknown_word town"},
		{`"below_pass": true, "by": "county"`, `"below_pass": true, "by": "unit"`, "/team_prizes/by scheme.not_ranked_by unit"},
		{`"by": "county"},` + "\n  \"rankings\"", `"by": "town"},` + "\n  \"rankings\"", "/advance/by scheme.unknown_word town"},
		{`"number": 1`, `"share": "1.5"`, "/team_prizes/list scheme.shares_over_one 1.5"},
		{`"carried": "total"`, `"carried": "a b"`, "/components/0/criteria/0/subs/0/aspects/0/carried scheme.bad_id a b"},
		{`"kind": "points", "panel": "floor", "max": "100"`, `"kind": "points", "panel": "floor", "max": "100", "carried": "total"`, "/components/1/criteria/0/subs/0/aspects/0/carried scheme.field_not_used points"},
		{`"carried": "total"`, `"carried": "theory"`, ""},
	} {
		text := teams(t)
		if strings.Count(text, c.from) != 1 {
			t.Fatalf("%d times %s", strings.Count(text, c.from), c.from)
		}
		var got []string
		for _, f := range faults(t, strings.Replace(text, c.from, c.to, 1)) {
			got = append(got, f.Path+" "+f.Code+" "+f.Hint)
		}
		if list := strings.Join(got, ", "); list != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.to, list, c.want)
		}
	}
}

// TestWithoutTeams: what is of teams has no place.
func TestWithoutTeams(t *testing.T) {
	s, err := scheme.Parse([]byte(teams(t)))
	if err != nil {
		t.Fatal(err)
	}
	s.Teams = nil
	if got := fmt.Sprint(scheme.Check(s)); got != "/components/2/of: scheme.no_teams\n/team_prizes: scheme.no_teams" {
		t.Error(got)
	}
	s.Teams, s.Components = &scheme.Teams{Take: "sum"}, s.Components[2:]
	s.Ranking.Keys = nil
	if got := fmt.Sprint(scheme.Check(s)); got != "/components: scheme.no_persons" {
		t.Error(got)
	}
}
