package word

import (
	"context"
	"errors"

	"jiangtai/server/paper/ooxml"
)

// Limits bound what is read.
type Limits struct {
	Bytes    int // of the file
	Files    int // in it
	Unzipped int // bytes of all of them
	Ratio    int // unzipped bytes to one of the file
	Tables   int
	Rows     int // of a table
	Columns  int
	Cells    int // of all tables
	Text     int // bytes of one cell
}

// Usual are the limits of uploads.
func Usual() Limits {
	return Limits{Bytes: 5 << 20, Files: 500, Unzipped: 64 << 20, Ratio: 100, Tables: 100, Rows: 2000, Columns: 60, Cells: 50_000, Text: 20_000}
}

const (
	mainPart = "word/document.xml"
	mostMain = 16 << 20 // bytes of the document's own XML
)

var document = ooxml.Kind{
	Main: mainPart, Content: "wordprocessingml.document.main+xml", Old: ".doc", Macros: ".docm",
	Foreign: map[string]string{"word/vbaproject.bin": ".docm"},
	Wants:   func(string) bool { return false }, // beside its own XML nothing
}

// codes are the words for why a file is not read.
var codes = map[ooxml.Reason]string{
	ooxml.TooLarge: "word.too_large", ooxml.OtherType: "word.file_type", ooxml.Damaged: "word.archive",
	ooxml.BadXML: "word.xml", ooxml.TooSlow: "word.too_slow",
}

// unpack finds the document's XML.
func unpack(ctx context.Context, data []byte, l Limits) ([]byte, error) {
	parts, err := ooxml.Open(ctx, data, ooxml.Limits{Bytes: l.Bytes, Files: l.Files, Unzipped: l.Unzipped, Ratio: l.Ratio, Part: mostMain}, document)
	if refusal, is := errors.AsType[*ooxml.Refusal](err); is {
		return nil, &Error{IsType: refusal.Reason == ooxml.OtherType, Code: codes[refusal.Reason], Place: refusal.Place, Hint: refusal.Hint}
	}
	return parts[mainPart], err
}
