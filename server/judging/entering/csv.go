package entering

import (
	"bytes"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiangtai/server/fault"
)

// ReadCSV reads what laboratories and measuring machines write (仪器数据): lines of a work's label, an aspect's code or
// id, a value, and the attempt where there are several; in UTF-8 or GB18030, parted by commas, semicolons or tabs, with
// or without a line of headings. Lines that cannot be read are faults at their line and column; the list holds the
// others. Malformed judging.csv when the file is no such list, TooLarge.
func ReadCSV(file []byte, s *Sheet) (List, []fault.Field, error) {
	r := &csvReader{sheet: s, rows: map[string]int{}, lines: map[[2]int]int{}, list: List{Columns: s.Columns, Sum: sha256.Sum256(file)}}
	text := file
	if text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")); !utf8.Valid(text) {
		var err error
		if text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(text); err != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return List{}, nil, fault.New(fault.Malformed, "judging.csv")
		}
	}
	in := csv.NewReader(bytes.NewReader(text))
	in.Comma, in.FieldsPerRecord, in.TrimLeadingSpace = parting(text), -1, true
	for n := 0; ; n++ {
		cells, err := in.Read()
		switch {
		case errors.Is(err, io.EOF):
			if len(r.list.Rows) == 0 && len(r.faults) == 0 {
				return List{}, nil, fault.New(fault.Malformed, "judging.csv")
			}
			r.list.Place = r.place
			return r.list, r.faults, nil
		case err != nil || bytes.ContainsRune([]byte(strings.Join(cells, "")), 0):
			return List{}, nil, fault.New(fault.Malformed, "judging.csv")
		case n > MaxMarks:
			return List{}, nil, fault.New(fault.TooLarge, "judging.sheet_too_large", fault.At("", "judging.sheet_too_large", strconv.Itoa(MaxMarks)))
		}
		line, _ := in.FieldPos(0)
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		if n == 0 && isHeading(cells) {
			continue
		}
		r.line(line, cells)
	}
}

// parting is what stands most often between the cells of the first line.
func parting(text []byte) rune {
	first, _, _ := bytes.Cut(text, []byte("\n"))
	best := ','
	for _, c := range ";\t" {
		if bytes.Count(first, []byte(string(c))) > bytes.Count(first, []byte(string(best))) {
			best = c
		}
	}
	return best
}

// isHeading says whether a first line names its columns: no value of a mark is a word of these.
func isHeading(cells []string) bool {
	for _, c := range cells {
		switch strings.ToLower(c) {
		case "评审号", "赛位号", "参赛号", "编号", "样品号", "评分点", "代码", "数值", "测量值", "work", "aspect", "value", "code":
			return true
		}
	}
	return false
}

// csvReader is a file on its way.
type csvReader struct {
	sheet  *Sheet
	list   List
	rows   map[string]int // works in the list
	lines  map[[2]int]int // of the file, by row and column of the list
	faults []fault.Field
}

func (r *csvReader) fault(line int, column, code, hint string) {
	r.faults = append(r.faults, fault.At(fmt.Sprintf("CSV:%d:%s", line, column), code, hint))
}

// line takes one measured number.
func (r *csvReader) line(line int, cells []string) {
	if strings.Join(cells, "") == "" {
		return
	}
	cells = append(cells, "", "", "", "")
	work, value, attempt := cells[0], cells[2], 1
	if cells[3] != "" {
		var err error
		if attempt, err = strconv.Atoi(cells[3]); err != nil {
			r.fault(line, "D", "judging.malformed_value", "1")
			return
		}
	}
	column := -1
	for i, c := range r.sheet.Columns {
		if (strings.EqualFold(c.Pad.Code, cells[1]) || c.Pad.ID == cells[1]) && int(c.Attempt) == attempt {
			column = i
		}
	}
	switch {
	case work == "":
		r.fault(line, "A", "judging.no_such_entry", "")
		return
	case column < 0:
		r.fault(line, "B", "judging.csv_aspect", cells[1])
		return
	case value == "":
		r.fault(line, "C", "judging.csv_empty", "")
		return
	}
	row, known := r.rows[work]
	if !known {
		row = len(r.list.Rows)
		r.rows[work] = row
		r.list.Rows = append(r.list.Rows, ListRow{Work: work, Values: make([]string, len(r.sheet.Columns))})
		r.lines[[2]int{row, -1}] = line
	}
	if first, twice := r.lines[[2]int{row, column}]; twice {
		r.fault(line, "B", "judging.csv_twice", strconv.Itoa(first))
		return
	}
	r.list.Rows[row].Values[column] = value
	r.lines[[2]int{row, column}] = line
}

// place says where a cell of the list stands in the file.
func (r *csvReader) place(row, column int) string {
	letter := "C"
	if column < 0 {
		letter = "A"
	}
	return fmt.Sprintf("CSV:%d:%s", r.lines[[2]int{row, column}], letter)
}
