package excel_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"jiangtai/server/paper/excel"
)

func TestHostileFiles(t *testing.T) {
	good := sheet(t, titles, []any{"", "梁志远", "11010519491231002X"})
	parts := taken(t, good)
	types := parts["[Content_Types].xml"]
	many := map[string]string{}
	for i := range 201 {
		many[fmt.Sprintf("x/%d.xml", i)] = "<a/>"
	}
	long := strings.Repeat("x", 1<<20)
	var rows strings.Builder
	for i := range 1_048_575 {
		fmt.Fprintf(&rows, `<row r="%d"/>`, i+2)
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"U1 too large", bytes.Repeat([]byte("x"), 5<<20+1), "too_large"},
		{"U2 a bomb that says so", with(t, map[string]string{"xl/media/a.xml": strings.Repeat("\x20", 65<<20)}), "archive"},
		{"U2 a ratio over 100", with(t, map[string]string{"a.xml": strings.Repeat(" ", 20<<20)}), "archive"},
		{"U2 a bomb that lies", lying(t), "archive"},
		{"U3 a zip inside", with(t, map[string]string{"xl/embeddings/a.bin": string(good)}), "archive"},
		{"U3 201 files", with(t, many), "archive"},
		{"U3 overlapping entries", overlapping(t), "archive"},
		{"U4 a name that climbs", with(t, map[string]string{"../../x": "a"}), "archive"},
		{"U4 an absolute name", with(t, map[string]string{"/etc/x": "a"}), "archive"},
		{"U4 a name twice", with(t, map[string]string{"XL/workbook.xml": "a"}), "archive"},
		{"U5 .xls or a password", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + long), "file_type+"},
		{"U5 macros", with(t, map[string]string{"xl/vbaProject.bin": "x"}), "file_type+"},
		{"U5 .xlsm by its types", with(t, map[string]string{"[Content_Types].xml": strings.ReplaceAll(types, "spreadsheetml.sheet.main", "macroEnabled.main")}), "file_type+"},
		{"U5 .xlsb", with(t, map[string]string{"xl/workbook.bin": "x"}), "file_type+"},
		{"U6 a program", []byte("MZ\x90\x00" + long), "file_type+"},
		{"U6 a page", []byte("<html><table><tr><td>1"), "file_type+"},
		{"U6 a CSV", []byte("姓名,证件号码\n"), "file_type+"},
		{"U6 another archive", packed(t, map[string]string{"word/document.xml": "<a/>"}), "file_type+"},
		{"U7 a document type", with(t, map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>`}), "xml"},
		{"U7 in small letters", with(t, map[string]string{"xl/styles.xml": `<!doctype x><x/>`}), "xml"},
		{"U7 laughs", with(t, map[string]string{"xl/sharedStrings.xml": `<x><!ENTITY a "aa">&a;</x>`}), "xml"},
		{"U7 UTF-16", with(t, map[string]string{"xl/workbook.xml": "\xff\xfe<\x00!\x00D\x00"}), "xml"},
		{"U7 another encoding", with(t, map[string]string{"xl/workbook.xml": `<?xml version="1.0" encoding="utf-7"?><x/>`}), "xml"},
		{"U7 an unknown entity", cells(t, `<row r="2"><c r="B2" t="str"><v>&nbsp;</v></c></row>`), "xml"},
		{"U7 tags that do not end", cells(t, `<row r="2"><c r="B2">`), "xml"},
		{"U7 tags without end", cells(t, strings.Repeat("<a>", 5000)+strings.Repeat("</a>", 5000)), "xml"},
		{"U8 an external link", with(t, map[string]string{"xl/externalLinks/externalLink1.xml": "<a/>"}), "external"},
		{"U9 rows", cells(t, rows.String()), "rows"},
		{"U9 columns", cells(t, `<row r="2"><c r="XFD2" t="str"><v>x</v></c></row>`), "columns"},
		{"rows that run back", cells(t, `<row r="5"/><row r="2"/>`), "xml"},
		{"a cell of another row", cells(t, `<row r="2"><c r="B3"><v>1</v></c></row>`), "xml"},
		{"a string that is not there", cells(t, `<row r="2"><c r="B2" t="s"><v>999</v></c></row>`), "xml"},
		{"U21 nothing", nil, "archive"},
		{"U21 cut off", good[:len(good)-100], "archive"},
		{"U21 a changed byte", damaged(good), "archive"},
		{"U21 only the magic", []byte("PK\x03\x04"), "archive"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			began := time.Now()
			_, err := read(t, c.data)
			took := time.Since(began)
			runtime.ReadMemStats(&after)
			if got := refusal(err); got != c.want {
				t.Errorf("%s, want %s: %v", got, c.want, err)
			}
			if took > 500*time.Millisecond {
				t.Errorf("it took %v", took)
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 64<<20 {
				t.Errorf("%d MB were allocated", grown>>20)
			}
		})
	}
}

// lying says that it is small.
func lying(t *testing.T) []byte {
	data := with(t, map[string]string{"zz.xml": strings.Repeat(" ", 300<<20)})
	at := bytes.LastIndex(data, []byte("zz.xml"))
	binary.LittleEndian.PutUint32(data[at-46+24:], 100) // the directory's size of the entry unpacked
	return data
}

// overlapping lets two entries of the directory be one in the file.
func overlapping(t *testing.T) []byte {
	data := with(t, map[string]string{"zz1.xml": strings.Repeat("<a/>", 100), "zz2.xml": strings.Repeat("<a/>", 100)})
	first, second := bytes.LastIndex(data, []byte("zz1.xml")), bytes.LastIndex(data, []byte("zz2.xml"))
	copy(data[second-4:second], data[first-4:first]) // the offset stands before the name
	return data
}

func damaged(good []byte) []byte {
	data := bytes.Clone(good)
	r, _ := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	for _, f := range r.File {
		if strings.HasSuffix(f.Name, "sheet1.xml") {
			at, _ := f.DataOffset()
			data[at+int64(f.CompressedSize64)/2] ^= 0x10
		}
	}
	return data
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
