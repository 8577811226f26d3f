package excel

import "strconv"

// Prefilled is a template of the layout with rows in it, given by its columns, for
// who fills in the rest: no example, but the lists to choose from and the sheet
// that explains the columns.
func Prefilled(l Layout, rows [][]string) ([]byte, error) {
	w := newWriter(l.Sheet)
	w.header(l)
	for n, row := range rows {
		w.put(w.sheet, n+2, 1, strconv.Itoa(n+1))
		for i, s := range row {
			w.put(w.sheet, n+2, i+2, s)
		}
	}
	w.explain(l)
	w.choices(l, 1)
	return w.bytes()
}

// Tidy is a text as it is read from a cell: titles that are made of people's words
// must go through it, or the header that was written is not found again.
func Tidy(s string) string {
	out, _ := tidy(s)
	return out
}
