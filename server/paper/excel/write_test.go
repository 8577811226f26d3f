package excel_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiangtai/server/paper/excel"
	"jiangtai/server/paper/ooxml/ooxmltest"
)

func opened(t *testing.T, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestTemplate(t *testing.T) {
	data, err := excel.Template(people())
	if err != nil {
		t.Fatal(err)
	}
	f := opened(t, data)
	rows, err := f.GetRows("报名表")
	if err != nil || len(rows) != 2 || strings.Join(rows[0], ",") != "序号,姓名 *,证件号码 *,从业年限,有效期至,用工形式" || rows[1][0] != "示例" || rows[1][2] != "11010519491231002X" {
		t.Error(rows, err)
	}
	lists, err := f.GetDataValidations("报名表")
	if err != nil || len(lists) != 1 || lists[0].Sqref != "F2:F2000" {
		t.Errorf("%+v %v", lists, err)
	}
	if word, _ := f.GetCellValue("选项", "F2"); word != "农民工" {
		t.Error("the list is not there:", word)
	}
	style, _ := f.GetColStyle("报名表", "C")
	if s, err := f.GetStyle(style); err != nil || s.NumFmt != 49 {
		t.Error("the column of ID numbers is not of text:", err)
	}
	// Filled in and sent, it is read; the example is passed over.
	_ = f.SetCellStr("报名表", "B3", "梁志远")
	_ = f.SetCellStr("报名表", "C3", "11010519491231002X")
	_ = f.SetCellStr("报名表", "F3", "农民工")
	table := mustRead(t, written(t, f))
	if len(table.Rows) != 1 || len(table.Faults) != 0 || table.Rows[0].Values["kind"] != "migrant" {
		t.Errorf("%+v", table)
	}
}

// What comes home can be corrected and sent again as it is.
func TestAnnotate(t *testing.T) {
	table := mustRead(t, sheet(t, titles,
		[]any{"示例", "不算"},
		[]any{1, "梁志远", "11010519491231002X", 5, 45000, "农民工"},
		[]any{2, "", "110105194912310020", "五", "", "=1+1"},
	))
	data, err := excel.Annotate(people(), table, map[int][]string{4: {"姓名：不能为空", "从业年限：不是整数"}})
	if err != nil {
		t.Fatal(err)
	}
	f := opened(t, data)
	problem, _ := f.GetCellValue("报名表", "G4")
	fine, _ := f.GetCellValue("报名表", "G3")
	if problem != "姓名：不能为空；从业年限：不是整数" || fine != "" {
		t.Errorf("%q %q", problem, fine)
	}
	again := mustRead(t, data)
	if len(again.Rows) != 2 || said(again.Faults) != said(table.Faults) || again.Rows[0].Values["until"] != "2023-03-15" {
		t.Errorf("%s\n%s\n%v", said(again.Faults), said(table.Faults), again.Rows)
	}
}

func TestNothingWrittenIsAFormula(t *testing.T) { // E61, U19
	var rows [][]string
	payloads := []string{
		"=cmd|'/c calc'!A1", "@SUM(A1)", "+1", "-1", "\t=1", "\r=1", "\n=1", "\x00=1", "＝1+1", "＋1", "－1", "＠SUM", " =1", "\u00a0=1", "\u3000=1",
		"甲\n=1", "甲\r\n@x", "\u200b=1", "=HYPERLINK(\"http://x\",\"y\")", "%0A=1", "\ufeff=1", "=1\x07", "甲\n ＝x",
	}
	for _, p := range payloads {
		rows = append(rows, []string{p, p, p, p, p})
	}
	data, err := excel.Export(people(), rows)
	if err != nil {
		t.Fatal(err)
	}
	for name, part := range ooxmltest.Taken(t, data) {
		if strings.Contains(part, "<f>") || strings.Contains(part, "<f ") {
			t.Errorf("%s has a formula", name)
		}
	}
	f := opened(t, data)
	for i, p := range payloads {
		got, err := f.GetCellValue("报名表", fmt.Sprintf("B%d", i+2))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.SplitSeq(got, "\n") {
			line = strings.TrimLeft(line, " \u00a0\u3000\u200b\ufeff\t")
			if line != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(line)[0]) {
				t.Errorf("%q is written as %q", p, got)
			}
		}
	}
	for _, s := range []string{"梁志远", "1-2", "a=b", "（甲）", "", "1.5", "甲\n乙"} {
		if got := excel.Escape(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
}

func TestLetters(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := excel.Letters(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
