package schemesheet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"jiangtai/scoring/scheme"
	"jiangtai/server/fault"
	"jiangtai/server/paper/excel"
)

// Sheet is a workbook that was read.
type Sheet struct {
	Text   []byte        // the scheme; nil where there are faults
	Faults []fault.Field // by sheet:row:column
	Notes  []fault.Field // what was rewritten without harm
	// What was found, for a preview.
	Components, Criteria, Aspects, Panels int
}

// Read reads a workbook into a scheme. The error is about the file; what is wrong
// in it stands in the faults.
func Read(ctx context.Context, data []byte) (Sheet, error) {
	b, err := excel.Open(ctx, data, excel.Usual())
	if err != nil {
		return Sheet{}, refusal(err)
	}
	r := reader{tables: map[string]*excel.Table{}, spots: map[string]spot{}, told: map[string]bool{}}
	for i, l := range layouts() {
		if err := r.read(ctx, b, l, i < mustHave); err != nil {
			return Sheet{}, refusal(err)
		}
	}
	return r.finish(r.scheme())
}

// refusal is a file's fault as the program's error.
func refusal(err error) error {
	var e *excel.Error
	if !errors.As(err, &e) {
		return err
	}
	kind := fault.Refused
	switch {
	case e.IsType:
		kind = fault.Unsupported
	case e.Faults[0].Code == "excel.too_large":
		kind = fault.TooLarge
	}
	var fields []fault.Field
	for _, f := range e.Faults {
		fields = append(fields, fault.At(f.Place, f.Code, f.Hint))
	}
	return fault.New(kind, e.Faults[0].Code, fields...)
}

// spot is the row that an object of the scheme came from.
type spot struct {
	table *excel.Table
	row   int
	// renamed are columns whose name is not that of their value.
	renamed map[string]string
}

// reader builds the scheme and remembers where everything came from.
type reader struct {
	tables map[string]*excel.Table
	spots  map[string]spot // by JSON pointer
	told   map[string]bool // places that have a fault
	torn   bool            // something refers to nothing: what is said of the whole is no news
	out    Sheet
}

// read takes one sheet; one that need not be there may be absent or empty.
func (r *reader) read(ctx context.Context, b *excel.Book, l excel.Layout, must bool) error {
	t := &excel.Table{Sheet: l.Sheet}
	r.tables[l.Sheet] = t
	if !b.Has(l.Sheet) {
		if must {
			r.fault(l.Sheet, "programme.sheet_missing", l.Sheet)
		}
		return nil
	}
	got, err := b.Read(ctx, l)
	if err != nil {
		return err
	}
	*t = got
	for _, f := range t.Faults {
		if f.Code != "excel.empty" || must {
			r.fault(f.Place, f.Code, f.Hint)
		}
	}
	for _, f := range t.Notes {
		r.out.Notes = append(r.out.Notes, fault.At(f.Place, f.Code, f.Hint))
	}
	return nil
}

// fault tells the first thing that is wrong at a place: what follows from it there
// is no news.
func (r *reader) fault(place, code, hint string) {
	if !r.told[place] {
		r.out.Faults = append(r.out.Faults, fault.At(place, code, hint))
		r.told[place] = true
	}
}

func (r *reader) rows(sheet string) []excel.Row { return r.tables[sheet].Rows }

// object makes an object of a row, and remembers it. Empty cells and the columns
// named are left out.
func (r *reader) object(l excel.Layout, row int, pointer string, without ...string) node {
	t := r.tables[l.Sheet]
	out := node{}
	for _, c := range l.Columns {
		v := t.Rows[row].Values[c.Key]
		if v == "" || slices.Contains(without, c.Key) {
			continue
		}
		set(out, parts(c.Key), typed(c, v))
	}
	r.spots[pointer] = spot{table: t, row: row}
	return out
}

// typed is a cell's text as JSON has it.
func typed(c excel.Column, v string) any {
	switch {
	case c.Kind == excel.Integer:
		return json.Number(strconv.Itoa(number(v)))
	case len(c.Options) == len(yesNo) && c.Options[0] == yesNo[0]:
		return v == "true"
	}
	return v
}

func number(s string) int {
	n, _ := strconv.Atoi(s) // what was none is told already
	return n
}

// set puts a value into an object, below the keys.
func set(n node, keys []string, v any) {
	if len(keys) == 1 {
		n[keys[0]] = v
		return
	}
	inner, ok := n[keys[0]].(node)
	if !ok {
		inner = node{}
		n[keys[0]] = inner
	}
	set(inner, keys[1:], v)
}

// finish has the scheme judged, and its faults told by cell.
func (r *reader) finish(s node) (Sheet, error) {
	raw, err := json.Marshal(s)
	if err != nil {
		return Sheet{}, err
	}
	parsed, err := scheme.Parse(raw)
	var faults scheme.Faults
	switch {
	case errors.As(err, &faults):
		for _, f := range faults {
			if place, isCell := r.placeOf(f.Path); isCell || !r.torn {
				r.fault(place, f.Code, f.Hint)
			}
		}
	case err != nil:
		return Sheet{}, err
	}
	if len(r.out.Faults) > 0 {
		return r.out, nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(parsed); err != nil {
		return Sheet{}, err
	}
	r.out.Text = b.Bytes()
	return r.out, nil
}

// placeOf is the cell that a JSON pointer came from; the row where it has no
// cell, the sheet 方案 where it has no row. What is said of the whole scheme is
// no cell's either.
func (r *reader) placeOf(pointer string) (place string, isCell bool) {
	for at := pointer; at != ""; at = at[:strings.LastIndexByte(at, '/')] {
		s, ok := r.spots[at]
		if !ok {
			continue
		}
		rest := strings.Split(strings.TrimPrefix(strings.TrimPrefix(pointer, at), "/"), "/")
		place = s.table.Place(s.row, s.column(rest))
		return place, s.table.Sheet != sheetScheme && strings.Count(place, ":") == 2
	}
	return sheetScheme, false
}

// column is the column of a value below the row's object.
func (s spot) column(rest []string) string {
	column := rest[0]
	switch {
	case s.renamed[rest[0]] != "":
		return s.renamed[rest[0]]
	case len(rest) > 1 && rest[1] == "en":
		return column + "_en"
	case len(rest) > 1 && rest[1] != "zh":
		return column + "_" + rest[1]
	}
	return column + firstOf[column]
}

// firstOf are the columns that stand for objects which have no column themselves.
var firstOf = map[string]string{"policy": "_kind", "readings": "_count", "attempts": "_count", "accepts": "_min"}
