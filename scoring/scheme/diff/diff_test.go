package diff_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"jiangtai/scoring"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/scheme/diff"
)

// sentence says a change as these tests read it.
func sentence(c diff.Change) string {
	at := c.Place.Code
	if at == "" || strings.HasSuffix(c.Place.Sort, "key") {
		at = strings.TrimSpace(c.Place.Sort + " " + c.Place.ID)
	}
	for i := range c.Place.Path {
		if up := c.Place.Path[len(c.Place.Path)-1-i]; up.Code != "" && c.Place.Code == "" {
			at = up.Code + " " + at
			break
		}
	}
	s := at + " " + string(c.Kind)
	if c.Field != "" {
		s = at + " " + c.Field
	}
	if c.Before != nil || c.After != nil {
		s += ": " + said(c.Before) + " → " + said(c.After)
	}
	if c.Again != nil {
		s += "; again " + strings.Join(c.Again, " ")
	}
	for _, t := range c.Touches {
		s += "; " + string(t)
	}
	return s
}

func said(lines []scheme.Text) string {
	var out []string
	for _, l := range lines {
		out = append(out, strings.TrimSuffix(l.Zh+"/"+l.En, "/"))
	}
	if out == nil {
		return "nothing"
	}
	return strings.Join(out, " | ")
}

