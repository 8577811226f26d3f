package excel

import (
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// templateRows is how many rows of a template carry formats and lists to choose
// from.
const templateRows = 2000

// sheetWriter writes one workbook; the first error stays.
type sheetWriter struct {
	file  *excelize.File
	sheet string
	err   error
}

func newWriter(sheet string) *sheetWriter {
	w := &sheetWriter{file: excelize.NewFile(), sheet: sheet}
	w.do(w.file.SetSheetName("Sheet1", sheet))
	return w
}

func (w *sheetWriter) do(err error) {
	if w.err == nil {
		w.err = err
	}
}

func (w *sheetWriter) style(s excelize.Style) int {
	id, err := w.file.NewStyle(&s)
	w.do(err)
	return id
}

// put writes a text, which stays one.
func (w *sheetWriter) put(sheet string, row, column int, s string) {
	if s != "" {
		w.do(w.file.SetCellStr(sheet, Letters(column)+strconv.Itoa(row), Escape(s)))
	}
}

func (w *sheetWriter) bytes() ([]byte, error) {
	if w.err != nil {
		return nil, w.err
	}
	b, err := w.file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), w.file.Close()
}

// header writes the titles in the first row, and gives columns their width and
// the format of text, so that a program keeps every digit that is typed.
func (w *sheetWriter) header(l Layout, more ...string) {
	head := w.style(excelize.Style{
		Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"1F5E8C"}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
	})
	asText := w.style(excelize.Style{NumFmt: 49})
	titles := []string{markTitle}
	for _, c := range l.Columns {
		title := c.Title
		if c.Required {
			title += " *"
		}
		titles = append(titles, title)
	}
	titles = append(titles, more...)
	last := Letters(len(titles))
	w.do(w.file.SetColStyle(w.sheet, "A:"+last, asText))
	for i, title := range titles {
		width := 14
		switch {
		case i == 0:
			width = 8
		case i > len(l.Columns):
			width = 60
		case l.Columns[i-1].Width > 0:
			width = l.Columns[i-1].Width
		}
		w.put(w.sheet, 1, i+1, title)
		w.do(w.file.SetColWidth(w.sheet, Letters(i+1), Letters(i+1), float64(width)))
	}
	w.do(w.file.SetCellStyle(w.sheet, "A1", last+"1", head))
	w.do(w.file.SetRowHeight(w.sheet, 1, 28))
	w.do(w.file.SetPanes(w.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
}

// Template is an empty workbook of the layout: the header, an example that is
// passed over when it is read again, lists to choose from, and a sheet that
// explains the columns.
func Template(l Layout) ([]byte, error) {
	w := newWriter(l.Sheet)
	w.header(l)
	w.put(w.sheet, 2, 1, markExample)
	for i, c := range l.Columns {
		w.put(w.sheet, 2, i+2, c.Example)
	}
	grey := w.style(excelize.Style{NumFmt: 49, Font: &excelize.Font{Color: "8A8A8A", Italic: true}})
	w.do(w.file.SetCellStyle(w.sheet, "A2", Letters(len(l.Columns)+1)+"2", grey))
	w.explain(l)
	w.choices(l, 1)
	return w.bytes()
}

// explain writes the second sheet.
func (w *sheetWriter) explain(l Layout) {
	const sheet = "填写说明"
	_, err := w.file.NewSheet(sheet)
	w.do(err)
	for i, title := range []string{"列", "必填", "说明", "可选值"} {
		w.put(sheet, 1, i+1, title)
	}
	for i, c := range l.Columns {
		w.put(sheet, i+2, 1, c.Title)
		if c.Required {
			w.put(sheet, i+2, 2, "是")
		}
		w.put(sheet, i+2, 3, c.Note)
		var words []string
		for _, o := range c.Options {
			words = append(words, o.Word)
		}
		w.put(sheet, i+2, 4, strings.Join(words[:min(len(words), 40)], "、"))
	}
	w.do(w.file.SetColWidth(sheet, "A", "A", 20))
	w.do(w.file.SetColWidth(sheet, "C", "D", 60))
}

// choices sets lists on the columns of that kind. They lie on a hidden sheet:
// a list within the rule may have 255 characters only. The lists stand behind
// its column from, and what comes back is the last that they take.
func (w *sheetWriter) choices(l Layout, from int) int {
	const sheet = "选项"
	last := from
	for i, c := range l.Columns {
		if c.Kind != Choice || len(c.Options) == 0 {
			continue
		}
		if at, err := w.file.GetSheetIndex(sheet); err == nil && at < 0 {
			_, err := w.file.NewSheet(sheet)
			w.do(err)
			w.do(w.file.SetSheetVisible(sheet, false))
		}
		last = from + i + 1
		for n, o := range c.Options {
			w.put(sheet, n+1, last, o.Word)
		}
		at, list := Letters(i+2), Letters(last)
		rule := excelize.NewDataValidation(true)
		rule.Sqref = at + "2:" + at + strconv.Itoa(templateRows)
		rule.SetSqrefDropList("'" + sheet + "'!$" + list + "$1:$" + list + "$" + strconv.Itoa(len(c.Options)))
		rule.SetError(excelize.DataValidationErrorStyleStop, c.Title, "请从列表中选择")
		w.do(w.file.AddDataValidation(w.sheet, rule))
	}
	return last
}

// Export writes rows, given by the layout's columns, as texts.
func Export(l Layout, rows [][]string) ([]byte, error) {
	w := newWriter(l.Sheet)
	w.header(l)
	for n, row := range rows {
		w.put(w.sheet, n+2, 1, strconv.Itoa(n+1))
		for i, s := range row {
			w.put(w.sheet, n+2, i+2, s)
		}
	}
	return w.bytes()
}

// Annotate writes an upload again, row for row at the same place, with a last
// column that says what is wrong with each. words say so by row number; 0 is the
// header's. It can be corrected and sent again as it is.
func Annotate(l Layout, t Table, words map[int][]string) ([]byte, error) {
	w := newWriter(l.Sheet)
	w.header(l, problemTitle)
	problem := len(l.Columns) + 2
	red := w.style(excelize.Style{NumFmt: 49, Font: &excelize.Font{Color: "B3261E"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FCE8E6"}}})
	if len(words[0]) > 0 {
		w.put(w.sheet, 1, problem, problemTitle)
		w.put(w.sheet, 2, problem, strings.Join(words[0], "；"))
	}
	for _, r := range t.Rows {
		for i, s := range r.Raw {
			w.put(w.sheet, r.Number, i+2, s)
		}
		if len(words[r.Number]) == 0 {
			continue
		}
		w.put(w.sheet, r.Number, problem, strings.Join(words[r.Number], "；"))
		w.do(w.file.SetCellStyle(w.sheet, "A"+strconv.Itoa(r.Number), Letters(problem)+strconv.Itoa(r.Number), red))
	}
	return w.bytes()
}
