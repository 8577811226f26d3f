package marktable_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// update writes the documents and workbooks of testdata again, from the texts
// beside them.
var update = flag.Bool("update", false, "write the files of testdata/sheets again")

// sheet is a text of testdata: its first line is the title, every other one a row.
// ^ belongs to the cell above, < to the one on the left, =SUM is a formula.
type sheet struct {
	name  string // 01-welding-plate.docx
	title string
	rows  [][]string
}

func sheets(t *testing.T) []sheet {
	t.Helper()
	files, err := filepath.Glob("testdata/sheets/*.txt")
	if err != nil || len(files) != 30 {
		t.Fatal(len(files), err)
	}
	var out []sheet
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
		s := sheet{name: strings.TrimSuffix(filepath.Base(f), ".txt"), title: strings.TrimPrefix(lines[0], "# ")}
		wide := strings.Count(lines[1], "|") + 1
		for _, line := range lines[1:] {
			row := strings.Split(strings.ReplaceAll(line, `\n`, "\n"), "|")
			for len(row) < wide {
				row = append(row, "")
			}
			s.rows = append(s.rows, row[:wide])
		}
		out = append(out, s)
	}
	return out
}

// file is the sheet's document or workbook.
func (s sheet) file(t *testing.T) []byte {
	t.Helper()
	path := "testdata/sheets/" + s.name
	if *update {
		data := s.document(t)
		if strings.HasSuffix(s.name, ".xlsx") {
			data = s.book(t)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (s sheet) book(t *testing.T) []byte {
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Fatal(s.name, err)
		}
	}
	at := func(row, column int) string {
		name, err := excelize.CoordinatesToCellName(column+1, row+2)
		check(err)
		return name
	}
	check(f.SetCellStr("Sheet1", "A1", s.title))
	check(f.MergeCell("Sheet1", "A1", at(-1, len(s.rows[0])-1)))
	for r, row := range s.rows {
		for c, text := range row {
			n, err := strconv.ParseFloat(text, 64)
			switch {
			case text == "^" || text == "<" || text == "":
			case text == "=SUM":
				check(f.SetCellFormula("Sheet1", at(r, c), "SUM("+at(1, c)+":"+at(r-1, c)+")"))
			case err == nil:
				check(f.SetCellValue("Sheet1", at(r, c), n))
			default:
				check(f.SetCellStr("Sheet1", at(r, c), text))
			}
			right, down := s.extent(r, c)
			if right > c || down > r {
				check(f.MergeCell("Sheet1", at(r, c), at(down, right)))
			}
		}
	}
	b, err := f.WriteToBuffer()
	check(err)
	return b.Bytes()
}

// extent is how far a cell goes.
func (s sheet) extent(r, c int) (right, down int) {
	right, down = c, r
	if s.rows[r][c] == "<" || s.rows[r][c] == "^" {
		return right, down
	}
	for right+1 < len(s.rows[r]) && s.rows[r][right+1] == "<" {
		right++
	}
	for down+1 < len(s.rows) && s.rows[down+1][c] == "^" {
		down++
	}
	return right, down
}

func (s sheet) document(t *testing.T) []byte {
	var body bytes.Buffer
	body.WriteString(`<w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + run(s.title, "") + `</w:p><w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>`)
	for r, row := range s.rows {
		body.WriteString(`<w:tr>`)
		for c := 0; c < len(row); c++ {
			right, down := s.extent(r, c)
			body.WriteString(`<w:tc><w:tcPr>`)
			if right > c {
				body.WriteString(`<w:gridSpan w:val="` + strconv.Itoa(right-c+1) + `"/>`)
			}
			switch {
			case row[c] == "^":
				body.WriteString(`<w:vMerge/></w:tcPr><w:p/></w:tc>`)
				continue
			case down > r:
				body.WriteString(`<w:vMerge w:val="restart"/>`)
			}
			body.WriteString(`</w:tcPr>`)
			for line := range strings.SplitSeq(row[c], "\n") {
				body.WriteString(`<w:p>` + runs(line) + `</w:p>`)
			}
			body.WriteString(`</w:tc>`)
			c = right
		}
		body.WriteString(`</w:tr>`)
	}
	body.WriteString(`</w:tbl><w:p/>`)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body.String() + `</w:body></w:document>`},
	} {
		f, err := w.CreateHeader(&zip.FileHeader{Name: part[0], Method: zip.Deflate})
		if err == nil {
			_, err = f.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// runs writes 24^0_-0.033 raised and lowered.
func runs(s string) string {
	up := strings.IndexByte(s, '^')
	if up < 0 {
		return run(s, "")
	}
	high, low, _ := strings.Cut(s[up+1:], "_")
	return run(s[:up], "") + run(high, "superscript") + run(low, "subscript")
}

func run(s, align string) string {
	if s == "" {
		return ""
	}
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s))
	if align != "" {
		align = `<w:rPr><w:vertAlign w:val="` + align + `"/></w:rPr>`
	}
	return `<w:r>` + align + `<w:t xml:space="preserve">` + b.String() + `</w:t></w:r>`
}
