package wording

import (
	"strconv"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
)

// Row is a row of a mark table.
type Row struct {
	Name        string // 考核项目 or 考核内容
	Requirement string // 技术要求; may be empty
	Standard    string // 评分标准; may be empty
	Marks       Marks
	Standalone  bool // stands outside of all sections
}

// Reading is a row as aspects; ids, panels and the ids of items are not set.
type Reading struct {
	Aspects []scheme.Aspect
	// Unread are the words that have no reading; "" where all have one. The row
	// then is one number that the judge gives, or nothing where it has no marks.
	Unread string
}

// text is a row in canonical spelling.
type text struct {
	name, requirement, standard string
}

// Read reads a row.
func Read(r Row) Reading {
	t := text{trim(canon(r.Name)), trim(canon(r.Requirement)), canon(r.Standard)}
	if len(r.Marks.Parts) == 0 {
		return unmarked(t, r.Standalone)
	}
	if len(r.Marks.Parts) == 2 {
		if aspects, ok := split(t, r.Marks); ok {
			return finish(t, aspects)
		}
	}
	if r.Marks.Times > 1 {
		if a, ok := one(t, r.Marks.Parts[0]); ok && len(a) == 1 && isAlone(a[0]) {
			return finish(t, repeat(a[0], r.Marks.Times))
		}
	}
	if a, ok := one(t, r.Marks.Sum()); ok {
		return finish(t, a)
	}
	most := r.Marks.Sum()
	return Reading{Aspects: finish(t, []scheme.Aspect{points(most)}).Aspects, Unread: shown(first(strings.TrimSpace(t.standard), t.requirement, t.name))}
}

func isAlone(a scheme.Aspect) bool {
	return a.Kind == scheme.Tolerance || a.Kind == scheme.Limits || a.Kind == scheme.Excess || a.Kind == scheme.YesNo || a.Kind == scheme.Table
}

func repeat(a scheme.Aspect, times int) []scheme.Aspect {
	out := make([]scheme.Aspect, times)
	for i := range out {
		out[i] = a
		out[i].Name.Zh += "（" + strconv.Itoa(i+1) + "）"
	}
	return out
}

// split gives a size and its roughness marks of their own: 8/4.
func split(t text, m Marks) ([]scheme.Aspect, bool) {
	at := strings.Index(t.requirement, "Ra")
	if at <= 0 {
		return nil, false
	}
	of := [2]text{
		{t.name, trim(strings.TrimRight(t.requirement[:at], "/")), ""},
		{t.name, trim(t.requirement[at:]), ""},
	}
	for _, sentence := range strings.FieldsFunc(t.standard, func(r rune) bool { return r == '，' || r == '；' || r == '。' || r == '\n' }) {
		rough := mentions(sentence, "Ra", "粗糙", "降级", "降低")
		for i := range of {
			if rough == (i == 1) {
				of[i].standard = join(of[i].standard, sentence)
			}
		}
	}
	if of[1].standard == "" || of[0].standard == "" {
		all := of[0].standard + of[1].standard
		of[0].standard, of[1].standard = all, all
	}
	var out []scheme.Aspect
	for i, part := range of {
		a, ok := one(part, m.Parts[i])
		if !ok {
			return nil, false
		}
		for j := range a {
			if a[j].Name.Zh == "" || strings.HasPrefix(a[j].Name.Zh, "（") {
				a[j].Name.Zh = shown(t.name + "：" + part.requirement + a[j].Name.Zh)
			}
		}
		out = append(out, a...)
	}
	return out, true
}

// finish names what has no name after the row, keeps the words as help, and
// numbers items.
func finish(t text, aspects []scheme.Aspect) Reading {
	name := t.name
	switch {
	case name == "":
		name = t.requirement
	case t.requirement != "" && t.requirement != name && len([]rune(name))+len([]rune(t.requirement)) <= 40:
		name += "：" + t.requirement
	}
	if r := []rune(name); len(r) > 80 {
		name = string(r[:80]) + "…"
	}
	help := t.standard
	if t.requirement != "" && t.requirement != name {
		help = strings.TrimSpace(t.requirement + "\n" + help)
	}
	for i := range aspects {
		a := &aspects[i]
		switch {
		case a.Name.Zh == "":
			a.Name.Zh = name
		case strings.HasPrefix(a.Name.Zh, "（"):
			a.Name.Zh = name + a.Name.Zh
		}
		a.Name.Zh = shown(strings.ReplaceAll(a.Name.Zh, "\n", " "))
		if help != "" && shown(help) != a.Name.Zh {
			a.Help = &scheme.Text{Zh: cut(shown(help), 600)}
		}
		for j := range a.Items {
			a.Items[j].ID = "i" + strconv.Itoa(j+1)
			a.Items[j].Name.Zh = shown(cut(first(a.Items[j].Name.Zh, a.Name.Zh), 200))
		}
	}
	return Reading{Aspects: aspects}
}

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// points is a number that the judge gives.
func points(most exact.Num) scheme.Aspect {
	step := exact.Must("0.5")
	if most.IsInt() && exact.Int(20).Less(most) {
		step = exact.One
	}
	if !most.IsMultipleOf(step) {
		step = exact.Must("0.1")
	}
	return scheme.Aspect{Kind: scheme.PointsKind, Max: &most, Step: &step}
}
