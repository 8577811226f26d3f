package worldsheet

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jiangtai/scoring/exact"
	"jiangtai/scoring/scheme"
	"jiangtai/scoring/scheme/diff"
	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
	"jiangtai/server/programme/programmeweb/marktable"
)

// The sheets of the book.
const (
	markSheet = "CIS Marking Scheme Import"
	lossSheet = "未能表达 Not in this sheet"
)

// heads are the titles of the eleven columns.
var heads = []string{
	"Sub Criterion ID", "Sub Criterion Name or Description", "Day of Marking", "Aspect Type (M = Meas, J = Judg)", "Aspect - Description", "Judg Score",
	"Extra Aspect Description (Meas or Judg) or Judgement Score Description (Judg only)", "Requirement or Nominal Size (Meas only)", "WSSS Section",
	"Calculation Row (Export only)", "Max Mark",
}

// Book is a scheme as a sheet of eleven columns.
type Book struct {
	Data []byte
	// Lost is what of the scheme the sheet does not say: the changes from the scheme to
	// what is read back from the sheet, by the scheme's own ids and without what only the
	// sheet has.
	Lost []diff.Change
}

// Write makes a sheet of a scheme's text. Refused programme.columns_nothing for one
// none of whose aspects has marks.
func Write(ctx context.Context, source []byte) (Book, error) {
	s, err := scheme.Parse(source)
	if err != nil {
		return Book{}, fmt.Errorf("read the scheme: %w", err)
	}
	w := &writer{s: s}
	w.all()
	if len(w.kept) == 0 {
		return Book{}, fault.New(fault.Refused, "programme.columns_nothing")
	}
	main := excel.Plain{Sheet: markSheet, Rows: w.rows, Heads: w.heads, Numbers: []int{2, 3, 5, 8, 10}, Widths: []float64{12, 28, 10, 10, 44, 10, 44, 24, 10, 12, 10}}
	data, err := excel.WritePlain([]excel.Plain{main})
	if err != nil {
		return Book{}, err
	}
	back, err := readBack(ctx, data)
	if err != nil {
		return Book{}, err
	}
	if err := w.rename(back); err != nil {
		return Book{}, err
	}
	out := Book{Lost: losses(diff.Compare(s, back))}
	out.Data, err = excel.WritePlain([]excel.Plain{main, lossRows(out.Lost)})
	return out, err
}

func readBack(ctx context.Context, data []byte) (*scheme.Scheme, error) {
	grids, err := marktable.Open(ctx, data)
	if err != nil {
		return nil, err
	}
	read, err := Read(grids)
	if err != nil {
		return nil, err
	}
	return scheme.Parse(read.Text)
}

// writer lays a scheme out in rows.
type writer struct {
	s     *scheme.Scheme
	rows  [][]string
	heads []int
	// kept are the aspects that have a row, in their order.
	kept []kept
}

// kept is an aspect with what holds it.
type kept struct {
	component *scheme.Component
	criterion *scheme.Criterion
	sub       *scheme.SubCriterion
	aspect    *scheme.Aspect
	max       exact.Num
}

func (w *writer) row(cells map[role]string) {
	out := make([]string, roles)
	for r, text := range cells {
		out[r] = text
	}
	w.rows = append(w.rows, out)
}

func (w *writer) head(cells ...string) {
	w.heads = append(w.heads, len(w.rows))
	w.rows = append(w.rows, cells)
}

func (w *writer) all() {
	w.choose()
	w.head(w.s.Name.Zh)
	w.rows = append(w.rows, nil)
	w.above()
	var k *scheme.Criterion
	var u *scheme.SubCriterion
	letters, subs := -1, 0
	for _, a := range w.kept {
		if a.criterion != k {
			k, subs = a.criterion, 0
			letters++
			w.rows = append(w.rows, nil)
			w.row(map[role]string{subID: "Criterion " + scheme.Letter(letters), subName: k.Name.Zh, calculation: "Total Mark", marks: w.sumOf(k).String()})
			w.head(heads...)
		}
		if a.sub != u {
			u = a.sub
			subs++
			w.row(map[role]string{subID: scheme.Letter(letters) + strconv.Itoa(subs), subName: u.Name.Zh})
		}
		w.aspect(a)
	}
}

