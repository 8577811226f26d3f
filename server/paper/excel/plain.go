package excel

import (
	"slices"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Plain is a sheet of rows whose form belongs to others and not to a layout.
type Plain struct {
	Sheet   string
	Rows    [][]string
	Heads   []int     // rows, from 0, that are headings
	Numbers []int     // columns, from 0, whose numbers are written as numbers and not as text
	Widths  []float64 // of the columns, in characters
}

// WritePlain is a workbook of such sheets. What is no plain number in a column of
// numbers is a text there too.
func WritePlain(sheets []Plain) ([]byte, error) {
	w := newWriter(sheets[0].Sheet)
	for i, s := range sheets {
		w.sheet = s.Sheet
		if i > 0 {
			_, err := w.file.NewSheet(w.sheet)
			w.do(err)
		}
		w.plain(s)
	}
	return w.bytes()
}

func (w *sheetWriter) plain(s Plain) {
	wrapped := w.style(excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	head := w.style(excelize.Style{
		Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DCE6F1"}},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
	})
	for r, row := range s.Rows {
		style := wrapped
		if slices.Contains(s.Heads, r) {
			style = head
		}
		for c, text := range row {
			cell := Letters(c+1) + strconv.Itoa(r+1)
			if n, ok := plainNumber(text); ok && text == n && slices.Contains(s.Numbers, c) {
				w.do(w.file.SetCellDefault(s.Sheet, cell, text))
			} else {
				w.put(s.Sheet, r+1, c+1, text)
			}
			if text != "" || slices.Contains(s.Heads, r) {
				w.do(w.file.SetCellStyle(s.Sheet, cell, cell, style))
			}
		}
	}
	for c, width := range s.Widths {
		w.do(w.file.SetColWidth(s.Sheet, Letters(c+1), Letters(c+1), width))
	}
}
