package eligibility

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jiangtai/server/registration/idnumber"
)

// The kinds of rule.
const (
	CityYears    = "city_years"    // at least Min completed years of work in the city
	TradeYears   = "trade_years"   // at least Min completed years in the trade
	Age          = "age"           // Min to Max completed years on the day On
	Employed     = "employment"    // one of Values
	NotTeacher   = "not_teacher"   // no teachers of vocational schools
	MinSkill     = "skill"         // at least the level Level
	BarredTitles = "barred_titles" // holds none of Values
	Certificates = "certificates"  // has each of Values, good on the day On
)

// Rule is one rule as data. Which fields it has depends on its kind.
type Rule struct {
	Kind   string   `json:"rule"`
	Min    int      `json:"min,omitempty"`
	Max    int      `json:"max,omitempty"` // 0: no upper bound
	On     string   `json:"on,omitempty"`  // 2026-05-18
	Level  Skill    `json:"level,omitempty"`
	Values []string `json:"values,omitempty"`
	// Warns makes it a reason to look and none to refuse.
	Warns bool `json:"warns,omitempty"`
}

// Reason is why a rule does not let somebody in.
type Reason struct {
	Rule  string // its kind, the end of the program's code
	Want  string // the bound: "≥ 2", "18…60"
	Have  string // the value
	Warns bool
}

// Fault is a place in the rules and what cannot be meant there.
type Fault struct {
	Index int
	Field string
	Hint  string
}

// Check tells everything that is wrong with rules.
func Check(rules []Rule) []Fault {
	var out []Fault
	seen := map[string]bool{}
	for i, r := range rules {
		if seen[r.Kind] {
			out = append(out, Fault{i, "rule", r.Kind})
		}
		seen[r.Kind] = true
		out = append(out, r.faults(i)...)
	}
	return out
}

func (r Rule) faults(i int) []Fault {
	var out []Fault
	wrong := func(is bool, field, hint string) {
		if is {
			out = append(out, Fault{i, field, hint})
		}
	}
	usesDay, usesValues, usesMin := false, false, false
	switch r.Kind {
	case CityYears, TradeYears:
		usesMin = true
		wrong(r.Min < 1 || r.Min > 50, "min", "1…50")
	case Age:
		usesMin, usesDay = true, true
		wrong(r.Min < 0 || r.Min > 100, "min", "0…100")
		wrong(r.Max < 0 || r.Max > 100 || r.Max > 0 && r.Max < r.Min, "max", strconv.Itoa(r.Min)+"…100")
		wrong(r.Min == 0 && r.Max == 0, "min", "min, max")
	case Employed:
		usesValues = true
		for _, v := range r.Values {
			wrong(!slices.Contains(Employments(), Employment(v)), "values", v)
		}
	case MinSkill:
		wrong(r.Level.rank() < 1, "level", "5, 4, 3, 2, 1, special, chief")
	case BarredTitles:
		usesValues = true
	case Certificates:
		usesDay, usesValues = true, true
	case NotTeacher:
	default:
		wrong(true, "rule", r.Kind)
		return out
	}
	_, err := time.Parse(time.DateOnly, r.On)
	wrong(usesDay && err != nil, "on", time.DateOnly)
	wrong(usesValues && (len(r.Values) == 0 || len(r.Values) > 30), "values", "1…30")
	wrong(!usesDay && r.On != "", "on", "")
	wrong(!usesValues && r.Values != nil, "values", "")
	wrong(!usesMin && r.Min != 0, "min", "")
	wrong(r.Kind != Age && r.Max != 0, "max", "")
	wrong(r.Kind != MinSkill && r.Level != "", "level", "")
	return out
}

// Evaluate gives every reason against a person, in the order of the rules.
// The rules have passed Check.
func Evaluate(rules []Rule, p Person) []Reason {
	var out []Reason
	for _, r := range rules {
		want, have, refuses := r.ask(p)
		if refuses {
			out = append(out, Reason{Rule: r.Kind, Want: want, Have: have, Warns: r.Warns})
		}
	}
	return out
}

// ask gives the bound, the value, and whether the rule says no.
func (r Rule) ask(p Person) (want, have string, refuses bool) {
	switch r.Kind {
	case CityYears:
		return atLeast(r.Min), strconv.Itoa(p.CityYears), p.CityYears < r.Min
	case TradeYears:
		return atLeast(r.Min), strconv.Itoa(p.TradeYears), p.TradeYears < r.Min
	case Age:
		age := idnumber.Age(p.Born, r.day())
		want = atLeast(r.Min)
		if r.Max > 0 {
			want = strconv.Itoa(r.Min) + "…" + strconv.Itoa(r.Max)
		}
		return want + " (" + r.On + ")", strconv.Itoa(age), age < r.Min || r.Max > 0 && age > r.Max
	case Employed:
		return strings.Join(r.Values, ", "), string(p.Employment), !slices.Contains(r.Values, string(p.Employment))
	case NotTeacher:
		return "", "", p.IsTeacher
	case MinSkill:
		return "≥ " + string(r.Level), string(p.Skill), p.Skill.rank() < r.Level.rank()
	case BarredTitles:
		var held []string
		for _, v := range r.Values {
			if slices.Contains(p.Titles, v) {
				held = append(held, v)
			}
		}
		return "", strings.Join(held, ", "), held != nil
	case Certificates:
		lacking := slices.DeleteFunc(slices.Clone(r.Values), func(kind string) bool {
			return slices.ContainsFunc(p.Certificates, func(c Certificate) bool {
				return c.Kind == kind && (c.Until.IsZero() || !c.Until.Before(r.day()))
			})
		})
		return strings.Join(lacking, ", ") + " (" + r.On + ")", "", len(lacking) > 0
	}
	return r.Kind, "", true // a rule that nobody knows lets nobody in
}

func (r Rule) day() time.Time {
	t, _ := time.Parse(time.DateOnly, r.On)
	return t
}

func atLeast(n int) string { return "≥ " + strconv.Itoa(n) }
