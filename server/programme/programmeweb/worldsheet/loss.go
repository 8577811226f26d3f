package worldsheet

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jiangtai/scoring/scheme"
	"jiangtai/scoring/scheme/diff"
	"jiangtai/server/paper/excel"
)

// rename gives what was read back the scheme's own ids, where a thing of the one is
// one of the other, so that the comparison finds them.
func (w *writer) rename(back *scheme.Scheme) error {
	i := 0
	eachAspect(back, func(*scheme.Aspect) { i++ })
	if i != len(w.kept) {
		return fmt.Errorf("read the sheet back: %d aspects of %d", i, len(w.kept))
	}
	i = 0
	c := &back.Components[0]
	c.ID = w.kept[0].component.ID
	for j := range c.Criteria {
		k := &c.Criteria[j]
		k.ID = w.kept[i].criterion.ID
		for l := range k.Subs {
			k.Subs[l].ID = w.kept[i].sub.ID
			for m := range k.Subs[l].Aspects {
				k.Subs[l].Aspects[m].ID = w.kept[i].aspect.ID
				i++
			}
		}
	}
	if w.s.Standards != nil && back.Standards != nil {
		ids := map[string]string{}
		for n := range back.Standards.Sections {
			ids[back.Standards.Sections[n].ID] = w.s.Standards.Sections[n].ID
			back.Standards.Sections[n].ID = w.s.Standards.Sections[n].ID
		}
		eachAspect(back, func(a *scheme.Aspect) { a.Section = ids[a.Section] })
	}
	w.renamePanels(back)
	return nil
}

// renamePanels finds the panel that all who measure, or all who judge, belong to.
func (w *writer) renamePanels(back *scheme.Scheme) {
	was := map[string]map[string]bool{}
	i := 0
	eachAspect(back, func(a *scheme.Aspect) {
		if was[a.Panel] == nil {
			was[a.Panel] = map[string]bool{}
		}
		was[a.Panel][w.kept[i].aspect.Panel] = true
		i++
	})
	taken := map[string]bool{}
	for n := range back.Panels {
		p := &back.Panels[n]
		names := slices.Sorted(maps.Keys(was[p.ID]))
		if len(names) != 1 || names[0] == "" || taken[names[0]] {
			continue
		}
		taken[names[0]] = true
		eachAspect(back, func(a *scheme.Aspect) {
			if a.Panel == p.ID {
				a.Panel = names[0]
			}
		})
		p.ID = names[0]
	}
}

func eachAspect(s *scheme.Scheme, visit func(*scheme.Aspect)) {
	for i := range s.Components {
		for j := range s.Components[i].Criteria {
			for k := range s.Components[i].Criteria[j].Subs {
				all := s.Components[i].Criteria[j].Subs[k].Aspects
				for l := range all {
					visit(&all[l])
				}
			}
		}
	}
}

// losses leaves out what only the sheet has.
func losses(all []diff.Change) []diff.Change {
	return slices.DeleteFunc(all, func(c diff.Change) bool {
		return c.Kind == diff.Added || c.Kind == diff.Changed && len(c.Before) == 0
	})
}

// lossRows is the sheet behind the first.
func lossRows(lost []diff.Change) excel.Plain {
	out := excel.Plain{
		Sheet: lossSheet, Heads: []int{0}, Widths: []float64{10, 36, 22, 44, 44},
		Rows: [][]string{{"编号 Code", "名称 Name", "字段 Field", "方案中 In the scheme", "此表中 In this sheet"}},
	}
	for _, c := range lost {
		field := c.Field
		if c.Kind != diff.Changed {
			field = string(c.Kind)
		}
		code := c.Place.Code
		if code == "" {
			code = c.Place.Sort
		}
		name := c.Place.Name.Zh
		if name == "" {
			name = c.Place.ID
		}
		out.Rows = append(out.Rows, []string{code, name, field, lines(c.Before), lines(c.After)})
	}
	if len(lost) == 0 {
		out.Rows = append(out.Rows, []string{"", "无 Nothing"})
	}
	return out
}

func lines(all []scheme.Text) string {
	var out []string
	for _, t := range all {
		if t.En != "" && t.Zh != t.En {
			out = append(out, strings.TrimSpace(t.Zh+" "+t.En))
		} else {
			out = append(out, t.Zh)
		}
	}
	return strings.Join(out, "\n")
}

// details are the lists of an aspect that the sheet has no columns for, a line each,
// so that who holds the paper can still mark by it.
func details(a *scheme.Aspect) []string {
	var out []string
	unit := ""
	if a.Unit != "" {
		unit = " " + a.Unit
	}
	if s := sizeText(&scheme.Aspect{Kind: scheme.Limits, Nominal: a.Nominal, Low: a.Low, High: a.High, Unit: a.Unit}); s != "" && a.Kind == scheme.Excess {
		out = append(out, s)
	}
	if a.Kind == scheme.Excess {
		if a.Tol != nil && a.Nominal != nil {
			out = append(out, a.Nominal.String()+" ±"+a.Tol.String()+unit)
		}
		out = append(out, fmt.Sprintf("%s: -%s", a.Step, a.Per))
	}
	for _, b := range a.Bands {
		limit := b.To
		sign := "≤ "
		if b.Tol != nil {
			limit, sign = b.Tol, "± "
		}
		if limit != nil {
			out = append(out, sign+limit.String()+unit+": "+b.Mark.String())
		}
	}
	for _, row := range a.Rows {
		var when []string
		for _, c := range row.When {
			when = append(when, conditionText(c))
		}
		out = append(out, strings.Join(when, "; ")+": "+row.Mark.String())
	}
	for _, i := range a.Items {
		switch {
		case i.Amount != nil:
			out = append(out, i.Name.Zh+": -"+i.Amount.String())
		case i.From != nil && i.To != nil:
			out = append(out, i.Name.Zh+": -"+i.From.String()+" … -"+i.To.String())
		}
	}
	for _, g := range a.Grades {
		out = append(out, g.Name.Zh+": "+g.From.String()+" … "+g.To.String())
	}
	return out
}

func conditionText(c scheme.Condition) string {
	var out []string
	for _, p := range []struct {
		sign string
		n    *scheme.Num
	}{{"≥", c.Ge}, {">", c.Gt}, {"≤", c.Le}, {"<", c.Lt}} {
		if p.n != nil {
			out = append(out, p.sign+p.n.String())
		}
	}
	if out == nil {
		return "*"
	}
	return strings.Join(out, " ")
}
