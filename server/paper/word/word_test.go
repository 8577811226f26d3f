package word_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"jiangtai/server/paper/ooxml/ooxmltest"
	"jiangtai/server/paper/word"
)

const types = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`

// with is a good document whose parts are changed.
func with(t testing.TB, change map[string]string) []byte {
	t.Helper()
	return ooxmltest.With(t, map[string]string{"[Content_Types].xml": types, "word/document.xml": document(`<w:p/>`)}, change)
}

func document(body string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="w" xmlns:m="m"><w:body>` + body + `</w:body></w:document>`
}

func of(t testing.TB, body string) []byte {
	t.Helper()
	return with(t, map[string]string{"word/document.xml": document(body)})
}

func p(s string) string { return `<w:p><w:r><w:t xml:space="preserve">` + s + `</w:t></w:r></w:p>` }

func tc(properties, body string) string {
	return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + body + `</w:tc>`
}

// shown are tables as text: < belongs to the left, ^ to above.
func shown(tables []word.Table) string {
	var out []string
	for _, t := range tables {
		out = append(out, "“"+t.Title+"”")
		for _, row := range t.Rows {
			var line []string
			for _, c := range row {
				s := strings.ReplaceAll(c.Text, "\n", "/")
				if c.Left {
					s += "<"
				}
				if c.Up {
					s += "^"
				}
				line = append(line, s)
			}
			out = append(out, "["+strings.Join(line, "|")+"]")
		}
	}
	return strings.Join(out, " ")
}

