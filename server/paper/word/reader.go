package word

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// maxDepth is deeper than any document nests.
const maxDepth = 256

// walk passes the tokens of a document on, and looks at the time in between.
func walk(ctx context.Context, text []byte, r *reader) error {
	d, depth := xml.NewDecoder(bytes.NewReader(text)), 0
	for n := 0; r.fault == nil; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return broken("word.too_slow", mainPart)
		}
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) && depth == 0 {
			return r.fault
		}
		if err != nil {
			return broken("word.xml", mainPart)
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
			r.start(t)
		case xml.EndElement:
			depth--
			r.end(t.Name)
		case xml.CharData:
			if r.inText && r.skip == 0 {
				r.write(string(t))
			}
		}
		if depth < 0 || depth > maxDepth {
			return broken("word.xml", mainPart)
		}
	}
	return r.fault
}

// made is a cell before it has its place.
type made struct {
	text   string
	span   int
	goesOn bool
}

// reader is the state between the tokens.
type reader struct {
	limits Limits
	out    []Table
	fault  error
	cells  int

	depth  int // of tables
	skip   int // elements whose text is not shown
	inText bool
	raised string // the sign before the run's text: ^ or _
	text   strings.Builder
	title  string // the last paragraph outside of tables
	row    []made
	cell   made
	before int  // columns that the row leaves out
	isGone bool // the row was deleted
}

func (r *reader) fail() {
	if r.fault == nil {
		r.fault = broken("word.tables", strconv.Itoa(len(r.out)))
	}
}

func value(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "val" || a.Name.Local == "char" {
			return a.Value
		}
	}
	return ""
}

func (r *reader) start(e xml.StartElement) {
	switch e.Name.Local {
	case "Fallback", "moveFrom", "rPrChange", "tcPrChange", "trPrChange":
		r.skip++
	}
	if r.skip > 0 {
		return
	}
	if e.Name.Space == "m" {
		r.startMath(e.Name.Local)
		return
	}
	switch e.Name.Local {
	case "t":
		r.inText = true
	case "r":
		r.raised = ""
	case "vertAlign":
		r.raised = map[string]string{"superscript": "^", "subscript": "_"}[value(e)]
	case "br", "cr":
		r.write("\n")
	case "tab":
		if r.text.Len() > 0 {
			r.write(" ")
		}
	case "sym":
		r.write(symbols[strings.ToUpper(value(e))])
	case "noBreakHyphen":
		r.write("-")
	default:
		r.startTable(e)
	}
}

// startMath reads formulas: limits of size are often typed as one.
func (r *reader) startMath(name string) {
	switch name {
	case "t":
		r.inText = true
		r.raised = ""
	case "sup":
		r.write("^")
	case "sub":
		r.write("_")
	}
}

// symbols are signs of the font Symbol by their code.
var symbols = map[string]string{
	"F046": "Φ", "F066": "φ", "F0C6": "Φ", "F0B1": "±", "F0B4": "×", "F0B0": "°", "F0A3": "≤", "F0B3": "≥", "F0B2": "″", "F0A2": "′", "F06D": "μ", "F05E": "⊥",
}

func (r *reader) startTable(e xml.StartElement) {
	switch e.Name.Local {
	case "tbl":
		if r.depth++; r.depth == 1 {
			if r.out = append(r.out, Table{Title: r.title}); len(r.out) > r.limits.Tables {
				r.fail()
			}
			r.text.Reset()
			r.title = ""
		}
	case "tr":
		if r.depth == 1 {
			r.row, r.before, r.isGone = nil, 0, false
		}
	case "tc":
		if r.depth == 1 {
			r.cell = made{span: 1}
			r.text.Reset()
		}
	case "gridSpan", "gridBefore":
		n, err := strconv.Atoi(value(e))
		if r.depth != 1 {
			return
		}
		if err != nil || n < 0 || n > r.limits.Columns {
			r.fail()
			return
		}
		if e.Name.Local == "gridBefore" {
			r.before = n
		} else {
			r.cell.span = max(n, 1)
		}
	case "vMerge":
		if r.depth == 1 {
			r.cell.goesOn = value(e) != "restart"
		}
	case "trPr":
		r.raised = ""
	case "del":
		// As a mark within trPr it says that the row is gone; around runs their text
		// is delText, which is no text here.
		if r.depth == 1 && len(r.row) == 0 && r.text.Len() == 0 && r.cell.span == 0 {
			r.isGone = true
		}
	}
}

func (r *reader) write(s string) {
	if r.raised != "" && strings.TrimSpace(s) != "" {
		sign := r.raised
		r.raised = ""
		switch {
		case sign == "^" && s == "2":
			s = "²"
		case sign == "^" && s == "3":
			s = "³"
		default:
			s = sign + s
		}
	}
	if r.text.Len()+len(s) > r.limits.Text {
		if r.depth > 0 {
			r.fail()
		}
		return
	}
	r.text.WriteString(s)
}

func (r *reader) end(name xml.Name) {
	switch name.Local {
	case "Fallback", "moveFrom", "rPrChange", "tcPrChange", "trPrChange":
		r.skip--
		return
	}
	if r.skip > 0 {
		return
	}
	switch name.Local {
	case "t":
		r.inText = false
	case "p":
		if r.depth > 0 {
			r.write("\n")
			return
		}
		if s := tidyLines(r.text.String()); s != "" {
			r.title = s
		}
		r.text.Reset()
	case "tc":
		if r.depth == 1 {
			r.cell.text = tidyLines(r.text.String())
			r.row = append(r.row, r.cell)
			r.cell = made{}
			if r.cells++; r.cells > r.limits.Cells || len(r.row) > r.limits.Columns {
				r.fail()
			}
			r.text.Reset()
		}
	case "tr":
		if r.depth == 1 {
			r.endRow()
		}
	case "tbl":
		r.depth--
	}
}
