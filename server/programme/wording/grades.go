package wording

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

const gradeWord = `(优秀|优良|优|良好|良|中等|中|合格|及格|一般|较好|较差|好|差|不合格|不及格|[ABCDE]级?|[一二三四五]档|第[一二三四五]档)`

var (
	gradeFirst = regexp.MustCompile(`(?:^|[\n。；，、）分 /])` + gradeWord + `(?:等)?[（：，为得 ]*` + num + `(?:分)?(?:~` + num + `)?分?`)
	rangeFirst = regexp.MustCompile(`(?:^|[\n。；])[^\d\n。；]{0,2}` + num + `(?:分)?~` + num + `分[）：，为 ]*([^\n。；]*)`)
)

// gradesOf reads 优（9–10 分）… and 9–10 分：… .
func gradesOf(s string, most exact.Num) (scheme.Aspect, bool) {
	var list []scheme.Grade
	for _, m := range gradeFirst.FindAllStringSubmatch(overlap(s), -1) {
		list = append(list, gradeOf(m[1], m[2], m[3]))
	}
	if len(list) < 2 {
		list = nil
		for _, m := range rangeFirst.FindAllStringSubmatch(s, -1) {
			list = append(list, gradeOf(first(trim(m[3]), m[1]+"~"+m[2]+"分"), m[1], m[2]))
		}
	}
	return Graded(list, most)
}

// overlap doubles the marks between grades, since a form takes the one before and
// the one behind.
func overlap(s string) string {
	return strings.NewReplacer("；", "；；", "，", "，，", "、", "、、", "分 ", "分  ", "\n", "\n\n").Replace(s)
}

func gradeOf(name, from, to string) scheme.Grade {
	g := scheme.Grade{Name: scheme.Text{Zh: shown(name)}, From: numOf(from), To: numOf(from)}
	if to != "" {
		g.To = numOf(to)
	}
	if g.From != nil && g.To != nil && g.To.Less(*g.From) {
		g.From, g.To = g.To, g.From
	}
	return g
}

// Graded is an aspect of grades, of which there are two or more; the best reaches
// most, and none has a number of another. Neighbours that share an end (9–10, 8–9)
// are taken apart: the better one keeps it.
func Graded(list []scheme.Grade, most exact.Num) (scheme.Aspect, bool) {
	a := scheme.Aspect{Kind: scheme.Grades, By: "each", Grades: list}
	if len(list) < 2 {
		return a, false
	}
	top, whole := exact.Zero, true
	for _, g := range list {
		if g.From == nil || g.To == nil {
			return a, false
		}
		top = exact.Max(top, g.To.Add(exact.Zero))
		whole = whole && g.From.IsInt() && g.To.IsInt()
	}
	step := exact.One
	if !whole {
		step = exact.Must("0.1")
	}
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return list[j].To.Cmp(*list[i].To) })
	for n := 1; n < len(order); n++ {
		better, g := &list[order[n-1]], &list[order[n]]
		if g.To.Equal(*better.From) && g.From.Less(*g.To) {
			to := g.To.Sub(step)
			g.To = &to
		}
		if !g.To.Less(*better.From) || g.To.Less(*g.From) {
			return a, false
		}
	}
	for i := range list {
		list[i].ID = "g" + strconv.Itoa(i+1)
	}
	a.Step = &step
	return a, top.Equal(most)
}
