package eligibility_test

import (
	"fmt"
	"testing"
	"time"

	"jiangtai/server/registration/eligibility"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func good() eligibility.Person {
	return eligibility.Person{
		Born: day("1990-05-18"), CityYears: 3, TradeYears: 2, Employment: eligibility.Migrant, Skill: eligibility.Level3,
		Certificates: []eligibility.Certificate{{Kind: "焊工证", Until: day("2026-05-18")}, {Kind: "健康证"}},
	}
}

func TestRules(t *testing.T) {
	for _, c := range []struct {
		name   string
		rule   eligibility.Rule
		change func(*eligibility.Person)
		want   string // "" lets in
	}{
		{"years in the city, at the bound", eligibility.Rule{Kind: "city_years", Min: 3}, nil, ""},
		{"years in the city, below", eligibility.Rule{Kind: "city_years", Min: 4}, nil, "≥ 4 | 3"},
		{"years in the trade, at the bound", eligibility.Rule{Kind: "trade_years", Min: 2}, nil, ""},
		{"years in the trade, below", eligibility.Rule{Kind: "trade_years", Min: 3}, nil, "≥ 3 | 2"},
		{"36 on the birthday", eligibility.Rule{Kind: "age", Min: 36, Max: 60, On: "2026-05-18"}, nil, ""},
		{"35 the day before", eligibility.Rule{Kind: "age", Min: 36, Max: 60, On: "2026-05-17"}, nil, "36…60 (2026-05-17) | 35"},
		{"the last day of 35", eligibility.Rule{Kind: "age", Max: 35, On: "2026-05-17"}, nil, ""},
		{"too old", eligibility.Rule{Kind: "age", Max: 35, On: "2026-05-18"}, nil, "0…35 (2026-05-18) | 36"},
		{"no upper bound", eligibility.Rule{Kind: "age", Min: 18, On: "2090-05-18"}, nil, ""},
		{"kind of employment", eligibility.Rule{Kind: "employment", Values: []string{"employee", "migrant"}}, nil, ""},
		{"other kind", eligibility.Rule{Kind: "employment", Values: []string{"employee"}}, nil, "employee | migrant"},
		{"no teacher", eligibility.Rule{Kind: "not_teacher"}, nil, ""},
		{"a teacher", eligibility.Rule{Kind: "not_teacher"}, func(p *eligibility.Person) { p.IsTeacher = true }, " | "},
		{"level, equal", eligibility.Rule{Kind: "skill", Level: eligibility.Level3}, nil, ""},
		{"level, lower", eligibility.Rule{Kind: "skill", Level: eligibility.Level2}, nil, "≥ 2 | 3"},
		{"level, none stated", eligibility.Rule{Kind: "skill", Level: eligibility.Level5}, func(p *eligibility.Person) { p.Skill = "" }, "≥ 5 | "},
		{"level above the first", eligibility.Rule{Kind: "skill", Level: eligibility.SpecialLevel}, func(p *eligibility.Person) { p.Skill = eligibility.ChiefLevel }, ""},
		{"no barred title", eligibility.Rule{Kind: "barred_titles", Values: []string{"全国技术能手"}}, nil, ""},
		{"a barred title", eligibility.Rule{Kind: "barred_titles", Values: []string{"全国技术能手", "大国工匠"}}, func(p *eligibility.Person) { p.Titles = []string{"大国工匠", "省技术能手"} }, " | 大国工匠"},
		{"certificates good on the last day", eligibility.Rule{Kind: "certificates", Values: []string{"焊工证", "健康证"}, On: "2026-05-18"}, nil, ""},
		{"a certificate over", eligibility.Rule{Kind: "certificates", Values: []string{"焊工证", "健康证"}, On: "2026-05-19"}, nil, "焊工证 (2026-05-19) | "},
		{"no certificates", eligibility.Rule{Kind: "certificates", Values: []string{"焊工证", "健康证"}, On: "2026-05-19"}, func(p *eligibility.Person) { p.Certificates = nil }, "焊工证, 健康证 (2026-05-19) | "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if faults := eligibility.Check([]eligibility.Rule{c.rule}); faults != nil {
				t.Fatal(faults)
			}
			p := good()
			if c.change != nil {
				c.change(&p)
			}
			var got string
			for _, r := range eligibility.Evaluate([]eligibility.Rule{c.rule}, p) {
				got += r.Want + " | " + r.Have
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestAllReasonsAtOnce(t *testing.T) {
	rules := []eligibility.Rule{
		{Kind: "trade_years", Min: 9},
		{Kind: "city_years", Min: 9, Warns: true},
		{Kind: "not_teacher"},
		{Kind: "age", Max: 30, On: "2026-01-01"},
	}
	got := fmt.Sprint(eligibility.Evaluate(rules, good()))
	if got != "[{trade_years ≥ 9 2 false} {city_years ≥ 9 3 true} {age 0…30 (2026-01-01) 35 false}]" {
		t.Error(got)
	}
}

func TestRulesThatMeanNothing(t *testing.T) {
	for _, c := range []struct {
		rule  eligibility.Rule
		field string
	}{
		{eligibility.Rule{Kind: "height", Min: 170}, "rule"},
		{eligibility.Rule{Kind: "city_years"}, "min"},
		{eligibility.Rule{Kind: "city_years", Min: 2, Max: 3}, "max"},
		{eligibility.Rule{Kind: "age", Min: 18}, "on"},
		{eligibility.Rule{Kind: "age", Min: 18, Max: 17, On: "2026-01-01"}, "max"},
		{eligibility.Rule{Kind: "age", On: "2026-01-01"}, "min"},
		{eligibility.Rule{Kind: "age", Min: 18, On: "2026-02-30"}, "on"},
		{eligibility.Rule{Kind: "employment"}, "values"},
		{eligibility.Rule{Kind: "employment", Values: []string{"boss"}}, "values"},
		{eligibility.Rule{Kind: "skill", Level: "none"}, "level"},
		{eligibility.Rule{Kind: "skill", Level: "6"}, "level"},
		{eligibility.Rule{Kind: "not_teacher", Values: []string{"x"}}, "values"},
		{eligibility.Rule{Kind: "not_teacher", Min: 1}, "min"},
		{eligibility.Rule{Kind: "barred_titles", Values: []string{"x"}, On: "2026-01-01"}, "on"},
		{eligibility.Rule{Kind: "certificates", Values: []string{"x"}}, "on"},
		{eligibility.Rule{Kind: "city_years", Min: 2, Level: "3"}, "level"},
	} {
		faults := eligibility.Check([]eligibility.Rule{c.rule})
		if len(faults) != 1 || faults[0].Field != c.field {
			t.Errorf("%+v: %v, want %s", c.rule, faults, c.field)
		}
	}
	if got := eligibility.Check([]eligibility.Rule{{Kind: "not_teacher"}, {Kind: "not_teacher"}}); len(got) != 1 || got[0].Index != 1 {
		t.Errorf("a rule said twice: %v", got)
	}
}
