package excel

import (
	"bytes"
	"context"
	"encoding/xml"
	"strconv"
	"strings"
)

// cellKind is what a cell holds.
type cellKind uint8

const (
	empty cellKind = iota
	text
	number
	date // a number shown as a date
	truth
	mistake // #N/A and the like
	formula
)

type cell struct {
	kind   cellKind
	value  string
	cached string // of a formula: what the program that saved it got
}

// grid are the cells of a sheet by row number and column, both from 1.
type grid struct {
	rows  []int // the numbers of the rows that have cells, upwards
	cells map[int]map[int]cell
	joins []join
}

// read parses one sheet. Faults of rows and columns too many end it.
func (b *Book) read(ctx context.Context, s sheetRef) (*grid, error) {
	text := b.parts[s.part]
	if bytes.Count(text, []byte("<row")) > b.limits.Rows {
		return nil, broken("excel.rows", s.name, strconv.Itoa(b.limits.Rows-1))
	}
	p := sheetReader{book: b, name: s.name, grid: &grid{cells: map[int]map[int]cell{}}}
	if err := walk(ctx, text, p.token); err != nil {
		return nil, errPart(err, s.part)
	}
	if p.fault != nil {
		return nil, p.fault
	}
	return p.grid, nil
}

// sheetReader is the state between the tokens of a sheet.
type sheetReader struct {
	book  *Book
	name  string
	grid  *grid
	fault error
	count int

	row, column int
	kind        string // the cell's attribute t
	style       int
	value       strings.Builder
	inValue     bool
	hasFormula  bool
	phonetic    int
}

func (p *sheetReader) token(t xml.Token) {
	if p.fault != nil {
		return
	}
	switch t := t.(type) {
	case xml.StartElement:
		p.start(t)
	case xml.CharData:
		if p.inValue && p.phonetic == 0 {
			p.value.Write(t)
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "v", "t":
			p.inValue = false
		case "rPh":
			p.phonetic--
		case "c":
			p.end()
		}
	}
}

func (p *sheetReader) start(t xml.StartElement) {
	switch t.Name.Local {
	case "row":
		p.row++
		p.column = 0
		for _, a := range t.Attr {
			if a.Name.Local == "r" {
				n, err := strconv.Atoi(a.Value)
				if err != nil || n < p.row {
					p.fault = badXML(p.name)
					return
				}
				p.row = n
			}
		}
	case "c":
		p.cell(t.Attr)
	case "v", "t":
		p.inValue = true
	case "f":
		p.hasFormula = true
	case "rPh":
		p.phonetic++
	case "mergeCell":
		p.join(t.Attr)
	}
}

func (p *sheetReader) cell(attrs []xml.Attr) {
	p.column++
	p.kind, p.style, p.hasFormula, p.phonetic = "", 0, false, 0
	p.value.Reset()
	for _, a := range attrs {
		switch a.Name.Local {
		case "r":
			row, column, ok := reference(a.Value)
			if !ok || row != p.row || column < p.column {
				p.fault = badXML(p.name)
				return
			}
			p.column = column
		case "t":
			p.kind = a.Value
		case "s":
			p.style, _ = strconv.Atoi(a.Value)
		}
	}
}

func (p *sheetReader) end() {
	c := p.finished()
	if c.kind == empty {
		return
	}
	p.count++
	l := p.book.limits
	switch {
	case p.grid.cells[p.row] == nil && len(p.grid.rows) >= l.Rows, p.count > l.Cells:
		p.fault = broken("excel.rows", PlaceOf(p.name, p.row, 0), strconv.Itoa(l.Rows-1))
		return
	case p.column > l.Columns:
		p.fault = broken("excel.columns", PlaceOf(p.name, p.row, p.column), strconv.Itoa(l.Columns))
		return
	}
	if p.grid.cells[p.row] == nil {
		p.grid.cells[p.row] = map[int]cell{}
		p.grid.rows = append(p.grid.rows, p.row)
	}
	p.grid.cells[p.row][p.column] = c
}

func (p *sheetReader) finished() cell {
	v := p.value.String()
	switch {
	case p.hasFormula:
		return cell{kind: formula, cached: v}
	case v == "":
		return cell{}
	}
	switch p.kind {
	case "s":
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 || n >= len(p.book.strings) {
			p.fault = badXML(p.name)
			return cell{}
		}
		if p.book.strings[n] == "" {
			return cell{}
		}
		return cell{kind: text, value: p.book.strings[n]}
	case "inlineStr", "str", "d":
		return cell{kind: text, value: v}
	case "b":
		return cell{kind: truth, value: v}
	case "e":
		return cell{kind: mistake, value: v}
	}
	if p.style >= 0 && p.style < len(p.book.dates) && p.book.dates[p.style] {
		return cell{kind: date, value: v}
	}
	return cell{kind: number, value: v}
}
