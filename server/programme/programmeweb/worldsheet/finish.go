package worldsheet

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
	"jiangtai/server/fault"
	"jiangtai/server/programme/programmeweb/marktable"
)

// finish makes the scheme of what was found.
func (r *reader) finish() error {
	name := r.name
	if name == "" && len(r.criteria) > 0 {
		name = r.criteria[0].name
	}
	if name == "" {
		name = "评分标准"
	}
	s := &scheme.Scheme{Format: scheme.Format, Name: scheme.Text{Zh: cut(oneLine(name))}}
	c := scheme.Component{ID: "c1", Name: scheme.Text{Zh: "实操"}}
	used := map[string]bool{}
	sums := map[string]exact.Num{}
	total := exact.Zero
	for _, k := range r.criteria {
		if sum := k.sum(); sum.Sign() > 0 {
			c.Criteria = append(c.Criteria, r.module(k, sum, used, sums))
			total = total.Add(sum)
		}
	}
	if total.Sign() <= 0 {
		return fault.New(fault.Refused, "programme.table_empty")
	}
	for _, p := range []scheme.Panel{{ID: measuring, Name: scheme.Text{Zh: "测量组"}}, {ID: judging, Name: scheme.Text{Zh: "评价组"}}} {
		if used[p.ID] {
			s.Panels = append(s.Panels, p)
		}
	}
	c.Max, s.Total, r.out.Total = &total, &total, total.String()
	s.Components = []scheme.Component{c}
	s.Standards = r.sections(sums)
	r.totals(total)
	return r.write(s)
}

// longest is how many characters of a text are kept: a scheme's has at most 2,000
// bytes.
const longest = 600

func cut(s string) string {
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest])
	}
	return s
}

func (r *reader) module(k *criterion, sum exact.Num, used map[string]bool, sums map[string]exact.Num) scheme.Criterion {
	name := k.name
	if name == "" {
		name = "Criterion " + k.letter
	}
	out := scheme.Criterion{ID: k.letter, Name: scheme.Text{Zh: cut(name)}, Max: &sum}
	for _, u := range k.subs {
		if len(u.aspects) == 0 {
			continue
		}
		title := u.name
		if title == "" {
			title = name
		}
		made := scheme.SubCriterion{ID: u.id, Name: scheme.Text{Zh: cut(title)}}
		for i, a := range u.aspects {
			b := r.aspect(a, u.id+"."+strconv.Itoa(i+1))
			used[b.Panel] = true
			sums[b.Section] = sums[b.Section].Add(a.max)
			made.Aspects = append(made.Aspects, b)
			r.out.Taken = append(r.out.Taken, marktable.Taken{
				Place: a.grid.Place(a.row, a.at[description]), Section: name, Name: a.name, Marks: a.max.String(), Kinds: []string{string(b.Kind)},
				Unread: slices.ContainsFunc(r.out.Unread, func(x marktable.Unread) bool { return slices.Contains(x.Aspects, b.ID) }),
			})
		}
		out.Subs = append(out.Subs, made)
	}
	return out
}

// aspect makes an aspect of its rows; what of it was not understood is told with
// its id.
func (r *reader) aspect(a *aspect, id string) scheme.Aspect {
	tell := func(of role, why, hint, text string) {
		r.out.Unread = append(r.out.Unread, marktable.Unread{
			Place: a.grid.Place(a.row, a.at[of]), Text: text, Why: why, Hint: hint, Aspects: []string{id},
		})
	}
	whole := a.max
	out := scheme.Aspect{ID: id, Name: scheme.Text{Zh: cut(a.name)}, Panel: measuring, Max: &whole, Section: r.sectionOf(a, tell)}
	words := strings.Join(a.words, "\n")
	switch {
	case a.isOdd:
		tell(kind, "programme.columns_kind", "M, J", a.grid.At(a.row, a.at[kind]).Text)
		out.Kind, words = scheme.PointsKind, joined(words, a.requirement, r.levelWords(a))
	case a.isJudged:
		out.Kind, out.Panel = scheme.Judgement, judging
		words = joined(r.levels(a, &out, words, tell), a.requirement)
	default:
		words = measure(a, &out, words, tell)
	}
	if words != "" {
		if len([]rune(words)) > longest {
			tell(extra, "programme.columns_long", strconv.Itoa(longest), words)
		}
		out.Help = &scheme.Text{Zh: cut(words)}
	}
	return out
}

func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n")
}

