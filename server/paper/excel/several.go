package excel

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Filled is a sheet of a layout with rows, given by the layout's columns.
type Filled struct {
	Layout Layout
	Rows   [][]string
}

// Write is a workbook of several sheets, each with its header and lists to choose
// from, and one behind them that explains all columns.
func Write(sheets []Filled) ([]byte, error) {
	w := newWriter(sheets[0].Layout.Sheet)
	listed := 1
	for i, s := range sheets {
		w.sheet = s.Layout.Sheet
		if i > 0 {
			_, err := w.file.NewSheet(w.sheet)
			w.do(err)
		}
		w.header(s.Layout)
		for n, row := range s.Rows {
			w.put(w.sheet, n+2, 1, strconv.Itoa(n+1))
			for c, text := range row {
				w.put(w.sheet, n+2, c+2, text)
			}
		}
		listed = w.choices(s.Layout, listed)
	}
	w.explainAll(sheets)
	return w.bytes()
}

// explainAll writes the last sheet.
func (w *sheetWriter) explainAll(sheets []Filled) {
	const sheet = "填写说明"
	_, err := w.file.NewSheet(sheet)
	w.do(err)
	bold := w.style(excelize.Style{Font: &excelize.Font{Bold: true}})
	for i, title := range []string{"工作表", "列", "必填", "说明", "可选值"} {
		w.put(sheet, 1, i+1, title)
	}
	w.do(w.file.SetCellStyle(sheet, "A1", "E1", bold))
	row := 2
	for _, s := range sheets {
		for _, c := range s.Layout.Columns {
			var words []string
			for _, o := range c.Options {
				words = append(words, o.Word)
			}
			required := ""
			if c.Required {
				required = "是"
			}
			for i, text := range []string{s.Layout.Sheet, c.Title, required, c.Note, strings.Join(words, "、")} {
				w.put(sheet, row, i+1, text)
			}
			row++
		}
	}
	w.do(w.file.SetColWidth(sheet, "A", "B", 18))
	w.do(w.file.SetColWidth(sheet, "D", "E", 60))
}

// Has says that the book has a sheet of that name.
func (b *Book) Has(sheet string) bool { return slices.Contains(b.Sheets(), sheet) }
