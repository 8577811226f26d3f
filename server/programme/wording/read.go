package wording

import (
	"regexp"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

var byJudgement = regexp.MustCompile(`^[^\d]{0,80}(?:酌情|综合|按(?:完成|操作)?(?:程度|情况|质量)|裁判|评委|考评员|专家)[^\d]{0,6}(?:给分|得分|评分|打分|计分|记分|评定|评判|判分)$`)

// ruled says that words tell how marks are given; else they say what is looked at.
var ruled = regexp.MustCompile(`[分扣超每≤≥<>\d]|不合格|资格|成绩|减半`)

// one reads a row with marks; false where words are left over.
func one(t text, most exact.Num) ([]scheme.Aspect, bool) {
	if strings.TrimSpace(t.standard) == "" {
		return withoutStandard(t, most)
	}
	if g, ok := gradesOf(t.standard, most); ok {
		return []scheme.Aspect{g}, true
	}
	if byJudgement.MatchString(trim(t.standard)) {
		return []scheme.Aspect{points(most)}, true
	}
	if !ruled.MatchString(t.standard) {
		return []scheme.Aspect{points(most)}, true
	}
	list, rest := clauses(t.standard)
	if rest != "" {
		return nil, false
	}
	var gates []scheme.Aspect
	list, gates = takeVoids(list)
	if len(list) == 0 && len(gates) > 0 {
		return append([]scheme.Aspect{points(most)}, gates...), true
	}
	for _, way := range ways {
		if a, ok := way(t, list, most); ok {
			return append(a, gates...), true
		}
	}
	return nil, false
}

// withoutStandard is a row whose requirement may hold the standard.
func withoutStandard(t text, most exact.Num) ([]scheme.Aspect, bool) {
	if t.requirement != "" {
		if list, _ := clauses(t.requirement); len(list) > 0 {
			return one(text{t.name, "", t.requirement}, most)
		}
	}
	if list, _ := clauses(t.name); has(list, deduct, lose, deductSome) {
		if m := bracketed.FindStringSubmatch(t.name); m != nil {
			return one(text{m[1], "", m[2]}, most)
		}
		return one(text{"", "", t.name}, most)
	}
	return []scheme.Aspect{points(most)}, true
}

// bracketed is what a row asks for, with its standard behind it.
var bracketed = regexp.MustCompile(`^([^（）]+)（([^（）]+)）$`)

// ways are the readings of clauses, the narrowest first.
var ways = []func(t text, list []clause, most exact.Num) ([]scheme.Aspect, bool){
	inBands, measured, exceeding, deductions, either, tiers, ranges, several, perItem, within,
}

// takeVoids makes gates of what ends the contest.
func takeVoids(list []clause) (rest []clause, gates []scheme.Aspect) {
	for _, c := range list {
		switch c.lead {
		case voidAll:
			gates = append(gates, gate(c, "entry"))
		case voidPart:
			gates = append(gates, gate(c, "criterion"))
		default:
			rest = append(rest, c)
		}
	}
	return rest, gates
}

func gate(c clause, voids string) scheme.Aspect {
	return scheme.Aspect{Name: scheme.Text{Zh: first(cut(c.text, 200), shown(c.all))}, Kind: scheme.Gate, Voids: voids}
}

func inBands(_ text, list []clause, most exact.Num) ([]scheme.Aspect, bool) {
	a, ok := bands(list, most)
	return []scheme.Aspect{a}, ok
}

// theSize is the one size of the row; its standard may repeat it.
func theSize(t text) (size, bool) {
	for _, s := range []string{t.requirement, t.name} {
		if found := sizesOf(s); len(found) == 1 {
			return found[0], true
		} else if len(found) > 1 {
			return size{}, false
		}
	}
	return size{}, false
}

// measured is 超差不得分 of a size.
func measured(t text, list []clause, most exact.Num) ([]scheme.Aspect, bool) {
	if !only(list, lose, keep, nothing) || count(list, lose) != 1 {
		return nil, false
	}
	s, ok := theSize(t)
	for _, c := range list {
		if c.lead == lose && !over.MatchString(c.text) {
			return nil, false
		}
	}
	if !ok {
		return nil, false
	}
	a := scheme.Aspect{Kind: scheme.Limits, Max: &most}
	if s.tol != nil {
		a.Kind = scheme.Tolerance
	}
	s.on(&a)
	return []scheme.Aspect{a}, true
}

// exceeding is 每超 0.01 扣 2 分 of a size. That it is nothing from some excess on
// must follow from the steps.
func exceeding(t text, list []clause, most exact.Num) ([]scheme.Aspect, bool) {
	if !only(list, deduct, keep, nothing, lose) || count(list, deduct) != 1 || count(list, lose) > 1 {
		return nil, false
	}
	s, known := theSize(t)
	a := scheme.Aspect{Kind: scheme.Excess, Max: &most}
	var until *exact.Num
	for _, c := range list {
		switch c.lead {
		case keep:
			if found := sizesOf(c.text); !known && len(found) == 1 {
				s, known = found[0], true
			}
		case deduct:
			per := c.a
			a.Per = &per
			if a.Step = s.stepOf(c.text); a.Step == nil {
				return nil, false
			}
		case lose:
			if m := step.FindStringSubmatch(strings.TrimSuffix(strings.TrimSuffix(c.text, "以上"), "及")); m != nil {
				until = numOf(m[1])
			}
			if until == nil {
				return nil, false
			}
		}
	}
	if !known || until != nil && a.Per.Mul(until.Div(*a.Step)).Less(most) {
		return nil, false
	}
	s.on(&a)
	return []scheme.Aspect{a}, true
}

// deductions are listed; 符合要求得满分 says nothing new.
func deductions(_ text, list []clause, most exact.Num) ([]scheme.Aspect, bool) {
	if !only(list, deduct, deductSome, deductFree, lose, keep, capped, nothing) || !has(list, deduct, deductSome, deductFree) {
		return nil, false
	}
	a := scheme.Aspect{Kind: scheme.Deductions, Max: &most}
	for _, c := range list {
		item := scheme.Item{Name: scheme.Text{Zh: c.text}}
		switch c.lead {
		case deduct:
			amount := c.a
			if most.Less(amount) {
				return nil, false
			}
			item.Amount = &amount
		case lose:
			item.Amount = &most
		case deductSome, deductFree:
			from, to := c.a, c.b
			if c.lead == deductFree {
				from, to = exact.Zero, most
			}
			if to.Less(from) || most.Less(to) {
				return nil, false
			}
			half := exact.Must("0.5")
			item.From, item.To, item.Step = &from, &to, &half
		case capped:
			if !limitLast(a.Items, c, most) {
				return nil, false
			}
			continue
		default:
			continue
		}
		if item.Amount != nil && item.Amount.Sign() <= 0 {
			return nil, false
		}
		a.Items = append(a.Items, item)
	}
	return []scheme.Aspect{a}, true
}

// limitLast caps the deduction before.
func limitLast(items []scheme.Item, c clause, most exact.Num) bool {
	if len(items) == 0 || c.a.Sign() <= 0 {
		return false
	}
	if c.text != "" && c.text != "本项" && c.text != "该项" {
		return false // the cap of something else than what stands before
	}
	if c.a.Less(most) {
		limit := c.a
		items[len(items)-1].Cap = &limit
	}
	return true
}

// either is all or nothing.
func either(_ text, list []clause, most exact.Num) ([]scheme.Aspect, bool) {
	if !only(list, lose, keep, award, nothing) || count(list, keep, award) > 1 || count(list, lose) > 1 && has(list, award, keep) {
		return nil, false
	}
	for _, c := range list {
		if c.lead == award && !c.a.Equal(most) {
			return nil, false
		}
	}
	return []scheme.Aspect{{Kind: scheme.YesNo, Max: &most}}, has(list, lose, keep, award)
}

// tiers are marks of which one is given: 一次成功得 10 分，二次成功得 5 分.
func tiers(_ text, list []clause, most exact.Num) ([]scheme.Aspect, bool) {
	if !only(list, lose, keep, award, nothing) || count(list, award, keep) < 2 {
		return nil, false
	}
	a := scheme.Aspect{Kind: scheme.Grades}
	var last *exact.Num
	for _, c := range list {
		if c.lead == nothing {
			continue
		}
		mark, ok := markOf(c, most)
		if !ok || c.text == "" || last == nil && !mark.Equal(most) || last != nil && !mark.Less(*last) {
			return nil, false
		}
		last = &mark
		a.Grades = append(a.Grades, scheme.Grade{ID: "g" + string(rune('1'+len(a.Grades))), Name: scheme.Text{Zh: shown(c.text)}, From: &mark, To: &mark})
	}
	return []scheme.Aspect{a}, len(a.Grades) < 10
}

// ranges are marks within which one is given: 完整 8–10 分，基本完整 5–7 分.
func ranges(_ text, list []clause, most exact.Num) ([]scheme.Aspect, bool) {
	if !only(list, awardSome) || len(list) < 2 {
		return nil, false
	}
	var grades []scheme.Grade
	for _, c := range list {
		if c.text == "" {
			return nil, false
		}
		from, to := c.a, c.b
		grades = append(grades, scheme.Grade{Name: scheme.Text{Zh: shown(cut(c.text, 80))}, From: &from, To: &to})
	}
	a, ok := Graded(grades, most)
	return []scheme.Aspect{a}, ok
}

// several are marks that add up: each is given or not.
func several(t text, list []clause, most exact.Num) ([]scheme.Aspect, bool) {
	if !only(list, award, nothing) || count(list, award) < 2 {
		return nil, false
	}
	sum := exact.Zero
	var out []scheme.Aspect
	for _, c := range list {
		if c.lead == nothing {
			continue
		}
		mark := c.a
		if mark.Sign() <= 0 || c.text == "" {
			return nil, false
		}
		sum = sum.Add(mark)
		out = append(out, scheme.Aspect{Kind: scheme.YesNo, Max: &mark, Name: scheme.Text{Zh: cut(c.text, 80)}})
	}
	return out, sum.Equal(most)
}

// perItem is 每答对一题得 2 分.
func perItem(_ text, list []clause, most exact.Num) ([]scheme.Aspect, bool) {
	if !only(list, awardEach, nothing, lose, keep) || count(list, awardEach) != 1 {
		return nil, false
	}
	for _, c := range list {
		if c.lead == awardEach && c.a.Sign() > 0 && most.IsMultipleOf(c.a) {
			step := c.a
			return []scheme.Aspect{{Kind: scheme.PointsKind, Max: &most, Step: &step}}, true
		}
	}
	return nil, false
}

// within is 酌情给 0–5 分.
func within(_ text, list []clause, most exact.Num) ([]scheme.Aspect, bool) {
	if !only(list, awardSome, awardFree, nothing) || count(list, awardSome) > 1 {
		return nil, false
	}
	a := points(most)
	for _, c := range list {
		if c.lead != awardSome {
			continue
		}
		if !c.b.Equal(most) {
			return nil, false
		}
		if from := c.a; from.Sign() > 0 {
			a.Min = &from
		}
	}
	return []scheme.Aspect{a}, true
}

// unmarked is a row that takes from the total, or voids.
func unmarked(t text, standalone bool) Reading {
	all := t.standard
	if strings.TrimSpace(all) == "" {
		all, t.standard = first(t.requirement, t.name), first(t.requirement, t.name)
		if t.requirement != "" {
			t.requirement = ""
		}
	}
	list, rest := clauses(all)
	if len(list) == 1 && list[0].lead == voidAll && mentions(list[0].text, "下列", "以下", "之一") && rest != "" {
		list[0].text, rest = rest, "" // 有下列情况之一的取消资格：what they are follows
	}
	unread := Reading{Unread: shown(all)}
	if rest != "" || !only(list, deduct, deductSome, lose, capped, nothing, voidAll, voidPart) || !has(list, deduct, deductSome, lose, voidAll, voidPart) {
		return unread
	}
	part := "criterion"
	if standalone {
		part = "component"
	}
	a := scheme.Aspect{Kind: scheme.Penalty, Level: "total"}
	for _, c := range list {
		item := scheme.Item{Name: scheme.Text{Zh: first(c.text, t.name, shown(c.all))}}
		switch c.lead {
		case deduct:
			amount := c.a
			item.Amount = &amount
		case deductSome:
			from, to, half := c.a, c.b, exact.Must("0.5")
			item.From, item.To, item.Step = &from, &to, &half
		case voidAll:
			item.Voids = "entry"
		case lose, voidPart:
			item.Voids = part
		case capped:
			if !limitLast(a.Items, c, exact.Int(100_000)) {
				return unread
			}
			continue
		default:
			continue
		}
		if item.Amount != nil && item.Amount.Sign() <= 0 || item.To != nil && item.To.Less(*item.From) {
			return unread
		}
		a.Items = append(a.Items, item)
	}
	if !has(list, deduct, deductSome) && len(a.Items) == 1 {
		return finish(t, []scheme.Aspect{{Kind: scheme.Gate, Voids: a.Items[0].Voids, Name: scheme.Text{Zh: cut(a.Items[0].Name.Zh, 200)}}})
	}
	return finish(t, []scheme.Aspect{a})
}
