package wording

import (
	"regexp"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

const (
	signed  = `(-?\d+(?:\.\d+)?)`
	anyUnit = ` ?(?:mm|cm|m|μm|°|′|℃|kg|g|ml|mL|s|min|%|` + minute + `|度|米|克|毫升|秒)?`
	label   = `(?:[\p{Han}a-zA-Zα-ωΔ]{0,10}?)`
)

var conditions = []struct {
	form *regexp.Regexp
	read func(m []string) []scheme.Condition
}{
	{
		regexp.MustCompile(`^` + label + signed + anyUnit + ` ?(≤|<) ?` + label + ` ?(≤|<) ?` + signed + anyUnit + `$`),
		func(m []string) []scheme.Condition {
			return []scheme.Condition{and(limit(turned[m[2]], m[1]), limit(m[3], m[4]))}
		},
	},
	{
		regexp.MustCompile(`^` + label + `(≤|<|≥|>|=) ?` + signed + anyUnit + `(?:或|，或)` + label + `(≤|<|≥|>|=) ?` + signed + anyUnit + `(?:时|者|的)?$`),
		func(m []string) []scheme.Condition {
			return []scheme.Condition{limit(m[1], m[2]), limit(m[3], m[4])}
		},
	},
	{
		regexp.MustCompile(`^` + label + `(≤|<|≥|>|=|不大于|不超过|小于|大于|超过|不小于|不少于|高于|低于|多于|少于|达到) ?` + signed + anyUnit + `(?:时|者|的|以上|以内)?$`),
		func(m []string) []scheme.Condition { return []scheme.Condition{limit(m[1], m[2])} },
	},
	{
		regexp.MustCompile(`^` + label + signed + anyUnit + `~` + signed + anyUnit + `(?:时|者|的|之间|以内)?$`),
		func(m []string) []scheme.Condition {
			return []scheme.Condition{and(limit("≥", m[1]), limit("≤", m[2]))}
		},
	},
	{
		regexp.MustCompile(`^` + label + signed + anyUnit + `(以内|以下|以上|及以上|及以下|之内)(?:时|者|的)?$`),
		func(m []string) []scheme.Condition {
			return []scheme.Condition{limit(map[bool]string{true: "≥", false: "≤"}[strings.Contains(m[2], "上")], m[1])}
		},
	},
}

var turned = map[string]string{"≤": "≥", "<": ">"}

// limit is one limit; nil numbers cannot be here, the form asked for digits.
func limit(sign, number string) scheme.Condition {
	n := numOf(number)
	switch sign {
	case "≤", "不大于", "不超过":
		return scheme.Condition{Le: n}
	case "<", "小于", "低于", "少于":
		return scheme.Condition{Lt: n}
	case "≥", "不小于", "不少于", "达到":
		return scheme.Condition{Ge: n}
	case "=":
		return scheme.Condition{Ge: n, Le: n}
	}
	return scheme.Condition{Gt: n}
}

func and(a, b scheme.Condition) scheme.Condition {
	for _, have := range []struct{ to, from **exact.Num }{{&a.Ge, &b.Ge}, {&a.Gt, &b.Gt}, {&a.Le, &b.Le}, {&a.Lt, &b.Lt}} {
		if *have.from != nil {
			*have.to = *have.from
		}
	}
	return a
}

// conditionsOf reads words that are a condition and nothing else; each of what
// comes back is enough.
func conditionsOf(s string) []scheme.Condition {
	for _, c := range conditions {
		if m := c.form.FindStringSubmatch(s); m != nil {
			for _, number := range m[1:] {
				if strings.ContainsAny(number, "0123456789") && numOf(number) == nil {
					return nil
				}
			}
			return c.read(m)
		}
	}
	return nil
}

// bands makes a table of conditions with marks, of which there are two or more.
func bands(list []clause, most exact.Num) (scheme.Aspect, bool) {
	a := scheme.Aspect{Kind: scheme.Table, Max: &most}
	for i, c := range list {
		if c.lead == nothing {
			continue
		}
		mark, ok := markOf(c, most)
		if !ok {
			return a, false
		}
		if i == len(list)-1 && (c.text == "其他" || c.text == "其余" || c.text == "否则" || c.text == "其它") {
			a.Else = &mark
			continue
		}
		when := conditionsOf(c.text)
		if when == nil {
			return a, false
		}
		for _, one := range when {
			a.Rows = append(a.Rows, scheme.Row{When: []scheme.Condition{one}, Mark: &mark})
		}
	}
	reached := false
	for _, r := range a.Rows {
		reached = reached || r.Mark.Equal(most)
	}
	return a, reached && len(a.Rows) > 1
}

// markOf is what a clause leaves of the marks.
func markOf(c clause, most exact.Num) (exact.Num, bool) {
	mark := exact.Zero
	switch c.lead {
	case keep:
		mark = most
	case lose:
	case award:
		mark = c.a
	case deduct:
		mark = most.Sub(c.a)
	default:
		return mark, false
	}
	return mark, mark.Sign() >= 0 && !most.Less(mark)
}
