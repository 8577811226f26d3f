package excel_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestAGoodSheet(t *testing.T) {
	table := mustRead(t, sheet(t, titles,
		[]any{"示例", "不算", "1"},
		[]any{1, "梁志远", "11010519491231002X", 5, "2027-01-31", "农民工"},
		[]any{},
		[]any{3, "曾小雨", "110105194912310020", "", "", ""},
	))
	if len(table.Faults) != 0 || len(table.Rows) != 2 {
		t.Fatal(table.Faults, table.Rows)
	}
	if got := fmt.Sprint(table.Rows[0].Values); got != "map[id:11010519491231002X kind:migrant name:梁志远 until:2027-01-31 years:5]" {
		t.Error(got)
	}
	if table.Rows[1].Number != 5 || table.Place(1, "id") != "报名表:5:C" || table.Place(0, "?") != "报名表:3" {
		t.Error(table.Rows[1].Number, table.Place(1, "id"), table.Place(0, "?"))
	}
}

func TestHeaders(t *testing.T) { // U10
	for _, c := range []struct {
		header []any
		want   string
	}{
		{[]any{"序号", "姓名 *", "证件号码（必填）", " 从业年限", "有效期至", "用工形式", "问题（系统填写）"}, ""},
		{[]any{"用工形式", "有效期至", "从业年限", "证件号码", "姓名"}, ""},
		{[]any{"序号", "姓名", "从业年限", "有效期至", "用工形式"}, "报名表:1 header_missing"},
		{[]any{"序号", "姓名", "身份证", "从业年限", "有效期至", "用工形式"}, "报名表:1:C header_unknown; 报名表:1 header_missing"},
		{append(slices.Clone(titles), "备注"), "报名表:1:G header_unknown"},
		{append(slices.Clone(titles), "姓名"), "报名表:1:G header_duplicate"},
	} {
		row := make([]any, len(c.header))
		for i := range row {
			row[i] = ""
		}
		table := mustRead(t, sheet(t, c.header, append(row[:0:0], "1", "x", "x")))
		got := said(table.Faults)
		if c.want == "" {
			got = strings.Join(slices.DeleteFunc(strings.Split(got, "; "), func(s string) bool { return !strings.Contains(s, "header") }), "; ")
		}
		if got != c.want {
			t.Errorf("%v: %s", c.header, got)
		}
		if c.want != "" && len(table.Rows) != 0 {
			t.Errorf("%v: rows were read", c.header)
		}
	}
	if got := said(mustRead(t, sheet(t)).Faults); got != "报名表:1 empty" {
		t.Error(got)
	}
	if got := said(mustRead(t, sheet(t, titles)).Faults); got != "报名表:1 empty" {
		t.Error(got)
	}
}

func TestCells(t *testing.T) {
	const ok = "11010519491231002X"
	name := func(xml string) string {
		return `<row r="2">` + xml + `<c r="C2" t="inlineStr"><is><t>` + ok + `</t></is></c></row>`
	}
	for _, c := range []struct {
		what, row, want string
		key, value      string
	}{
		{"U8 a formula", name(`<c r="B2" t="str"><f>1+1</f><v>2</v></c>`), "报名表:2:B formula", "name", ""},
		{"U8 a formula without a value", name(`<c r="B2"><f>HYPERLINK("x")</f></c>`), "报名表:2:B formula", "name", ""},
		{"U11 an ID number as a number", `<row r="2"><c r="B2" t="inlineStr"><is><t>某</t></is></c><c r="C2"><v>1.10105194912310E+17</v></c></row>`, "报名表:2:C id_as_number", "id", ""},
		{"a cell in error", name(`<c r="B2" t="e"><v>#N/A</v></c>`), "报名表:2:B cell_error", "name", ""},
		{"nothing in a required cell", name(``), "报名表:2:B required", "name", ""},
		{"a number as text", name(`<c r="B2"><v>13800001234</v></c>`), "", "name", "13800001234"},
		{"a number of Excel's notation", name(`<c r="B2"><v>1.38E+10</v></c>`), "", "name", "13800000000"},
		{"a fraction", name(`<c r="B2"><v>1.50</v></c>`), "", "name", "1.5"},
		{"a number too long", name(`<c r="B2"><v>1234567890123456</v></c>`), "报名表:2:B number", "name", ""},
		{"a number without end", name(`<c r="B2"><v>1E+999999999</v></c>`), "报名表:2:B number", "name", ""},
		{"U14 invisible marks", name(`<c r="B2" t="inlineStr"><is><t xml:space="preserve"> 梁&#x200B;志远&#xA0; </t></is></c>`), "", "name", "梁志远"},
		{"U14 full width", name(`<c r="B2" t="inlineStr"><is><t>Ａ１２（甲）</t></is></c>`), "", "name", "A12（甲）"},
		{"rich text", name(`<c r="B2" t="inlineStr"><is><r><t>梁</t></r><r><t>志远</t></r><rPh sb="0" eb="1"><t>liang</t></rPh></is></c>`), "", "name", "梁志远"},
		{"U19 text like a formula", name(`<c r="B2" t="inlineStr"><is><t>=cmd|'/c calc'!A1</t></is></c>`), "", "name", "=cmd|'/c calc'!A1"},
		{"U19 exported and back", name(`<c r="B2" t="inlineStr"><is><t>'=1+1</t></is></c>`), "", "name", "=1+1"},
		{"no choice of the list", strings.Replace(name(`<c r="B2" t="str"><v>某</v></c>`), "</row>", `<c r="F2" t="str"><v>老板</v></c></row>`, 1), "报名表:2:F choice", "kind", ""},
		{"no whole number", strings.Replace(name(`<c r="B2" t="str"><v>某</v></c>`), "</row>", `<c r="D2"><v>2.5</v></c></row>`, 1), "报名表:2:D integer", "years", ""},
		{"below zero", strings.Replace(name(`<c r="B2" t="str"><v>某</v></c>`), "</row>", `<c r="D2"><v>-1</v></c></row>`, 1), "报名表:2:D integer", "years", ""},
	} {
		t.Run(c.what, func(t *testing.T) {
			table := mustRead(t, cells(t, c.row))
			if got := said(table.Faults); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
			if len(table.Rows) != 1 || table.Rows[0].Values[c.key] != c.value {
				t.Errorf("%+v", table.Rows)
			}
			if changed := strings.HasPrefix(c.what, "U14"); changed != (said(table.Notes) == "报名表:2:B normalised") {
				if c.what != "U19 exported and back" {
					t.Errorf("notes: %s", said(table.Notes))
				}
			}
		})
	}
}

