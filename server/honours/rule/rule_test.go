package rule_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jiangtai/schemas"
	"jiangtai/server/honours/rule"
)

func profile(t testing.TB, id string) *rule.Profile {
	t.Helper()
	raw, err := schemas.Honours.ReadFile("honours/rules-" + id + ".json")
	if err != nil {
		t.Fatal(err)
	}
	p, err := rule.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func passed(is bool) *bool { return &is }

func TestHandbook(t *testing.T) {
	for _, c := range []struct {
		profile, class string
		team, rank     int
		identity       string
		level          string
		planned        bool
		want           string
	}{
		{"henan-2023", "industry-1", 1, 5, "employee", "senior", false, "provincial_title technician"},
		{"henan-2023", "industry-1", 1, 5, "student", "", false, "technician"},
		{"henan-2023", "industry-1", 1, 5, "teacher", "", false, "provincial_title technician"},
		{"henan-2023", "industry-1", 1, 6, "employee", "", false, "senior"},
		{"henan-2023", "industry-1", 1, 20, "employee", "", false, "senior"},
		{"henan-2023", "industry-1", 1, 21, "employee", "", false, ""},
		{"henan-2023", "industry-1", 1, 0, "employee", "", true, ""},
		{"henan-2023", "industry-2", 2, 2, "employee", "", false, "provincial_title technician"},
		{"henan-2023", "industry-2", 2, 3, "employee", "", false, "senior"},
		{"henan-2023", "industry-2", 2, 10, "employee", "", false, "senior"},
		{"henan-2023", "industry-2", 2, 11, "employee", "", false, ""},
		{"henan-2023", "industry-1", 3, 2, "employee", "", false, "provincial_title technician"},
		{"henan-2023", "industry-1", 3, 7, "employee", "", false, "senior"},
		{"henan-2023", "industry-1", 3, 8, "employee", "", false, ""},
		{"henan-2023", "industry-1", 4, 1, "employee", "", false, ""},
		{"henan-2023", "industry-1", 1, 1, "employee", "", true, "provincial_title technician provincial_medal"},
		{"henan-2023", "industry-1", 1, 1, "employee", "technician", false, "provincial_title"},
		{"national-2015", "national", 1, 1, "", "", false, "national_medal national_title technician"},
		{"national-2015", "national", 1, 1, "", "technician", false, "national_medal national_title senior_technician"},
		{"national-2015", "national", 1, 5, "", "senior", false, "national_title technician"},
		{"national-2015", "national", 1, 6, "", "", false, "senior"},
		{"national-2015", "national", 1, 21, "", "", false, ""},
		{"city", "city-1", 1, 2, "", "", false, "city_medal"},
		{"city", "city-1", 1, 3, "", "", false, ""},
		{"city", "city-2", 1, 1, "", "", false, "city_medal"},
		{"city", "city-2", 3, 2, "", "", false, ""},
		{"city", "craftsman", 1, 1, "", "", false, "craftsman champion"},
		{"city", "craftsman", 1, 10, "", "", false, "craftsman"},
		{"city", "craftsman", 1, 11, "", "", false, ""},
	} {
		out := profile(t, c.profile).Recommend(rule.Facts{
			Class: c.class, Team: c.team, Rank: c.rank, Ranked: 40, Identity: c.identity, Level: c.level, Planned: c.planned, Passed: passed(true),
		})
		if got := strings.Join(out.Recommended, " "); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

// What is not known is open; what refuses says so, and more than one thing can.
func TestReasons(t *testing.T) {
	p := profile(t, "henan-2023")
	out := p.Recommend(rule.Facts{Class: "industry-1", Team: 1, Rank: 3, Ranked: 30, Passed: passed(true)})
	if !slices.Equal(out.Open, []string{"provincial_title"}) || !slices.Equal(out.Recommended, []string{"technician"}) {
		t.Errorf("%+v", out)
	}
	if f := out.Findings[0]; f.Result != rule.Open || len(f.Reasons) != 1 || f.Reasons[0] != (rule.Reason{Code: "honours.why_identity", Want: "employee teacher"}) {
		t.Errorf("%+v", f)
	}
	if f := out.Findings[2]; f.Result != rule.Refused || f.Reasons[0] != (rule.Reason{Code: "honours.why_rank", Want: "6-20", Have: "3"}) {
		t.Errorf("%+v", f)
	}
	if f := out.Findings[3]; f.Result != rule.Refused || f.Reasons[0].Code != "honours.why_class" {
		t.Errorf("%+v", f)
	}
	if f := out.Findings[6]; len(f.Reasons) != 2 || f.Reasons[0].Code != "honours.why_rank" || f.Reasons[1].Code != "honours.why_planned" {
		t.Errorf("%+v", f)
	}
	failed := p.Recommend(rule.Facts{Class: "industry-1", Team: 1, Rank: 3, Ranked: 30, Identity: "employee", Passed: passed(false)})
	if len(failed.Recommended)+len(failed.Open) != 0 || failed.Findings[1].Reasons[0] != (rule.Reason{Code: "honours.why_passed", Want: "true", Have: "false"}) {
		t.Errorf("%+v", failed)
	}
	held := p.Recommend(rule.Facts{Class: "industry-1", Team: 1, Rank: 9, Ranked: 30, Level: "technician", Passed: passed(true)})
	if len(held.Recommended) != 0 || len(held.Dropped) != 1 || held.Dropped[0].Reason != (rule.Reason{Code: "honours.why_raise", Want: "senior", Have: "technician"}) {
		t.Errorf("%+v", held)
	}
}

const small = `{"format":"jiangtai.honours/1","id":"x","version":1,"name":"甲","name_en":"x","source":"x","classes":["a"],
 "awards":{"m":{"name":"章","name_en":"medal","kind":"honour"}},"rules":[{"id":"r",RULE,"recommend":["m"]}]}`

func with(t testing.TB, condition string) *rule.Profile {
	t.Helper()
	p, err := rule.Parse([]byte(strings.Replace(small, "RULE", condition, 1)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func on(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestSharesAgesAndPersons(t *testing.T) {
	any30 := rule.Facts{Class: "a", Team: 1, Rank: 1, Ranked: 10}
	change := func(fn func(*rule.Facts)) rule.Facts { f := any30; fn(&f); return f }
	rank := func(r, of int) rule.Facts { return change(func(f *rule.Facts) { f.Rank, f.Ranked = r, of }) }
	born := func(b, at string) rule.Facts { return change(func(f *rule.Facts) { f.Born, f.On = on(b), on(at) }) }
	for _, c := range []struct {
		condition string
		facts     rule.Facts
		want      rule.Result
	}{
		{`"share":{"of":3000,"round":"down"}`, rank(3, 10), rule.Matched},
		{`"share":{"of":3000,"round":"down"}`, rank(4, 10), rule.Refused},
		{`"share":{"of":3000,"round":"down"}`, rank(4, 13), rule.Refused},
		{`"share":{"of":3000,"round":"up"}`, rank(4, 13), rule.Matched},
		{`"share":{"of":3000,"round":"half_up"}`, rank(5, 15), rule.Matched},
		{`"share":{"of":3000,"round":"half_up"}`, rank(5, 14), rule.Refused},
		{`"share":{"of":3000,"round":"up"}`, rank(0, 13), rule.Refused},
		{`"ranks":{"any":[1,9]},"age":{"from":18,"to":35}`, born("1990-06-01", "2026-05-31"), rule.Matched},
		{`"ranks":{"any":[1,9]},"age":{"from":18,"to":35}`, born("1990-06-01", "2026-06-01"), rule.Refused},
		{`"ranks":{"any":[1,9]},"age":{"to":35,"on":"2026-01-01"}`, born("1990-06-01", "2026-06-01"), rule.Matched},
		{`"ranks":{"any":[1,9]},"age":{"from":18}`, born("2008-02-29", "2026-02-28"), rule.Refused},
		{`"ranks":{"any":[1,9]},"age":{"from":18}`, born("2008-02-29", "2026-03-01"), rule.Matched},
		{`"ranks":{"any":[1,9]},"age":{"from":18}`, any30, rule.Open},
		{`"ranks":{"any":[1,9]},"sex":"female"`, change(func(f *rule.Facts) { f.Sex = "female" }), rule.Matched},
		{`"ranks":{"any":[1,9]},"sex":"female"`, change(func(f *rule.Facts) { f.Sex = "male" }), rule.Refused},
		{`"ranks":{"any":[1,9]},"employment":["migrant","dispatched"]`, change(func(f *rule.Facts) { f.Employment = "migrant" }), rule.Matched},
		{`"ranks":{"any":[1,9]},"employment":["migrant","dispatched"]`, any30, rule.Open},
		{`"ranks":{"any":[1,9]},"level":["senior"]`, any30, rule.Open},
		{`"ranks":{"any":[1,9]},"level":["none"]`, change(func(f *rule.Facts) { f.Level = "none" }), rule.Matched},
		{`"ranks":{"any":[1,9]},"passed":true`, any30, rule.Open},
		{`"ranks":{"2":[1,9]}`, any30, rule.Refused},
	} {
		if got := with(t, c.condition).Recommend(c.facts).Findings[0]; got.Result != c.want || len(got.Reasons) == 0 {
			t.Errorf("%s %+v: %+v, want %s", c.condition, c.facts, got, c.want)
		}
	}
}

func TestFaultyProfiles(t *testing.T) {
	with(t, `"ranks":{"any":[1,9]}`)
	for _, bad := range []string{
		`"class":["a"]`, `"ranks":{"any":[0,9]}`, `"ranks":{"any":[3,2]}`, `"ranks":{"0":[1,2]}`, `"ranks":{"01":[1,2]}`,
		`"ranks":{"any":[1,9]},"class":["b"]`, `"share":{"of":0,"round":"down"}`, `"share":{"of":3000,"round":"even"}`,
		`"ranks":{"any":[1,9]},"sex":"f"`, `"ranks":{"any":[1,9]},"level":["master"]`, `"ranks":{"any":[1,9]},"age":{}`,
		`"ranks":{"any":[1,9]},"age":{"from":40,"to":30}`, `"ranks":{"any":[1,9]},"age":{"to":30,"on":"soon"}`, `"rank":{"any":[1,9]}`,
	} {
		if _, err := rule.Parse([]byte(strings.Replace(small, "RULE", bad, 1))); err == nil {
			t.Errorf("%s was accepted", bad)
		}
	}
	good := strings.Replace(small, "RULE", `"ranks":{"any":[1,9]}`, 1)
	for _, change := range [][2]string{
		{"honours/1", "honours/2"},
		{`"version":1`, `"version":0`},
		{`"source":"x"`, `"source":""`},
		{`"kind":"honour"`, `"kind":"level"`},
		{`"kind":"honour"`, `"kind":"prize"`},
		{`"recommend":["m"]`, `"recommend":["n"]`},
		{`"recommend":["m"]`, `"recommend":[]`},
		{`"id":"r"`, `"id":""`},
		{`"classes":["a"]`, `"classes":[]`},
		{`"name_en":"medal"`, `"name_en":""`},
	} {
		if _, err := rule.Parse([]byte(strings.Replace(good, change[0], change[1], 1))); err == nil {
			t.Errorf("accepted with %s", change[1])
		}
	}
}

// A better rank in the same field is never answered worse by rules of "first n".
func TestBetterIsNotWorse(t *testing.T) {
	p := with(t, `"ranks":{"1":[1,5],"2":[1,3]},"share":{"of":3000,"round":"half_up"}`)
	rapid.Check(t, func(rt *rapid.T) {
		f := rule.Facts{Class: "a", Team: rapid.IntRange(1, 3).Draw(rt, "team"), Ranked: rapid.IntRange(1, 60).Draw(rt, "ranked")}
		f.Rank = rapid.IntRange(1, f.Ranked).Draw(rt, "rank")
		matched := len(p.Recommend(f).Recommended) == 1
		top := map[int]int{1: 5, 2: 3}[f.Team]
		if want := f.Rank <= top && 10*f.Rank <= 3*f.Ranked+5 && top > 0; matched != want {
			rt.Fatalf("%+v: %v", f, matched)
		}
		if f.Rank > 1 && matched {
			f.Rank--
			if len(p.Recommend(f).Recommended) == 0 {
				rt.Fatalf("rank %d lost what %d has", f.Rank, f.Rank+1)
			}
		}
	})
}