func parsed(t testing.TB, text string) *scheme.Scheme {
	t.Helper()
	s, err := scheme.Parse([]byte(text))
	if err == nil {
		_, err = scoring.Compile(s)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return s
}

func read(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("testdata/welder.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A sentence is: where, what, from → to; the aspects that must be marked again;
// what else it bears on.
func TestCompare(t *testing.T) {
	const (
		run   = `{"id": "run", "name": {"zh": "通电"}, "kind": "yes_no", "panel": "floor", "max": "5"}`
		bore  = `{"id": "bore", "name": {"zh": "孔径"}, "kind": "tolerance", "panel": "floor", "unit": "mm", "max": "5", "nominal": "20", "tol": "0.05"}`
		first = `{"id": "first", "name": {"zh": "一等奖"}, "share": "0.1"}`
		next  = `{"id": "second", "name": {"zh": "二等奖"}, "share": "0.2"}`
		glove = `{"id": "glove", "name": {"zh": "未戴手套"}, "amount": "2"}`
		tools = `{"id": "tools", "name": {"zh": "工具乱放"}, "amount": "1"}`
		work  = `{"by": "criterion", "id": "work"}`
		speed = `{"by": "time", "id": "speed"}`
	)
	for _, c := range []struct {
		name string
		edit []string // old, new, old, new …
		want []string
	}{
		{"nothing", nil, nil},
		{"a number written in another way is the same number", []string{`"tol": "0.05"`, `"tol": "0.050"`}, nil},
		{
			"a tolerance",
			[]string{`"tol": "0.05"`, `"tol": "0.08"`},
			[]string{"C1.2 tol: 0.05 → 0.08; again C1.2"},
		},
		{
			"a name, by the engine's rule, is another aspect too",
			[]string{`{"zh": "孔径"}`, `{"zh": "内孔", "en": "Bore"}`},
			[]string{"C1.2 name: 孔径 → 内孔/Bore; again C1.2"},
		},
		{
			"a maximum moves the declared ones",
			[]string{`"max": "5", "nominal"`, `"max": "7", "nominal"`, `"max": "40", "subs"`, `"max": "42", "subs"`, `"max": "100", "criteria": [{"id": "weld"`, `"max": "102", "criteria": [{"id": "weld"`, `"total": "100"`, `"total": "101.4"`},
			[]string{"scheme total: 100 → 101.4; total", "component practical max: 100 → 102; total", "C max: 40 → 42; total", "C1.2 max: 5 → 7; again C1.2; total"},
		},
		{"two rows change places", []string{run, "@", bore, run, "@", bore}, []string{"C1.2 moved: C1.1 → C1.2"}},
		{
			"a row goes to another heading and its code with it",
			[]string{bore + ", ", "", `"aspects": [` + `{"id": "speed"`, `"aspects": [` + bore + `, {"id": "speed"`},
			[]string{"C2.1 moved: C1.2 → C2.1"},
		},
		{
			"a row to another module takes its marks along",
			[]string{bore + ", ", "", `{"id": "look"`, bore + `, {"id": "look"`, `"max": "40", "subs"`, `"max": "35", "subs"`, `"max": "60", "subs"`, `"max": "65", "subs"`},
			[]string{"B max: 60 → 65; total", "B1.1 moved: C1.2 → B1.1; total", "C max: 40 → 35; total"},
		},
		{
			"a new row",
			[]string{run, run + `, {"id": "new", "name": {"zh": "新"}, "kind": "counted", "panel": "floor", "max": "2", "per": "1"}`, `"max": "40", "subs"`, `"max": "42", "subs"`, `"max": "100", "criteria": [{"id": "weld"`, `"max": "102", "criteria": [{"id": "weld"`, `"total": "100"`, `"total": "101.4"`},
			[]string{"scheme total: 100 → 101.4; total", "component practical max: 100 → 102; total", "C max: 40 → 42; total", "C1.2 added: nothing → 2; total"},
		},
		{
			"a row that is gone stands where it stood",
			[]string{bore + ", ", "", `"max": "40", "subs"`, `"max": "35", "subs"`, `"max": "60", "subs"`, `"max": "65", "subs"`, `"max": "60", "step": "0.5"`, `"max": "65", "step": "0.5"`},
			[]string{"B max: 60 → 65; total", "B1.1 max: 60 → 65; again B1.1; total", "C max: 40 → 35; total", "C1.2 removed: 5 → nothing; total"},
		},
		{
			"a panel's policy concerns those who follow it",
			[]string{`"kind": "trimmed", "high": 1, "low": 1`, `"kind": "median"`},
			[]string{"panel judges policy.kind: trimmed → median; again B1.1", "panel judges policy.high: 1 → nothing; again B1.1", "panel judges policy.low: 1 → nothing; again B1.1"},
		},
		{"a panel's number of chairs and name concern no mark", []string{`"chairs": 5`, `"chairs": 7`, `{"zh": "评分裁判"}`, `{"zh": "外观组"}`}, []string{"panel judges name: 评分裁判 → 外观组", "panel judges chairs: 5 → 7"}},
		{
			"bands are compared as a whole",
			[]string{`{"to": "600", "mark": "10"}`, `{"to": "500", "mark": "10"}`},
			[]string{"C2.1 bands: ≤ 600 → 10 | ≤ 900 → 5 → ≤ 500 → 10 | ≤ 900 → 5; again C2.1"},
		},
		{
			"rows are compared as a whole",
			[]string{`{"when": [{}], "mark": "5"}`, `{"when": [{"gt": "1", "lt": "9"}], "mark": "4"}`},
			[]string{"C1.3 rows: ≥ 0 ≤ 1 → 10 | * → 5 → ≥ 0 ≤ 1 → 10 | > 1 < 9 → 4; again C1.3"},
		},
		{"who marks it is told by name", []string{`"kind": "yes_no", "panel": "floor"`, `"kind": "yes_no", "panel": "judges"`}, []string{"C1.1 panel: floor 现场裁判 → judges 评分裁判; again C1.1"}},
		{"levels are compared as a whole", []string{`{"zh": "好"}`, `{"zh": "很好"}`}, []string{"C1.4 levels: 差 | 好 → 差 | 很好; again C1.4"}},
		{"a violation costs more", []string{`"amount": "2"`, `"amount": "3"`}, []string{"C2.2 item glove amount: 2 → 3; again C2.2"}},
		{"a violation more", []string{glove, glove + `, {"id": "hat", "name": {"zh": "帽"}, "amount": "1"}`}, []string{"C2.2 item hat added: nothing → 1; again C2.2"}},
		{"a violation less", []string{glove + ", ", ""}, []string{"C2.2 item glove removed: 2 → nothing; again C2.2"}},
		{"violations change places", []string{glove, "@", tools, glove, "@", tools}, []string{"C2.2 item glove moved: 1 → 2; again C2.2"}},
		{
			"weights",
			[]string{`"weight": "0.3"`, `"weight": "0.4"`, `"weight": "0.7"`, `"weight": "0.6"`},
			[]string{"component theory weight: 0.3 → 0.4; total", "component practical weight: 0.7 → 0.6; total"},
		},
		{"pass marks", []string{`"pass": "60"`, `"pass": "50"`, `"total": "100"`, `"total": "100", "pass": "55"`}, []string{"scheme pass: nothing → 55; pass", "component theory pass: 60 → 50; pass"}},
		{"rounding", []string{`"places": 2}`, `"places": 3}`}, []string{"scheme rounding.component.places: 2 → 3; rounding"}},
		{
			"rounding to whole numbers is not none",
			[]string{`"rounding": {`, `"rounding": {"criterion": {"places": 0}, `},
			[]string{"scheme rounding.criterion.places: nothing → 0; rounding"},
		},
		{"tie-break keys change places", []string{work, "@", speed, work, "@", speed}, []string{"key criterion:work moved: 1 → 2; ranking"}},
		{"a key in front", []string{work, `{"by": "firsts"}, ` + work}, []string{"key firsts added; ranking"}},
		{"the same key twice", []string{work + ", ", work + ", " + work + ", "}, []string{"key criterion:work added; ranking"}},
		{"a key the other way round", []string{work, `{"by": "criterion", "id": "work", "order": "ascending"}`}, []string{"key criterion:work order: nothing → ascending; ranking"}},
		{"a prize more", []string{first, first + `, {"id": "merit", "name": {"zh": "优胜奖"}, "number": 3}`}, []string{"prize merit added: nothing → 3; prizes"}},
		{"prizes change places", []string{first, "@", next, first, "@", next}, []string{"prize first moved: 1 → 2; prizes"}},
		{"how prizes are rounded", []string{`"least": 8`, `"least": 10, "mode": "floor"`}, []string{"scheme prizes.mode: nothing → floor; prizes", "scheme prizes.least: 8 → 10; prizes"}},
		{"who goes on", []string{`"first": 8`, `"first": 6`}, []string{"scheme advance.first: 8 → 6; advance"}},
		{"rankings beside the whole one", []string{`"panels"`, `"rankings": ["group", "unit"], "panels"`}, []string{"scheme rankings: nothing → group | unit; ranking"}},
		{
			"teams come with their prizes and keys",
			[]string{`"panels"`, `"teams": {"take": "best", "best": 3, "round": {"places": 1}, "keys": [{"by": "component", "id": "practical"}]}, "team_prizes": {"list": [{"id": "first", "name": {"zh": "团体第一"}, "number": 1}]}, "panels"`},
			[]string{
				"scheme teams.take: nothing → best; ranking", "scheme teams.best: nothing → 3; ranking", "scheme teams.round.places: nothing → 1; ranking",
				"team_key component:practical added; ranking", "team_prize first added: nothing → 1; prizes",
			},
		},
		{
			"prizes in each group apart",
			[]string{`"panels"`, `"rankings": ["group"], "panels"`, `"least": 8`, `"least": 8, "by": "group"`, `"first": 8`, `"first": 8, "by": "group"`},
			[]string{"scheme prizes.by: nothing → group; prizes", "scheme advance.by: nothing → group; advance", "scheme rankings: nothing → group; ranking"},
		},
		{"a score that is carried over", []string{`"kind": "external", "max": "100"`, `"kind": "external", "max": "100", "carried": "total"`}, []string{"A1.1 carried: nothing → total; again A1.1"}},
		{"what judges know", []string{`"identity": "seat"`, `"identity": "coded"`}, []string{"C identity: seat → coded; identity"}},
		{"what judges know, said in other words", []string{`"id": "weld", `, `"id": "weld", "identity": "coded", `}, []string{"B identity: nothing → coded"}},
		{"a default written out is another aspect to the engine", []string{`"kind": "yes_no",`, `"kind": "yes_no", "required": true,`}, []string{"C1.1 required: nothing → true; again C1.1"}},
		{"an empty list is another writing", []string{`"rows": [`, `"inputs": [], "rows": [`}, []string{"C1.3 form; again C1.3"}},
		{"an empty list of the scheme", []string{`"panels"`, `"standards": {"sections": []}, "panels"`}, []string{"scheme form"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := read(t)
			a := parsed(t, text)
			for i := 0; i < len(c.edit); i += 2 {
				if strings.Count(text, c.edit[i]) != 1 {
					t.Fatalf("%d times %s", strings.Count(text, c.edit[i]), c.edit[i])
				}
				text = strings.Replace(text, c.edit[i], c.edit[i+1], 1)
			}
			var got []string
			for _, change := range diff.Compare(a, parsed(t, text)) {
				got = append(got, sentence(change))
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// A whole module that goes takes its rows along, and what moved out of it before
// is told where it now is.
func TestCompareModules(t *testing.T) {
	a, b := parsed(t, read(t)), parsed(t, read(t))
	practical := &b.Components[1]
	work := practical.Criteria[1]
	practical.Criteria = practical.Criteria[:1]
	practical.Criteria[0].Subs = append(practical.Criteria[0].Subs, scheme.SubCriterion{ID: "rest", Name: scheme.Text{Zh: "其余"}, Aspects: work.Subs[0].Aspects[:1]})
	list := diff.Compare(a, b)
	var got []string
	for _, c := range list {
		got = append(got, sentence(c))
	}
	want := []string{
		"B2 added", "B2.1 moved: C1.1 → B2.1; total",
		"C removed: 40 → nothing; total; identity", "C1 removed", "C1.2 removed: 5 → nothing; total", "C1.3 removed: 10 → nothing; total",
		"C1.4 removed: 10 → nothing; total", "C2 removed", "C2.1 removed: 10 → nothing; total", "C2.2 removed",
	}
	if d := cmp.Diff(want, got[:len(want)]); d != "" {
		t.Error(d)
	}
	cost := diff.Cost{Gone: 5, Touches: []diff.Concern{diff.Total, diff.Identity}}
	if d := cmp.Diff(cost, diff.CostOf(list)); d != "" {
		t.Error(d)
	}
	back := diff.CostOf(diff.Compare(b, a))
	if back.New != 5 || back.Gone != 0 || back.Again != nil {
		t.Errorf("%+v", back)
	}
}

// A change says what holds it, so that a page can show it by module.
func TestPlaces(t *testing.T) {
	text := read(t)
	list := diff.Compare(parsed(t, text), parsed(t, strings.Replace(text, `"amount": "2"`, `"amount": "3"`, 1)))
	want := []diff.Step{
		{Sort: "component", ID: "practical", Name: scheme.Text{Zh: "实操"}},
		{Sort: "criterion", ID: "work", Code: "C", Name: scheme.Text{Zh: "操作"}},
		{Sort: "sub", ID: "work-2", Code: "C2", Name: scheme.Text{Zh: "规范"}},
		{Sort: "aspect", ID: "safety", Code: "C2.2", Name: scheme.Text{Zh: "安全"}},
	}
	if d := cmp.Diff(want, list[0].Place.Path); d != "" {
		t.Error(d)
	}
	if list[0].Place.Step != (diff.Step{Sort: "item", ID: "glove", Name: scheme.Text{Zh: "未戴手套"}}) {
		t.Errorf("%+v", list[0].Place.Step)
	}
}

// What persons were marked in and teams now are is marked again, whether the
// component is theirs now or the row went to one of theirs.
func TestFromPersonsToTeams(t *testing.T) {
	a, b := parsed(t, read(t)), parsed(t, read(t))
	b.Components[1].Of = scheme.OfTeam
	list := diff.Compare(a, b)
	want := "component practical of: nothing → team; again B1.1 C1.1 C1.2 C1.3 C1.4 C2.1 C2.2; total"
	if len(list) != 1 || sentence(list[0]) != want {
		t.Errorf("%q, want %q", sentence(list[0]), want)
	}
	c := parsed(t, read(t))
	c.Components[1].Of = scheme.OfTeam
	c.Components[0].Criteria = append(c.Components[0].Criteria, c.Components[1].Criteria[0])
	c.Components[1].Criteria = c.Components[1].Criteria[1:]
	list = diff.Compare(b, c)
	if len(list) != 1 || sentence(list[0]) != "B moved: B → B; again B1.1; total" {
		t.Errorf("%+v", list)
	}
}