func TestDates(t *testing.T) { // U12
	for _, c := range []struct{ cell, want string }{
		{`t="inlineStr"><is><t>2027-01-31</t></is>`, "2027-01-31"},
		{`t="inlineStr"><is><t>2027/1/31</t></is>`, "2027-01-31"},
		{`t="inlineStr"><is><t>2027年1月31日</t></is>`, "2027-01-31"},
		{`t="inlineStr"><is><t>20270131</t></is>`, "2027-01-31"},
		{`t="inlineStr"><is><t>2027.1.31</t></is>`, "2027-01-31"},
		{`t="inlineStr"><is><t>2024/2/30</t></is>`, ""},
		{`t="inlineStr"><is><t>明年</t></is>`, ""},
		{`t="inlineStr"><is><t>31/1/2027</t></is>`, ""},
		{`><v>45000</v>`, "2023-03-15"},
		{`><v>45000.75</v>`, "2023-03-15"},
		{`><v>59</v>`, "1900-02-28"},
		{`><v>60</v>`, ""},
		{`><v>61</v>`, "1900-03-01"},
		{`><v>0</v>`, ""},
		{`><v>-3</v>`, ""},
		{`><v>99999999</v>`, ""},
		{`t="b"><v>1</v>`, ""},
	} {
		table := mustRead(t, cells(t, `<row r="2"><c r="B2" t="str"><v>某</v></c><c r="C2" t="str"><v>1</v></c><c r="E2" `+c.cell+`</c></row>`))
		want := ""
		if c.want == "" {
			want = "报名表:2:E date"
		}
		if got := table.Rows[0].Values["until"]; got != c.want || said(table.Faults) != want {
			t.Errorf("%s: %q %s", c.cell, got, said(table.Faults))
		}
	}
	// A book that counts from 1904, with dates as a program writes them.
	f := excelize.NewFile()
	defer f.Close()
	yes := true
	if err := f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
		t.Fatal(err)
	}
	_ = f.SetSheetRow("Sheet1", "A1", &titles)
	_ = f.SetSheetRow("Sheet1", "A2", &[]any{1, "某", "1", 1, time.Date(2027, 1, 31, 0, 0, 0, 0, time.UTC)})
	if table := mustRead(t, written(t, f)); table.Rows[0].Values["until"] != "2027-01-31" {
		t.Errorf("%v %s", table.Rows[0].Values, said(table.Faults))
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	rows := [][]any{titles}
	for range 500 {
		rows = append(rows, []any{"", "", 1.1e17, "x", "x", "x"})
	}
	table := mustRead(t, sheet(t, rows...))
	if len(table.Faults) != 2000 {
		t.Errorf("%d faults", len(table.Faults))
	}
	table = mustRead(t, sheet(t, rows[:3]...))
	if got := said(table.Faults); got != "报名表:2:B required; 报名表:2:C id_as_number; 报名表:2:D integer; 报名表:2:E date; 报名表:2:F choice; "+
		"报名表:3:B required; 报名表:3:C id_as_number; 报名表:3:D integer; 报名表:3:E date; 报名表:3:F choice" {
		t.Error(got)
	}
}

// TestLaterColumns: a sheet that was given out before a column was there reads as
// one whose cells are empty; a column that every sheet had is still missed.
func TestLaterColumns(t *testing.T) {
	row := []any{"1", "梁志远", "11010519491231002X", "5", "2027-01-31"}
	data := sheet(t, titles[:5], row)
	l := people()
	for _, later := range []bool{true, false} {
		l.Columns[4].Later = later
		table, err := readAs(t, l, data)
		if err != nil {
			t.Fatal(err)
		}
		if got := said(table.Faults); later && (got != "" || len(table.Rows) != 1 || table.Rows[0].Values["kind"] != "") {
			t.Errorf("%s: %+v", got, table.Rows)
		} else if !later && got != "报名表:1 header_missing" {
			t.Error(got)
		}
	}
}
