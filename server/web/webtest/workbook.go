package webtest

import (
	"bytes"
	"strings"

	"github.com/xuri/excelize/v2"
)

// XLSX is a workbook's media type.
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Rows are the first sheet of a workbook that came back.
func (s *Site) Rows(a Answer) [][]string {
	s.t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(a.Body))
	if err != nil {
		s.t.Fatalf("%v: %.200s", err, a.Body)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		s.t.Fatal(err)
	}
	return rows
}

// Filled is a workbook that came back with rows written into its first sheet from
// the first-th on, by the columns' titles.
func (s *Site) Filled(a Answer, first int, rows ...map[string]string) string {
	s.t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(a.Body))
	if err != nil {
		s.t.Fatalf("%v: %.200s", err, a.Body)
	}
	defer f.Close()
	name := f.GetSheetName(0)
	head, err := f.GetRows(name)
	if err != nil {
		s.t.Fatal(err)
	}
	for n, row := range rows {
		for i, title := range head[0] {
			v, ok := row[strings.TrimSuffix(title, " *")]
			if !ok {
				continue
			}
			cell, _ := excelize.CoordinatesToCellName(i+1, first+n)
			if err := f.SetCellStr(name, cell, v); err != nil {
				s.t.Fatal(err)
			}
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		s.t.Fatal(err)
	}
	return b.String()
}
