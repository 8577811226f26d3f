package excel_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiangtai/server/paper/excel"
)

// Sheets of one book are read again each by its layout, with lists of their own
// to choose from: the second's must not lie over the first's.
func TestSeveralSheets(t *testing.T) {
	colours := []excel.Option{{Value: "r", Word: "红"}, {Value: "b", Word: "蓝"}}
	sizes := []excel.Option{{Value: "s", Word: "小"}, {Value: "m", Word: "中"}, {Value: "l", Word: "大"}}
	one := excel.Layout{Sheet: "甲", Columns: []excel.Column{{Key: "n", Title: "名"}, {Key: "c", Title: "色", Kind: excel.Choice, Options: colours, Note: "可空"}}}
	two := excel.Layout{Sheet: "乙", Columns: []excel.Column{{Key: "s", Title: "号", Kind: excel.Choice, Options: sizes}, {Key: "x", Title: "值", Required: true}}}
	data, err := excel.Write([]excel.Filled{{one, [][]string{{"=a", "蓝"}}}, {two, [][]string{{"大", "-1"}, {"", "0.50"}}}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := excel.Open(t.Context(), data, excel.Usual())
	if err != nil || !b.Has("乙") || !b.Has("填写说明") || b.Has("丙") {
		t.Fatal(b.Sheets(), err)
	}
	first, err := b.Read(t.Context(), one)
	if err != nil || len(first.Faults) > 0 || len(first.Rows) != 1 || first.Rows[0].Values["n"] != "=a" || first.Rows[0].Values["c"] != "b" {
		t.Errorf("%+v, %v", first, err)
	}
	second, err := b.Read(t.Context(), two)
	if err != nil || len(second.Faults) > 0 || len(second.Rows) != 2 || second.Rows[0].Values["s"] != "l" || second.Rows[1].Values["x"] != "0.50" {
		t.Errorf("%+v, %v", second, err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for sheet, want := range map[string][]string{"甲": {"红", "蓝"}, "乙": {"小", "中", "大"}} {
		rules, err := f.GetDataValidations(sheet)
		if err != nil || len(rules) != 1 {
			t.Fatal(sheet, rules, err)
		}
		cols, err := f.GetCols("选项")
		if err != nil {
			t.Fatal(err)
		}
		var column int
		for i := range cols {
			if bytes.Contains([]byte(rules[0].Formula1), []byte("$"+excel.Letters(i+1)+"$1")) {
				column = i
			}
		}
		for i, w := range want {
			if cols[column][i] != w {
				t.Errorf("%s chooses from %v by %s", sheet, cols[column], rules[0].Formula1)
			}
		}
	}
}
