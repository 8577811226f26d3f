package marktable

import (
	"bytes"
	"context"
	"errors"
	"strconv"

	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
	"jiangtai/server/paper/word"
)

// Open reads the tables of a file: a document (.docx) or a workbook (.xlsx), told
// apart by what lies in it. What is wrong is the program's error with codes word.…
// and excel.…; Unsupported for another kind of file.
func Open(ctx context.Context, data []byte) ([]*Grid, error) {
	if bytes.Contains(data, []byte("xl/workbook.xml")) && !bytes.Contains(data, []byte("word/document.xml")) {
		return ofBook(ctx, data)
	}
	tables, err := word.Tables(ctx, data, word.Usual())
	if err != nil {
		return nil, ofWord(err)
	}
	var out []*Grid
	for i, t := range tables {
		g := &Grid{Name: "表" + strconv.Itoa(i+1), Title: t.Title}
		for _, row := range t.Rows {
			var cells []Cell
			for _, c := range row {
				cells = append(cells, Cell{Text: c.Text, Left: c.Left, Up: c.Up})
			}
			g.Rows = append(g.Rows, cells)
		}
		out = append(out, g)
	}
	return out, nil
}

// mostSheets and mostRows are more than any marking table has.
const (
	mostSheets = 20
	mostRows   = 2000
)

func ofBook(ctx context.Context, data []byte) ([]*Grid, error) {
	limits := excel.Usual()
	limits.Rows = mostRows
	b, err := excel.Open(ctx, data, limits)
	if err != nil {
		return nil, ofExcel(err)
	}
	var out []*Grid
	for _, name := range b.Sheets()[:min(len(b.Sheets()), mostSheets)] {
		rows, err := b.Squares(ctx, name)
		if err != nil {
			return nil, ofExcel(err)
		}
		g := &Grid{Name: name, Letters: true}
		for _, row := range rows {
			var cells []Cell
			for _, c := range row {
				cells = append(cells, Cell(c))
			}
			g.Rows = append(g.Rows, cells)
		}
		out = append(out, g)
	}
	return out, nil
}

func ofWord(err error) error {
	var e *word.Error
	if !errors.As(err, &e) {
		return err
	}
	return refusal(e.IsType, e.Code == "word.too_large", e.Code, fault.At(e.Place, e.Code, e.Hint))
}

func ofExcel(err error) error {
	var e *excel.Error
	if !errors.As(err, &e) {
		return err
	}
	var fields []fault.Field
	for _, f := range e.Faults {
		fields = append(fields, fault.At(f.Place, f.Code, f.Hint))
	}
	return refusal(e.IsType, e.Faults[0].Code == "excel.too_large", e.Faults[0].Code, fields...)
}

func refusal(isType, isLarge bool, code string, fields ...fault.Field) error {
	kind := fault.Refused
	switch {
	case isType:
		kind = fault.Unsupported
	case isLarge:
		kind = fault.TooLarge
	}
	return fault.New(kind, code, fields...)
}
