package excel

import (
	"context"
	"errors"
	"strings"

	"jiangtai/server/paper/ooxml"
)

// Limits bound what is read.
type Limits struct {
	Bytes    int // of the file
	Files    int // in it
	Unzipped int // bytes of all of them
	Ratio    int // unzipped bytes to one of the file
	Rows     int // of the sheet, with the header
	Columns  int
	Cells    int
}

// Usual are the limits of uploads.
func Usual() Limits {
	return Limits{Bytes: 5 << 20, Files: 200, Unzipped: 64 << 20, Ratio: 100, Rows: 20_001, Columns: 100, Cells: 1_000_000}
}

const mainPart = "xl/workbook.xml"

var workbook = ooxml.Kind{
	Main: mainPart, Content: "spreadsheetml.sheet.main+xml", Old: ".xls", Macros: ".xlsm",
	Foreign: map[string]string{"xl/vbaproject.bin": "vbaproject.bin", "xl/workbook.bin": "workbook.bin"},
	Outside: "xl/externallinks/",
	Wants:   func(name string) bool { return strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels") },
}

// codes are the words for why a file is not read.
var codes = map[ooxml.Reason]string{
	ooxml.TooLarge: "excel.too_large", ooxml.OtherType: "excel.file_type", ooxml.Damaged: "excel.archive",
	ooxml.LeadsOut: "excel.external", ooxml.BadXML: "excel.xml", ooxml.TooSlow: "excel.too_slow",
}

// unpack gives the XML documents of a workbook by name.
func unpack(ctx context.Context, data []byte, l Limits) (map[string][]byte, error) {
	parts, err := ooxml.Open(ctx, data, ooxml.Limits{Bytes: l.Bytes, Files: l.Files, Unzipped: l.Unzipped, Ratio: l.Ratio}, workbook)
	if refusal, is := errors.AsType[*ooxml.Refusal](err); is {
		return nil, &Error{
			IsType: refusal.Reason == ooxml.OtherType,
			Faults: []Fault{{Place: refusal.Place, Code: codes[refusal.Reason], Hint: refusal.Hint}},
		}
	}
	return parts, err
}