func TestTables(t *testing.T) {
	tbl := func(rows ...string) string {
		return `<w:tbl><w:tr>` + strings.Join(rows, `</w:tr><w:tr>`) + `</w:tr></w:tbl>`
	}
	for _, c := range []struct{ name, body, want string }{
		{"nothing", p("只有文字"), ""},
		{"the paragraph before", p("甲") + `<w:p/>` + p(" 乙  ") + `<w:p/>` + tbl(tc("", p("一"))), "“乙” [一]"},
		{"merged across", tbl(tc(`<w:gridSpan w:val="2"/>`, p("一")) + tc("", p("二"))), "“” [一|一<|二]"},
		{
			"merged down", tbl(tc(`<w:vMerge w:val="restart"/>`, p("一"))+tc("", p("二")), tc(`<w:vMerge/>`, `<w:p/>`)+tc("", p("三")), tc(`<w:vMerge w:val="continue"/>`, `<w:p/>`)+tc("", p("四"))),
			"“” [一|二] [一^|三] [一^|四]",
		},
		{
			"merged both ways", tbl(tc(`<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>`, p("一"))+tc("", p("二")), tc(`<w:gridSpan w:val="2"/><w:vMerge/>`, `<w:p/>`)+tc("", p("三"))),
			"“” [一|一<|二] [一^|一<^|三]",
		},
		{"joined to nothing", tbl(tc(`<w:vMerge/>`, p("一"))), "“” [一]"},
		{"a row that begins later", tbl(tc("", p("一"))+tc("", p("二")), `<w:trPr><w:gridBefore w:val="1"/></w:trPr>`+tc("", p("三"))), "“” [一|二] [|三]"},
		{"lines and breaks", tbl(tc("", p("一")+`<w:p/>`+`<w:p><w:r><w:t>二</w:t><w:br/><w:t>三</w:t><w:tab/><w:t>四</w:t></w:r></w:p>`)), "“” [一/二/三 四]"},
		{
			"raised and lowered",
			tbl(tc("", `<w:p><w:r><w:t>Φ18</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>0</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>-0.021</w:t></w:r><w:r><w:t> m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>`)),
			"“” [Φ18^0_-0.021 m²]",
		},
		{"a formula", tbl(tc("", `<w:p><m:oMath><m:sSubSup><m:e><m:r><m:t>30</m:t></m:r></m:e><m:sub><m:r><m:t>-0.1</m:t></m:r></m:sub><m:sup><m:r><m:t>0</m:t></m:r></m:sup></m:sSubSup></m:oMath></w:p>`)), "“” [30_-0.1^0]"},
		{"signs of the font Symbol", tbl(tc("", `<w:p><w:r><w:sym w:font="Symbol" w:char="F046"/><w:t>30</w:t><w:sym w:font="Symbol" w:char="f0b1"/><w:t>0.1</w:t></w:r></w:p>`)), "“” [Φ30±0.1]"},
		{"tracked changes", tbl(tc("", `<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>走</w:t></w:r></w:moveFrom></w:p>`), `<w:trPr><w:del w:id="1"/></w:trPr>`+tc("", p("没了"))), "“” [新]"},
		{"two ways to show one", tbl(tc("", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>一</w:t></mc:Choice><mc:Fallback><w:t>一</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>`)), "“” [一]"},
		{"fields", tbl(tc("", `<w:p><w:r><w:fldChar/><w:instrText>=SUM(ABOVE)</w:instrText></w:r><w:r><w:t>100</w:t></w:r></w:p>`)), "“” [100]"},
		{"a table within", tbl(tc("", p("外")+tbl(tc("", p("内")), tc("", p("里")))+p("末")) + tc("", p("二"))), "“” [外/内/里/末|二]"},
		{"in a control", `<w:sdt><w:sdtContent>` + tbl(`<w:sdt><w:sdtContent>`+tc("", p("一"))+`</w:sdtContent></w:sdt>`) + `</w:sdtContent></w:sdt>`, "“” [一]"},
		{"two of them", tbl(tc("", p("一"))) + p("后") + tbl(tc("", p("二"))), "“” [一] “后” [二]"},
	} {
		got, err := word.Tables(t.Context(), of(t, c.body), word.Usual())
		if err != nil || shown(got) != c.want {
			t.Errorf("%s: %s, want %s (%v)", c.name, shown(got), c.want, err)
		}
	}
}

func refusal(err error) string {
	var e *word.Error
	if !errors.As(err, &e) {
		return fmt.Sprint(err)
	}
	code := strings.TrimPrefix(e.Code, "word.")
	if e.IsType {
		code += "+"
	}
	return code
}

func TestHostileFiles(t *testing.T) {
	good := of(t, `<w:tbl><w:tr>`+tc("", p(strings.Repeat("标准", 500)))+`</w:tr></w:tbl>`)
	ooxmltest.Refuse(t, time.Now, ooxmltest.Good{Data: good, Main: "word/document.xml", Files: 500}, refused)
	row := `<w:tr>` + tc("", "") + `</w:tr>`
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"an unknown entity", of(t, p("&nbsp;")), "xml"},
		{"tags that do not end", with(t, map[string]string{"word/document.xml": `<w:document><w:tbl>`}), "xml"},
		{"tags without end", of(t, strings.Repeat("<a>", 5000)+strings.Repeat("</a>", 5000)), "xml"},
		{"tables", of(t, strings.Repeat("<w:tbl></w:tbl>", 101)), "tables"},
		{"rows", of(t, "<w:tbl>"+strings.Repeat(row, 2001)+"</w:tbl>"), "tables"},
		{"columns", of(t, "<w:tbl><w:tr>"+strings.Repeat(tc("", ""), 61)+"</w:tr></w:tbl>"), "tables"},
		{"columns by spans", of(t, "<w:tbl><w:tr>"+strings.Repeat(tc(`<w:gridSpan w:val="60"/>`, ""), 2)+"</w:tr></w:tbl>"), "tables"},
		{"a span without end", of(t, "<w:tbl><w:tr>"+tc(`<w:gridSpan w:val="999999999"/>`, "")+"</w:tr></w:tbl>"), "tables"},
		{"a span that is none", of(t, "<w:tbl><w:tr>"+tc(`<w:gridSpan w:val="-1"/>`, "")+"</w:tr></w:tbl>"), "tables"},
		{"a cell like a book", of(t, "<w:tbl><w:tr>"+tc("", p(strings.Repeat("x", 20_001)))+"</w:tr></w:tbl>"), "tables"},
	} {
		t.Run(c.name, func(t *testing.T) { ooxmltest.Within(t, time.Now, c.want, func() string { return refused(t, c.data) }) })
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := word.Tables(ctx, good, word.Usual()); refusal(err) != "too_slow" {
		t.Error(err)
	}
}

// refused is why a file is not read.
func refused(t *testing.T, data []byte) string {
	_, err := word.Tables(t.Context(), data, word.Usual())
	return refusal(err)
}

func FuzzTables(f *testing.F) {
	f.Add(`<w:tbl><w:tr>` + tc(`<w:gridSpan w:val="2"/><w:vMerge/>`, p("一")) + `</w:tr></w:tbl>`)
	f.Add(`<w:tr></w:tbl><w:tc>`)
	f.Fuzz(func(t *testing.T, body string) {
		tables, err := word.Tables(t.Context(), of(t, body), word.Usual())
		if err != nil && refusal(err) == fmt.Sprint(err) {
			t.Errorf("%v is no fault of the file's", err)
		}
		_ = shown(tables)
	})
}
