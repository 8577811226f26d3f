package parcel

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// column is one column of a table. A required one must be there; and filled,
// unless it may be empty.
type column struct {
	name     string
	required bool
	mayEmpty bool
}

// The tables and their columns, in the order of normal form.
var tables = map[string][]column{
	"hosts.csv": {{name: "code", required: true}, {name: "name", required: true}},
	"units.csv": {{name: "code", required: true}, {name: "name", required: true}, {name: "short"}, {name: "kind"}, {name: "parent"}},
	"events.csv": {
		{name: "code", required: true},
		{name: "trade", required: true},
		{name: "trade_en"},
		{name: "title"},
		{name: "title_en"},
		{name: "stage"},
		{name: "group"},
		{name: "hall"},
		{name: "host"},
		{name: "depth"},
		{name: "chain"},
		{name: "scheme", required: true, mayEmpty: true},
	},
	"entries.csv": {
		{name: "event", required: true},
		{name: "entry_no"},
		{name: "seat_no"},
		{name: "work_code"},
		{name: "name", required: true},
		{name: "unit"},
		{name: "kind"},
		{name: "team"},
		{name: "group"},
		{name: "county"},
	},
	"judges.csv": {{name: "event", required: true}, {name: "panel", required: true}, {name: "seat"}, {name: "judge"}, {name: "chief"}},
}

// Columns are a table's columns in normal form's order, and those that a file
// must have.
func Columns(file string) (all, required []string) {
	for _, c := range tables[file] {
		all = append(all, c.name)
		if c.required {
			required = append(required, c.name)
		}
	}
	return all, required
}

// maxCell is the longest text of a cell, in bytes.
const maxCell = 600

// table is a CSV file as read: rows of cells in the file's own order.
type table struct {
	file  string
	index map[string]int // column → its place, 0 and up
	rows  [][]string
	lines []int // the line of each row; the header is line 1
}

// cell is a row's text in a column, "" where the file does not have it.
func (t *table) cell(row int, name string) string {
	if i, ok := t.index[name]; ok {
		return t.rows[row][i]
	}
	return ""
}

// place is file:line:column; without a column where the file does not have it.
func (t *table) place(line int, name string) string {
	at := t.file + ":" + strconv.Itoa(line)
	if i, ok := t.index[name]; ok {
		at += ":" + strconv.Itoa(i+1)
	}
	return at
}

// readTable reads one CSV file. room is how many rows it may still have. The
// table is nil where its header does not tell what the cells are.
func readTable(file string, data []byte, room int, faults *Faults) *table {
	data, ok := text(file, data, faults)
	if !ok {
		return nil
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		faults.Add(file+":1", "package.header_missing", "")
		return nil
	}
	t := &table{file: file}
	if t.index = readHeader(file, header, faults); t.index == nil {
		return nil
	}
	width := len(header)
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t
		}
		if err != nil {
			faults.Add(brokenAt(file, err), "package.csv_broken", "")
			return t
		}
		line, _ := r.FieldPos(0)
		if len(t.rows) == room {
			faults.Add(file+":"+strconv.Itoa(line), "package.too_many_rows", strconv.Itoa(MaxRows))
			return t
		}
		if blank(row) {
			continue
		}
		if len(row) != width {
			faults.Add(file+":"+strconv.Itoa(line), "package.row_width", strconv.Itoa(len(row)))
			continue
		}
		t.add(row, line, faults)
	}
}

// add cleans a row's cells and keeps it.
func (t *table) add(row []string, line int, faults *Faults) {
	cells := make([]string, len(row))
	for i, s := range row {
		s = trim(s)
		if code := unfitCell(s); code != "" {
			faults.Add(t.file+":"+strconv.Itoa(line)+":"+strconv.Itoa(i+1), code, "")
			s = strings.Map(printable, s)
		}
		cells[i] = s
	}
	t.rows = append(t.rows, cells)
	t.lines = append(t.lines, line)
	for _, c := range tables[t.file] {
		if i, ok := t.index[c.name]; ok && c.required && !c.mayEmpty && cells[i] == "" {
			faults.Add(t.place(line, c.name), "package.empty", c.name)
		}
	}
}

// readHeader finds the columns; nil when they are not what the table needs.
func readHeader(file string, header []string, faults *Faults) map[string]int {
	known, index, good := map[string]bool{}, map[string]int{}, true
	for _, c := range tables[file] {
		known[c.name] = true
	}
	for i, name := range header {
		name = trim(name)
		at := file + ":1:" + strconv.Itoa(i+1)
		if _, twice := index[name]; twice {
			faults.Add(at, "package.header_duplicate", name)
			good = false
		} else if !known[name] {
			faults.Add(at, "package.header_unknown", name)
			good = false
		}
		index[name] = i
	}
	for _, c := range tables[file] {
		if _, ok := index[c.name]; c.required && !ok {
			faults.Add(file+":1", "package.header_absent", c.name)
			good = false
		}
	}
	if !good {
		return nil
	}
	return index
}

// text drops a byte order mark and refuses what is not UTF-8.
func text(file string, data []byte, faults *Faults) ([]byte, bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return data, true
	}
	line, rest := 1, data
	for {
		head, tail, more := bytes.Cut(rest, []byte("\n"))
		if !utf8.Valid(head) || !more {
			break
		}
		line, rest = line+1, tail
	}
	faults.Add(file+":"+strconv.Itoa(line), "package.not_utf8", "")
	return nil, false
}

func brokenAt(file string, err error) string {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return file + ":" + strconv.Itoa(p.StartLine)
	}
	return file
}

func blank(row []string) bool {
	for _, s := range row {
		if trim(s) != "" {
			return false
		}
	}
	return true
}

// trim drops space of every width around a text.
func trim(s string) string { return strings.TrimFunc(s, unicode.IsSpace) }

// unfitCell says why a text cannot be shown.
func unfitCell(s string) string {
	if len(s) > maxCell {
		return "package.too_long"
	}
	if !Showable(s) {
		return "package.control_character"
	}
	return ""
}

// Showable says that a text holds no control, invisible or direction-changing
// character: nothing that makes two texts look alike that are not.
func Showable(s string) bool {
	for _, r := range s {
		if printable(r) < 0 {
			return false
		}
	}
	return true
}

// printable is r, or -1 where it cannot be seen.
func printable(r rune) rune {
	if r == utf8.RuneError || unicode.Is(unicode.C, r) && !unicode.Is(unicode.Co, r) ||
		unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) {
		return -1
	}
	return r
}
