package excel_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiangtai/server/paper/excel"
)

// A sheet as people see it: merged cells, numbers as they are typed, lines, what a
// formula gave.
func TestSquares(t *testing.T) {
	f := excelize.NewFile()
	for at, v := range map[string]any{"A1": "评分表", "A2": "项目", "B2": "配分", "A3": "外圆\nΦ30", "B3": 0.1, "B4": "３", "C5": "末"} {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	_ = f.MergeCell("Sheet1", "A1", "C1")
	_ = f.MergeCell("Sheet1", "A3", "A4")
	_ = f.MergeCell("Sheet1", "B5", "B900000")
	got := squares(t, written(t, f))
	want := "[评分表 评分表< 评分表<] [项目 配分 ] [外圆/Φ30 0.1 ] [外圆/Φ30^ 3 ] [  末]"
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
	got = squares(t, cells(t, `<row r="2"><c r="A2"><f>SUM(A1)</f><v>100</v></c><c r="B2"><f>A1</f></c><c r="C2" t="b"><v>1</v></c></row>`))
	if !strings.HasSuffix(got, "[100= = 1   ]") {
		t.Error(got)
	}
}

func squares(t *testing.T, data []byte) string {
	t.Helper()
	b, err := excel.Open(t.Context(), data, excel.Usual())
	if err != nil {
		t.Fatal(err)
	}
	rows, err := b.Squares(t.Context(), b.Sheets()[0])
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows {
		var line []string
		for _, s := range row {
			text := strings.ReplaceAll(s.Text, "\n", "/")
			for mark, is := range map[string]bool{"<": s.Left, "^": s.Up, "=": s.IsFormula} {
				if is {
					text += mark
				}
			}
			line = append(line, text)
		}
		out = append(out, fmt.Sprint(line))
	}
	return strings.Join(out, " ")
}

// Ranges that lie, overlap or are without number are bounded.
func TestHostileJoins(t *testing.T) {
	join := func(refs ...string) error {
		sheet := `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="20000"><c r="CV20000" t="str"><v>x</v></c></row></sheetData><mergeCells>`
		for _, r := range refs {
			sheet += `<mergeCell ref="` + r + `"/>`
		}
		b, err := excel.Open(t.Context(), with(t, map[string]string{"xl/worksheets/sheet1.xml": sheet + `</mergeCells></worksheet>`}), excel.Usual())
		if err != nil {
			t.Fatal(err)
		}
		_, err = b.Squares(t.Context(), b.Sheets()[0])
		return err
	}
	for _, bad := range []string{"", "A1", "B2:A1", "A0:B1", "A1:ZZZZZ9", "1:2"} {
		if err := join(bad); refusal(err) != "xml" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	many := make([]string, 20_000)
	for i := range many {
		many[i] = "A1:CV20000" // each would be two million squares
	}
	if err := join(many...); err != nil {
		t.Error(err)
	}
	b, _ := excel.Open(t.Context(), sheet(t, titles), excel.Usual())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Squares(ctx, "报名表"); refusal(err) != "too_slow" {
		t.Error(err)
	}
	if rows, err := b.Squares(t.Context(), "没有"); rows != nil || err != nil {
		t.Error(rows, err)
	}
}
