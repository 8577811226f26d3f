package excel_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiangtai/server/paper/excel"
	"jiangtai/server/paper/ooxml/ooxmltest"
)

// people is a small layout with every kind of column.
func people() excel.Layout {
	return excel.Layout{Sheet: "报名表", Columns: []excel.Column{
		{Key: "name", Title: "姓名", Required: true, Example: "梁志远", Note: "与证件一致"},
		{Key: "id", Title: "证件号码", Kind: excel.Number, Required: true, Example: "11010519491231002X", Width: 22},
		{Key: "years", Title: "从业年限", Kind: excel.Integer, Example: "5"},
		{Key: "until", Title: "有效期至", Kind: excel.Date, Example: "2027-01-31"},
		{Key: "kind", Title: "用工形式", Kind: excel.Choice, Options: []excel.Option{{"employee", "正式职工"}, {"migrant", "农民工"}}, Example: "正式职工"},
	}}
}

var titles = []any{"序号", "姓名", "证件号码", "从业年限", "有效期至", "用工形式"}

// sheet makes a workbook with rows in the layout's sheet, the header first.
func sheet(t *testing.T, rows ...[]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", "报名表"); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if err := f.SetSheetRow("报名表", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	return written(t, f)
}

func written(t *testing.T, f *excelize.File) []byte {
	t.Helper()
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// read opens and reads; the error is the file's.
func read(t *testing.T, data []byte) (excel.Table, error) { return readAs(t, people(), data) }

func readAs(t *testing.T, l excel.Layout, data []byte) (excel.Table, error) {
	t.Helper()
	b, err := excel.Open(t.Context(), data, excel.Usual())
	if err != nil {
		return excel.Table{}, err
	}
	return b.Read(t.Context(), l)
}

func mustRead(t *testing.T, data []byte) excel.Table {
	t.Helper()
	table, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// said are faults as place and code.
func said(faults []excel.Fault) string {
	var out []string
	for _, f := range faults {
		out = append(out, f.Place+" "+strings.TrimPrefix(f.Code, "excel."))
	}
	return strings.Join(out, "; ")
}

// refusal is the code of a file that cannot be read, with + for another type.
func refusal(err error) string {
	var e *excel.Error
	if !errors.As(err, &e) {
		return fmt.Sprint(err)
	}
	code := strings.TrimPrefix(e.Faults[0].Code, "excel.")
	if e.IsType {
		code += "+"
	}
	return code
}

// goodParts are those of a good workbook, made once.
var (
	goodOnce  sync.Once
	goodParts map[string]string
)

// with is a good workbook with parts changed or added.
func with(t *testing.T, change map[string]string) []byte {
	t.Helper()
	goodOnce.Do(func() { goodParts = ooxmltest.Taken(t, sheet(t, titles, []any{"", "梁志远", "11010519491231002X"})) })
	return ooxmltest.With(t, goodParts, change)
}

// cells is a workbook whose sheet is this XML.
func cells(t *testing.T, rows string) []byte {
	t.Helper()
	var head strings.Builder
	for i, title := range titles {
		fmt.Fprintf(&head, `<c r="%s1" t="inlineStr"><is><t>%s</t></is></c>`, excel.Letters(i+1), title)
	}
	return with(t, map[string]string{"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:A1"/><sheetData><row r="1">` + head.String() + `</row>` + rows + `</sheetData></worksheet>`})
}