func measure(a *aspect, out *scheme.Aspect, words string, tell func(role, string, string, string)) string {
	if z, ok := sizeOf(a.requirement); ok {
		out.Kind, out.Nominal, out.Tol, out.Low, out.High, out.Unit = z.kind, z.nominal, z.tol, z.low, z.high, z.unit
		if !z.isBare {
			words = joined(words, a.requirement)
		}
		if ofParts.MatchString(words) {
			tell(extra, "programme.columns_parts", "", words)
		}
		return words
	}
	if a.requirement != "" && anySize.MatchString(spelling.Replace(a.requirement)) {
		tell(requirement, "programme.columns_size", "20 ±0.05", a.requirement)
		out.Kind = scheme.PointsKind
		return joined(words, a.requirement)
	}
	h := howOf(joined(words, a.requirement), a.max)
	out.Kind, out.Per, out.Min, out.Step = h.kind, h.per, h.min, h.step
	if h.guessed {
		tell(extra, "programme.columns_parts", "", h.words)
	}
	return h.words
}

// levels takes the texts of the scores, 0 to 3 and without a gap; four lines of
// words without scores are them too.
func (r *reader) levels(a *aspect, out *scheme.Aspect, words string, tell func(role, string, string, string)) string {
	if lines := strings.Split(words, "\n"); len(a.levels) == 0 && len(lines) == 4 {
		for i, line := range lines {
			a.levels[i] = strings.TrimSpace(strings.TrimLeft(line, "0123 .:：-–)"))
		}
		words = ""
	}
	most := 3
	for n := range a.levels {
		most = max(most, n)
	}
	var missing []string
	for n := range most + 1 {
		text := cut(a.levels[n])
		if text == "" {
			missing = append(missing, strconv.Itoa(n))
			text = strconv.Itoa(n)
		}
		out.Levels = append(out.Levels, scheme.Text{Zh: text})
	}
	if missing != nil {
		tell(description, "programme.columns_levels", strings.Join(missing, ", "), a.name)
	}
	return words
}

func (r *reader) levelWords(a *aspect) string {
	var out []string
	for n := range 10 {
		if text, ok := a.levels[n]; ok {
			out = append(out, strconv.Itoa(n)+": "+text)
		}
	}
	return strings.Join(out, "\n")
}

// sectionOf finds the section that an aspect names.
func (r *reader) sectionOf(a *aspect, tell func(role, string, string, string)) string {
	if a.section == "" {
		return ""
	}
	m := leadNumber.FindStringSubmatch(strings.ToLower(oneLine(a.section)))
	if m == nil {
		tell(section, "programme.columns_section", "", a.section)
		return ""
	}
	for _, s := range r.standards {
		if s.number == m[1] {
			return "s" + m[1]
		}
	}
	if slices.ContainsFunc(r.standards, func(s standard) bool { return s.declared != nil }) {
		tell(section, "programme.columns_section", "", a.section)
		return ""
	}
	r.standards = append(r.standards, standard{number: m[1], name: m[1]})
	return "s" + m[1]
}

// sections makes the standards; their marks are what the rows add up to, and are
// held against what is declared.
func (r *reader) sections(sums map[string]exact.Num) *scheme.Standards {
	out := &scheme.Standards{}
	for _, s := range r.standards {
		sum := sums["s"+s.number]
		out.Sections = append(out.Sections, scheme.Section{ID: "s" + s.number, Name: scheme.Text{Zh: cut(s.name)}, Max: &sum})
		if s.declared != nil {
			r.hold(*s.declared, s.name, sum)
		}
	}
	if out.Sections == nil {
		return nil
	}
	return out
}

// hold tells of a sum, and that it is not what the rows add up to.
func (r *reader) hold(declared stated, name string, actual exact.Num) {
	d, a := declared.of.String(), actual.String()
	r.out.Sums = append(r.out.Sums, marktable.Sum{Place: declared.at, Name: name, Declared: d, Actual: a})
	if d != a {
		r.out.Unread = append(r.out.Unread, marktable.Unread{Place: declared.at, Text: d, Why: "programme.table_sum", Hint: d + " ≠ " + a, Aspects: []string{}})
	}
}

func (r *reader) totals(total exact.Num) {
	for _, k := range r.criteria {
		for _, d := range k.declared {
			r.hold(d, strings.TrimSpace(k.letter+" "+k.name), k.sum())
		}
		for _, u := range k.subs {
			for _, d := range u.declared {
				r.hold(d, strings.TrimSpace(u.id+" "+u.name), u.sum())
			}
		}
	}
	for _, d := range r.said {
		actual := d.of[0]
		for _, n := range d.of {
			if n.Equal(d.stated.of) {
				actual = n
			}
		}
		r.hold(d.stated, "", actual)
	}
	for _, d := range r.whole {
		r.hold(d, "", total)
	}
}

// write writes the scheme; it compiles.
func (r *reader) write(s *scheme.Scheme) error {
	raw, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	var faults scheme.Faults
	if _, err = scheme.Parse(raw); errors.As(err, &faults) {
		var fields []fault.Field
		for _, f := range faults {
			fields = append(fields, fault.At(f.Path, f.Code, f.Hint))
		}
		return fault.New(fault.Refused, "programme.table_faulty", fields...)
	}
	r.out.Text = raw
	return err
}
