package rules_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
	"jiangtai/scoring/scheme"
)

func welding(t *testing.T) *rules.Rules {
	t.Helper()
	text, err := os.ReadFile("../testdata/schemes/welding.json")
	if err != nil {
		t.Fatal(err)
	}
	s, err := scheme.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	r, err := rules.Compile(s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestCodesArePositions: the letter runs through the scheme, the numbers
// through sub-criteria and aspects.
func TestCodesArePositions(t *testing.T) {
	r := welding(t)
	for id, code := range map[string]string{
		"exam": "A1.1", "height": "B1.1", "angle": "B1.5", "crack": "C1.1", "grade": "C1.4", "start": "D1.1", "clock": "D2.1", "safety": "D2.2",
	} {
		if got := r.Aspects[r.AspectAt[id]].Code; got != code {
			t.Errorf("%s is %s, want %s", id, got, code)
		}
	}
}

func TestLettersGoOnBehindZ(t *testing.T) {
	var criteria []scheme.Criterion
	for i := range 55 {
		id := "k" + exact.Int(i).String()
		criteria = append(criteria, scheme.Criterion{ID: id, Name: scheme.Text{Zh: id}, Subs: []scheme.SubCriterion{{
			ID: id, Name: scheme.Text{Zh: id}, Aspects: []scheme.Aspect{{ID: id, Name: scheme.Text{Zh: id}, Kind: scheme.External}},
		}}})
	}
	r, err := rules.Compile(&scheme.Scheme{
		Format: scheme.Format, Name: scheme.Text{Zh: "长"},
		Components: []scheme.Component{{ID: "c", Name: scheme.Text{Zh: "部"}, Criteria: criteria}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 54: "BC"} {
		if got := r.Modules[i].Code; got != want {
			t.Errorf("module %d is %s, want %s", i, got, want)
		}
	}
}

// TestAspectsOfAModuleStandTogether: the sums rely on it.
func TestAspectsOfAModuleStandTogether(t *testing.T) {
	r := welding(t)
	next := 0
	for i, m := range r.Modules {
		if m.First != next || m.End <= m.First {
			t.Errorf("module %d has aspects %d to %d behind %d", i, m.First, m.End, next)
		}
		for j := m.First; j < m.End; j++ {
			if r.Aspects[j].Module != i || r.Aspects[j].Component != m.Component {
				t.Errorf("aspect %d says module %d", j, r.Aspects[j].Module)
			}
		}
		next = m.End
	}
	if next != len(r.Aspects) || r.Components[1].First != 1 || r.Components[1].End != len(r.Modules) {
		t.Errorf("%d of %d aspects are in modules", next, len(r.Aspects))
	}
}

func TestWhatIsFilledIn(t *testing.T) {
	r := welding(t)
	look := func(id string) *rules.Aspect { return &r.Aspects[r.AspectAt[id]] }
	if a := look("shape"); !a.Each || a.Policy != (scheme.Policy{Kind: scheme.Mean, Least: 3}) || a.Spread.String() != "4" {
		t.Errorf("judgement: %+v", a)
	}
	if a := look("clean"); a.Policy.Kind != scheme.Median || a.Spread.String() != "4" || a.Factor.String() != "1.2" {
		t.Errorf("panel with its own policy: %+v", a)
	}
	if a := look("grade"); !a.Each || a.Policy.Kind != scheme.Trimmed {
		t.Errorf("each by the panel's policy: %+v", a)
	}
	if a := look("exam"); a.Panel != -1 || a.Each || !a.Required || a.Tries != 1 {
		t.Errorf("external: %+v", a)
	}
	if a := look("process"); a.Tries != 3 || a.Take != "best" || a.Lowest {
		t.Errorf("attempts: %+v", a)
	}
	if a := look("crack"); a.Voids != "criterion" || a.Target != r.ModuleAt["quality"] || a.Required {
		t.Errorf("gate: %+v", a)
	}
	if a := look("safety"); a.Level != "component" || a.Required || len(r.Components[1].Penalties) != 1 || len(r.Penalties) != 0 {
		t.Errorf("penalty: %+v", a)
	}
	if k := r.Keys[2]; k.By != "time" || !k.Ascending || k.At != r.AspectAt["clock"] {
		t.Errorf("time key: %+v", k)
	}
	if k := r.Keys[1]; k.By != "criterion" || k.Ascending || k.At != r.ModuleAt["quality"] {
		t.Errorf("criterion key: %+v", k)
	}
	if !r.Voiding || r.ByPoints || r.Ascending || r.Sealing() || r.Max() != "100" {
		t.Error("voiding, points, order, sealing or the greatest total")
	}
}

func TestRoundingStages(t *testing.T) {
	r := welding(t)
	half := exact.Must("1.2345")
	for name, c := range map[string]struct {
		stage rules.Stage
		want  string
	}{
		"panel":     {r.PanelRound, "1.235"},
		"aspect":    {r.Aspects[0].Round, "1.234"}, // half-even
		"criterion": {r.Modules[0].Round, "1.23"},
		"component": {r.Components[0].Round, "1.23"},
		"weighted":  {r.Components[0].Shared, "1.234"}, // floor
		"total":     {r.Total, "1.23"},
		"off":       {rules.Stage{}, "1.2345"},
	} {
		if got := c.stage.Apply(half).String(); got != c.want {
			t.Errorf("%s rounds to %s, want %s", name, got, c.want)
		}
	}
	plain, err := rules.Compile(&scheme.Scheme{Format: scheme.Format, Name: scheme.Text{Zh: "空"}, Components: []scheme.Component{{
		ID: "c", Name: scheme.Text{Zh: "部"}, Criteria: []scheme.Criterion{{ID: "k", Name: scheme.Text{Zh: "块"}, Subs: []scheme.SubCriterion{{
			ID: "s", Name: scheme.Text{Zh: "项"}, Aspects: []scheme.Aspect{{ID: "a", Name: scheme.Text{Zh: "点"}, Kind: scheme.External}},
		}}}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := plain.Total.Apply(exact.Must("1.005")).String(); got != "1.01" || plain.Places() != 2 || plain.PanelRound.On {
		t.Errorf("without a word: %s", got)
	}
}

func TestCompileRefusesWithPlaces(t *testing.T) {
	_, err := rules.Compile(&scheme.Scheme{})
	var f scheme.Faults
	if !errors.As(err, &f) || len(f) < 2 || !strings.HasPrefix(f[0].Path, "/") {
		t.Fatalf("%v", err)
	}
}

// TestSheetsCoverEveryAspectOnce over all panels, externals aside.
func TestSheetsCoverEveryAspectOnce(t *testing.T) {
	r, seen := welding(t), map[string]int{}
	for _, p := range r.Panels() {
		for _, sheet := range r.Sheets(p.ID) {
			for _, part := range sheet.Subs {
				for _, a := range part.Aspects {
					seen[a.ID]++
					if c, _ := r.CriterionOf(a.ID); c.ID != sheet.Criterion.ID || !strings.HasPrefix(a.Code, part.Code+".") {
						t.Errorf("%s %s on the sheet of %s", a.ID, a.Code, sheet.Criterion.ID)
					}
				}
			}
		}
	}
	if len(seen) != len(r.Aspects)-1 {
		t.Errorf("%d of %d aspects are on sheets", len(seen), len(r.Aspects))
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s is on %d sheets", id, n)
		}
	}
}

// TestIdentityOf: teams and persons each by the strongest identity of their own
// criteria; without teams all by the strongest.
func TestIdentityOf(t *testing.T) {
	text, err := os.ReadFile("../testdata/schemes/teams.json")
	if err != nil {
		t.Fatal(err)
	}
	r := compile(t, string(text))
	for i := range r.Modules {
		r.Modules[i].Identity = scheme.Seat
		if r.Modules[i].OfTeam {
			r.Modules[i].Identity = scheme.Coded
		}
	}
	if r.IdentityOf(false) != scheme.Seat || r.IdentityOf(true) != scheme.Coded || r.Identity() != scheme.Coded {
		t.Errorf("%s, %s of %s", r.IdentityOf(false), r.IdentityOf(true), r.Identity())
	}
	for i := range r.Modules {
		if r.Modules[i].OfTeam {
			r.Modules[i].Identity = scheme.Open
		}
	}
	if r.IdentityOf(false) != scheme.Seat || r.IdentityOf(true) != scheme.Open || r.Identity() != scheme.Seat {
		t.Errorf("%s, %s of %s", r.IdentityOf(false), r.IdentityOf(true), r.Identity())
	}
	r.Teams = nil
	if r.IdentityOf(true) != scheme.Seat {
		t.Errorf("without teams: %s", r.IdentityOf(true))
	}
}

// TestTeams: what of a scheme of teams is theirs, and how many must count.
func TestTeams(t *testing.T) {
	text, err := os.ReadFile("../testdata/schemes/teams.json")
	if err != nil {
		t.Fatal(err)
	}
	r := compile(t, string(text))
	var of []string
	for _, c := range r.Columns() {
		of = append(of, c.ID+":"+c.Of)
	}
	for _, c := range r.Criteria() {
		of = append(of, c.ID+":"+c.Of)
	}
	for i := range r.Aspects {
		of = append(of, fmt.Sprint(r.Aspects[i].Src.ID, ":", r.Aspects[i].OfTeam))
	}
	want := "before: practical: joint:team before: attack: joint:team exam:false flags:false clock:false report:true fair:true"
	if got := strings.Join(of, " "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if r.Max() != "100" || fmt.Sprint(r.RankedBy(), r.Rankings) != "[group county] [{group 0} {county 1}]" || len(r.Teams.Keys) != 4 {
		t.Errorf("%s %v %v %+v", r.Max(), r.RankedBy(), r.Rankings, r.Teams)
	}
	for _, c := range []struct {
		rule    string
		members int
		want    int
	}{
		{`"take": "best", "best": 2, "size": 3, "least": 1,`, 3, 1},
		{`"take": "best", "best": 2, "size": 3,`, 3, 2},
		{`"take": "sum", "size": 3,`, 2, 3},
		{`"take": "mean",`, 4, 4},
		{`"take": "mean",`, 0, 1},
	} {
		r := compile(t, strings.Replace(string(text), `"take": "best", "best": 2, "size": 3, "least": 2,`, c.rule, 1))
		if got := r.Teams.Least(c.members); got != c.want {
			t.Errorf("%s of %d: %d, want %d", c.rule, c.members, got, c.want)
		}
	}
	if w := welding(t); w.Teams != nil || w.Rankings != nil || w.RankedBy() != nil {
		t.Error("welders have teams")
	}
	if got := relay(t).Columns()[0].Of; got != "" {
		t.Error(got)
	}
}
