package excel

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"
)

// Book is a workbook whose parts were read and found harmless.
type Book struct {
	parts   map[string][]byte // XML documents by name
	limits  Limits
	sheets  []sheetRef
	strings []string
	dates   []bool // by cell style: shown as a date
	is1904  bool
}

type sheetRef struct{ name, part string }

// Open reads a workbook. What is wrong is an *Error with codes
// excel.file_type (with IsType), excel.archive, excel.too_large, excel.xml,
// excel.external, excel.too_slow.
func Open(ctx context.Context, data []byte, l Limits) (*Book, error) {
	p, err := unpack(ctx, data, l)
	if err != nil {
		return nil, err
	}
	b := &Book{parts: p, limits: l}
	if err := b.readWorkbook(); err != nil {
		return nil, err
	}
	if b.strings, err = readStrings(ctx, p["xl/sharedStrings.xml"]); err != nil {
		return nil, err
	}
	b.dates, err = readStyles(p["xl/styles.xml"])
	return b, err
}

// Sheets are the names of the sheets, in order.
func (b *Book) Sheets() []string {
	out := make([]string, 0, len(b.sheets))
	for _, s := range b.sheets {
		out = append(out, s.name)
	}
	return out
}

func badXML(part string) error { return broken("excel.xml", part, "") }

func (b *Book) readWorkbook() error {
	var book struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name string     `xml:"name,attr"`
			Any  []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Relations []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
			Mode   string `xml:"TargetMode,attr"`
		} `xml:"Relationship"`
	}
	if xml.Unmarshal(b.parts[mainPart], &book) != nil {
		return badXML("xl/workbook.xml")
	}
	if xml.Unmarshal(b.parts["xl/_rels/workbook.xml.rels"], &rels) != nil {
		return badXML("xl/_rels/workbook.xml.rels")
	}
	b.is1904 = book.Properties.Date1904 == "1" || book.Properties.Date1904 == "true"
	targets := map[string]string{}
	for _, r := range rels.Relations {
		if r.Mode == "External" {
			return broken("excel.external", "xl/_rels/workbook.xml.rels", "")
		}
		target := path.Join("xl", r.Target)
		if strings.HasPrefix(r.Target, "/") {
			target = strings.TrimPrefix(path.Clean(r.Target), "/")
		}
		targets[r.ID] = target
	}
	for _, s := range book.Sheets {
		for _, a := range s.Any {
			if a.Name.Local == "id" && b.parts[targets[a.Value]] != nil {
				b.sheets = append(b.sheets, sheetRef{s.Name, targets[a.Value]})
			}
		}
	}
	if len(b.sheets) == 0 {
		return badXML("xl/workbook.xml")
	}
	return nil
}

// readStrings collects the shared strings: the runs of rich text joined, the
// phonetic hints left out.
func readStrings(ctx context.Context, text []byte) ([]string, error) {
	var out []string
	var now strings.Builder
	inText, phonetic := false, 0
	err := walk(ctx, text, func(t xml.Token) {
		switch t := t.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "t":
				inText = true
			case "rPh":
				phonetic++
			}
		case xml.CharData:
			if inText && phonetic == 0 {
				now.Write(t)
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				inText = false
			case "rPh":
				phonetic--
			case "si":
				out = append(out, now.String())
				now.Reset()
			}
		}
	})
	if err != nil {
		return nil, errPart(err, "xl/sharedStrings.xml")
	}
	return out, nil
}

var (
	errSlow  = errors.New("excel: the time is up")
	errShape = errors.New("excel: tags that do not match")
)

// maxDepth is deeper than any sheet nests.
const maxDepth = 64

func errPart(err error, part string) error {
	if errors.Is(err, errSlow) {
		return broken("excel.too_slow", part, "")
	}
	return badXML(part)
}

// walk passes the tokens of a document on, and looks at the time in between.
func walk(ctx context.Context, text []byte, pass func(xml.Token)) error {
	if len(text) == 0 {
		return nil
	}
	d, depth := xml.NewDecoder(bytes.NewReader(text)), 0
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return errSlow
		}
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) && depth == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth < 0 || depth > maxDepth {
			return errShape
		}
		pass(t)
	}
}

// readStyles says for each cell style whether it shows a date.
func readStyles(text []byte) ([]bool, error) {
	if text == nil {
		return nil, nil
	}
	var styles struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Cells []struct {
			Format int `xml:"numFmtId,attr"`
		} `xml:"cellXfs>xf"`
	}
	if xml.Unmarshal(text, &styles) != nil {
		return nil, badXML("xl/styles.xml")
	}
	own := map[int]bool{}
	for _, f := range styles.Formats {
		own[f.ID] = showsDate(f.Code)
	}
	out := make([]bool, 0, len(styles.Cells))
	for _, c := range styles.Cells {
		isDate, listed := own[c.Format]
		n := c.Format
		out = append(out, isDate || !listed && (n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 36 || n >= 50 && n <= 58))
	}
	return out, nil
}

// showsDate says that a number format has a year or a day outside of quotes.
func showsDate(code string) bool {
	var plain strings.Builder
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case !bracket:
			plain.WriteByte(c)
		}
	}
	return strings.ContainsAny(plain.String(), "yYdD")
}