// choose takes the aspects that have marks of their own; they are given as they
// count in the total, where that is a number that a scheme may hold.
func (w *writer) choose() {
	for i := range w.s.Components {
		c := &w.s.Components[i]
		share := exact.One
		switch {
		case c.Weight != nil:
			share = *c.Weight
		case c.Factor != nil:
			share = *c.Factor
		}
		for j := range c.Criteria {
			k := &c.Criteria[j]
			of := share
			if k.Factor != nil {
				of = of.Mul(*k.Factor)
			}
			for l := range k.Subs {
				for m := range k.Subs[l].Aspects {
					a := &k.Subs[l].Aspects[m]
					best, closed := w.s.BestMark(a)
					if !closed || best.Sign() <= 0 {
						continue
					}
					w.kept = append(w.kept, kept{c, k, &k.Subs[l], a, counting(best, of)})
				}
			}
		}
	}
}

// counting is what a mark counts, as a number that a cell can hold.
func counting(best, share exact.Num) exact.Num {
	n := best.Mul(share)
	if back, err := exact.Parse(n.String()); err == nil && back.Equal(n) {
		return n
	}
	return best.Round(6, exact.HalfUp)
}

func (w *writer) sumOf(k *scheme.Criterion) exact.Num {
	sum := exact.Zero
	for _, a := range w.kept {
		if k == nil || a.criterion == k {
			sum = sum.Add(a.max)
		}
	}
	return sum
}

// above writes the tables of criteria and of sections beside each other.
func (w *writer) above() {
	var left, right [][]string
	var k *scheme.Criterion
	for _, a := range w.kept {
		if a.criterion != k {
			k = a.criterion
			left = append(left, []string{scheme.Letter(len(left)), k.Name.Zh, w.sumOf(k).String()})
		}
	}
	left = append(left, []string{"", "Total", w.sumOf(nil).String()})
	if w.s.Standards != nil {
		for i, s := range w.s.Standards.Sections {
			right = append(right, []string{strconv.Itoa(i + 1), s.Name.Zh, s.Max.String()})
		}
	}
	titles := []string{"ID", "Name", "Mark"}
	if right != nil {
		titles = append(titles, "Section", "WSSS Section", "WSSS Marks")
	}
	w.head(titles...)
	for i := range max(len(left), len(right)) {
		row := []string{"", "", ""}
		if i < len(left) {
			copy(row, left[i])
		}
		if i < len(right) {
			row = append(row, right[i]...)
		}
		w.rows = append(w.rows, row)
	}
}

// aspect writes an aspect's rows.
func (w *writer) aspect(k kept) {
	a := k.aspect
	cells := map[role]string{kind: "M", description: a.Name.Zh, section: w.sectionOf(a), marks: k.max.String()}
	help := ""
	if a.Help != nil {
		help = a.Help.Zh
	}
	var lines []string
	switch {
	case a.Kind == scheme.Judgement:
		cells[kind] = "J"
		lines = strings.Split(help, "\n")
	case (a.Kind == scheme.Tolerance || a.Kind == scheme.Limits) && sizeText(a) != "":
		cells[requirement] = sizeText(a)
		lines = strings.Split(help, "\n")
	default:
		lines = strings.Split(w.measured(a, k.max, help), "\n")
	}
	cells[extra] = lines[0]
	w.row(cells)
	for _, line := range lines[1:] {
		w.row(map[role]string{extra: line})
	}
	for n, level := range a.Levels {
		w.row(map[role]string{score: strconv.Itoa(n), extra: level.Zh})
	}
}

// measured are the words of a measurement without a size.
func (w *writer) measured(a *scheme.Aspect, whole exact.Num, help string) string {
	switch a.Kind {
	case scheme.YesNo:
		return help
	case scheme.Counted:
		if h := howOf(help, whole); h.kind == a.Kind && h.per.Equal(*a.Per) {
			return help
		}
		return joined(howText(a, whole), help)
	case scheme.PointsKind:
		return joined(howText(a, whole), help)
	}
	return joined(howText(&scheme.Aspect{}, whole), strings.Join(details(a), "\n"), help)
}

func (w *writer) sectionOf(a *scheme.Aspect) string {
	if a.Section == "" {
		return ""
	}
	for i, s := range w.s.Standards.Sections {
		if s.ID == a.Section {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}
