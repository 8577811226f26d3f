package excel_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"jiangtai/server/paper/excel"
	"jiangtai/server/paper/ooxml/ooxmltest"
)

func TestHostileFiles(t *testing.T) {
	ooxmltest.Refuse(t, time.Now, ooxmltest.Good{Data: sheet(t, titles, []any{"", "梁志远", "11010519491231002X"}), Main: "xl/workbook.xml", Files: 200}, refused)
	var rows strings.Builder
	for i := range 1_048_575 {
		fmt.Fprintf(&rows, `<row r="%d"/>`, i+2)
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"U5 .xlsb", with(t, map[string]string{"xl/workbook.bin": "x"}), "file_type+"},
		{"U7 a document type", with(t, map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>`}), "xml"},
		{"U7 in small letters", with(t, map[string]string{"xl/styles.xml": `<!doctype x><x/>`}), "xml"},
		{"U7 laughs", with(t, map[string]string{"xl/sharedStrings.xml": `<x><!ENTITY a "aa">&a;</x>`}), "xml"},
		{"U7 an unknown entity", cells(t, `<row r="2"><c r="B2" t="str"><v>&nbsp;</v></c></row>`), "xml"},
		{"U7 tags that do not end", cells(t, `<row r="2"><c r="B2">`), "xml"},
		{"U7 tags without end", cells(t, strings.Repeat("<a>", 5000)+strings.Repeat("</a>", 5000)), "xml"},
		{"U8 an external link", with(t, map[string]string{"xl/externalLinks/externalLink1.xml": "<a/>"}), "external"},
		{"U9 rows", cells(t, rows.String()), "rows"},
		{"U9 columns", cells(t, `<row r="2"><c r="XFD2" t="str"><v>x</v></c></row>`), "columns"},
		{"rows that run back", cells(t, `<row r="5"/><row r="2"/>`), "xml"},
		{"a cell of another row", cells(t, `<row r="2"><c r="B3"><v>1</v></c></row>`), "xml"},
		{"a string that is not there", cells(t, `<row r="2"><c r="B2" t="s"><v>999</v></c></row>`), "xml"},
	} {
		t.Run(c.name, func(t *testing.T) { ooxmltest.Within(t, time.Now, c.want, func() string { return refused(t, c.data) }) })
	}
}

// refused is why a file is not read.
func refused(t *testing.T, data []byte) string {
	_, err := read(t, data)
	return refusal(err)
}

func TestTheTimeIsUp(t *testing.T) { // U22
	ctx, cancel := context.WithCancel(t.Context())
	data := sheet(t, titles, []any{"", "梁志远", "11010519491231002X"})
	b, err := excel.Open(ctx, data, excel.Usual())
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := b.Read(ctx, people()); refusal(err) != "too_slow" {
		t.Error(err)
	}
	if _, err := excel.Open(ctx, data, excel.Usual()); refusal(err) != "too_slow" {
		t.Error(err)
	}
}

// A file with as many rows as are taken is read within the time of a request.
func TestTheLargestFile(t *testing.T) {
	var rows strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&rows, `<row r="%d"><c r="B%d" t="inlineStr"><is><t>梁志远%d</t></is></c><c r="C%d" t="inlineStr"><is><t>11010519491231002X</t></is></c></row>`, i+2, i+2, i*7919, i+2)
	}
	began := time.Now()
	table := mustRead(t, cells(t, rows.String()))
	if len(table.Rows) != 20_000 || len(table.Faults) != 0 {
		t.Errorf("%d rows, %d faults", len(table.Rows), len(table.Faults))
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	rows.WriteString(`<row r="20002"><c r="B20002"><v>1</v></c></row>`)
	if _, err := read(t, cells(t, rows.String())); refusal(err) != "rows" {
		t.Error(err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if b, err := excel.Open(t.Context(), data, excel.Usual()); err == nil {
			_, _ = b.Read(t.Context(), people())
		}
	})
}

func FuzzSheet(f *testing.F) {
	f.Add(`<row r="2"><c r="B2" t="str"><v>x</v></c></row>`)
	f.Add(`<row><c s="1"><v>45000</v></c><c t="b"><v>1</v></c></row>`)
	f.Fuzz(func(t *testing.T, rows string) {
		if b, err := excel.Open(t.Context(), cells(t, rows), excel.Usual()); err == nil {
			_, _ = b.Read(t.Context(), people())
		}
	})
}
