package excel

import (
	"context"
	"slices"
	"strings"
)

// maxFaults is how many faults are told; who has more has the wrong file.
const maxFaults = 2000

// Read reads the sheet of the layout's name, or the first one. The error is
// about the file or its size; all else stands in the table's faults, which come
// row by row. A header that is not the layout's gives no rows.
func (b *Book) Read(ctx context.Context, l Layout) (Table, error) {
	s := b.sheets[0]
	for _, other := range b.sheets {
		if other.name == l.Sheet {
			s = other
		}
	}
	g, err := b.read(ctx, s)
	if err != nil {
		return Table{}, err
	}
	t := Table{Sheet: s.name, places: map[string]int{}}
	if len(g.rows) == 0 {
		t.fault(1, 0, "excel.empty", "")
		return t, nil
	}
	columns := t.header(l, g.rows[0], g.cells[g.rows[0]])
	if len(t.Faults) > 0 {
		return t, nil
	}
	for _, n := range g.rows[1:] {
		t.row(l, columns, n, g.cells[n], b.is1904)
		if len(t.Faults) > maxFaults {
			t.Faults = t.Faults[:maxFaults]
			break
		}
	}
	if len(t.Rows) == 0 && len(t.Faults) == 0 {
		t.fault(g.rows[0], 0, "excel.empty", "")
	}
	return t, nil
}

func (t *Table) fault(row, column int, code, hint string) {
	t.Faults = append(t.Faults, Fault{PlaceOf(t.Sheet, row, column), row, code, hint})
}

// marked are the places of the layout's columns in the sheet; 0 the mark's.
type marked struct {
	at   []int // by the layout's columns
	mark int
}

// header finds the columns by their titles.
func (t *Table) header(l Layout, number int, cells map[int]cell) marked {
	m, byTitle := marked{at: make([]int, len(l.Columns))}, l.byTitle()
	seen := map[string]bool{}
	for _, column := range sorted(cells) {
		title, _ := tidy(cells[column].value)
		title = strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(title, "*"), "（必填）"))
		i, known := byTitle[title]
		switch {
		case cells[column].kind == formula:
			t.fault(number, column, "excel.formula", "")
		case seen[title]:
			t.fault(number, column, "excel.header_duplicate", title)
		case title == markTitle:
			m.mark = column
		case title == problemTitle:
		case !known:
			t.fault(number, column, "excel.header_unknown", cut(title))
		default:
			m.at[i] = column
			t.places[l.Columns[i].Key] = column
		}
		seen[title] = true
	}
	for i, c := range l.Columns {
		if m.at[i] == 0 && !c.Later {
			t.fault(number, 0, "excel.header_missing", c.Title)
		}
	}
	return m
}

func (t *Table) row(l Layout, m marked, number int, cells map[int]cell, is1904 bool) {
	if mark, _ := tidy(cells[m.mark].value); mark == markExample {
		return
	}
	r := Row{Number: number, Values: map[string]string{}, Raw: make([]string, len(l.Columns))}
	filled := false
	var faults []Fault
	for i, c := range l.Columns {
		in := cells[m.at[i]]
		r.Raw[i] = in.value
		filled = filled || in.kind != empty && strings.TrimSpace(in.value) != "" || in.kind == formula
		got := c.take(in, is1904)
		r.Values[c.Key] = got.value
		if c.Kind == Date && got.code == "" && in.kind != text {
			r.Raw[i] = got.value // nobody typed the count of days
		}
		place := PlaceOf(t.Sheet, number, m.at[i])
		switch {
		case got.code != "":
			faults = append(faults, Fault{place, number, got.code, got.hint})
		case got.changed:
			t.Notes = append(t.Notes, Fault{place, number, "excel.normalised", ""})
		case got.value == "" && c.Required:
			faults = append(faults, Fault{place, number, "excel.required", c.Title})
		}
	}
	if filled {
		t.Rows, t.Faults = append(t.Rows, r), append(t.Faults, faults...)
	}
}

func sorted(cells map[int]cell) []int {
	out := make([]int, 0, len(cells))
	for c := range cells {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}

// cut keeps a hint short.
func cut(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
