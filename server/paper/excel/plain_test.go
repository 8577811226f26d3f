package excel_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiangtai/server/paper/excel"
)

// Rows are written where they stand; a number is one only in a column of numbers,
// and no text becomes a formula.
func TestPlainSheets(t *testing.T) {
	data, err := excel.WritePlain([]excel.Plain{
		{Sheet: "一", Rows: [][]string{{"甲", "Mark"}, {"=1+1", "0.25"}, {"3", "=2"}, nil, {"", "第二\n行"}}, Heads: []int{0}, Numbers: []int{1}, Widths: []float64{20}},
		{Sheet: "二", Rows: [][]string{{"x"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A1": "甲", "A2": "'=1+1", "B2": "0.25", "A3": "3", "B3": "'=2", "B5": "第二\n行"} {
		if got, err := f.GetCellValue("一", cell); got != want || err != nil {
			t.Errorf("%s: %q %v", cell, got, err)
		}
		if formula, _ := f.GetCellFormula("一", cell); formula != "" {
			t.Errorf("%s is the formula %s", cell, formula)
		}
	}
	for cell, isText := range map[string]bool{"B2": false, "A3": true} {
		if kind, err := f.GetCellType("一", cell); err != nil || (kind == excelize.CellTypeSharedString) != isText {
			t.Errorf("%s: %v %v", cell, kind, err)
		}
	}
	b, err := excel.Open(t.Context(), data, excel.Usual())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.Squares(t.Context(), "一")
	if err != nil || rows[1][0].Text != "=1+1" || rows[4][1].Text != "第二\n行" || len(b.Sheets()) != 2 {
		t.Errorf("%+v %v", rows, err)
	}
}
