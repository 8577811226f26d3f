package scorefile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// table reads a CSV file row by row and knows where it is.
type table struct {
	name   string
	csv    *csv.Reader
	header []string
	column map[string]int
	row    []string
	note   func(place, code, hint string)
}

// openTable reads the header; false when there is nothing to read on.
func openTable(name string, text []byte, note func(place, code, hint string)) (*table, bool) {
	t := &table{name: name, column: map[string]int{}, note: note}
	if !utf8.Valid(text) {
		note(name, "score.not_utf8", "")
		return t, false
	}
	t.csv = csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	t.csv.ReuseRecord = false
	header, err := t.csv.Read()
	if err != nil {
		note(name+":1:1", "score.no_header", "")
		return t, false
	}
	t.header = header
	for i, c := range header {
		if _, twice := t.column[c]; twice || c == "" {
			note(t.headerPlace(i), "score.bad_column", c)
		}
		t.column[c] = i
	}
	return t, true
}

func (t *table) headerPlace(i int) string { return t.name + ":1:" + strconv.Itoa(i+1) }

// need asks for columns; false when one is missing.
func (t *table) need(columns ...string) bool {
	ok := true
	for _, c := range columns {
		if _, has := t.column[c]; !has {
			t.note(t.name+":1:1", "score.missing_column", c)
			ok = false
		}
	}
	return ok
}

// only refuses columns other than these.
func (t *table) only(columns ...string) {
next:
	for i, h := range t.header {
		for _, c := range columns {
			if h == c {
				continue next
			}
		}
		t.note(t.headerPlace(i), "score.unknown_column", h)
	}
}

// next reads a row; false at the end. A row that cannot be read is noted and
// passed over; a broken quote ends the file.
func (t *table) next() bool {
	for {
		row, err := t.csv.Read()
		var parse *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return false
		case errors.Is(err, csv.ErrFieldCount) && errors.As(err, &parse):
			t.note(t.name+":"+strconv.Itoa(parse.Line)+":1", "score.wrong_columns", strconv.Itoa(len(row)))
			continue
		case errors.As(err, &parse):
			t.note(t.name+":"+strconv.Itoa(parse.Line)+":"+strconv.Itoa(parse.Column), "score.bad_csv", "")
			return false
		case err != nil:
			t.note(t.name, "score.bad_csv", "")
			return false
		}
		t.row = row
		return true
	}
}

// get is a column's text, "" where the file has no such column.
func (t *table) get(column string) string {
	if i, ok := t.column[column]; ok {
		return t.row[i]
	}
	return ""
}

// place is file:row:column, the row as an editor counts lines.
func (t *table) place(column string) string {
	i := t.column[column]
	line, _ := t.csv.FieldPos(i)
	return t.name + ":" + strconv.Itoa(line) + ":" + strconv.Itoa(i+1)
}
