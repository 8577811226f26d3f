package excel

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
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

// parts are the XML documents of a workbook by name.
type parts map[string][]byte

const oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" // .xls, and .xlsx with a password

// unpack opens the archive and reads every part once, counting.
func unpack(ctx context.Context, data []byte, l Limits) (parts, error) {
	switch {
	case len(data) > l.Bytes:
		return nil, broken("excel.too_large", "", strconv.Itoa(l.Bytes))
	case len(data) == 0:
		return nil, broken("excel.archive", "", "0")
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return nil, otherType(".xls")
	case !bytes.HasPrefix(data, []byte("PK")):
		return nil, otherType("")
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken("excel.archive", "", "")
	}
	if err := checkEntries(r.File, len(data), l); err != nil {
		return nil, err
	}
	out := parts{}
	for _, f := range r.File {
		if ctx.Err() != nil {
			return nil, broken("excel.too_slow", f.Name, "")
		}
		text, err := inflate(f)
		if err != nil {
			return nil, err
		}
		if isXML(f.Name) {
			if out[f.Name], err = guard(f.Name, text); err != nil {
				return nil, err
			}
		}
	}
	return out, checkKind(out)
}

// checkEntries looks at the directory before anything is unpacked.
func checkEntries(files []*zip.File, size int, l Limits) error {
	if len(files) > l.Files {
		return broken("excel.archive", "", strconv.Itoa(len(files)))
	}
	var total uint64
	seen := map[string]bool{}
	for _, f := range files {
		name := strings.ToLower(f.Name)
		clean := path.Clean("/" + f.Name)
		switch {
		case f.Name == "" || strings.Contains(f.Name, "\\") || !utf8.ValidString(f.Name) || clean != "/"+strings.TrimSuffix(f.Name, "/"),
			seen[name], f.Flags&1 != 0, f.Mode()&^0o777 != 0 && !f.FileInfo().IsDir():
			return broken("excel.archive", f.Name, "")
		case name == "xl/vbaproject.bin" || name == "xl/workbook.bin":
			return otherType(path.Base(name))
		case strings.HasPrefix(name, "xl/externallinks/"):
			return broken("excel.external", f.Name, "")
		}
		seen[name] = true
		if total += f.UncompressedSize64; total > uint64(l.Unzipped) || f.UncompressedSize64 > uint64(l.Unzipped) {
			return broken("excel.archive", f.Name, strconv.Itoa(l.Unzipped))
		}
	}
	if total > 1<<20 && total > uint64(size)*uint64(l.Ratio) {
		return broken("excel.archive", "", "1:"+strconv.Itoa(l.Ratio))
	}
	return checkOverlap(files)
}

// checkOverlap refuses entries that share bytes: the trick of bombs that are
// small in every entry.
func checkOverlap(files []*zip.File) error {
	type span struct{ from, to int64 }
	var spans []span
	for _, f := range files {
		from, err := f.DataOffset()
		if err != nil {
			return broken("excel.archive", f.Name, "")
		}
		spans = append(spans, span{from, from + int64(f.CompressedSize64)})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return broken("excel.archive", "", "")
		}
	}
	return nil
}

// inflate reads one entry: never more than it says, and whole.
func inflate(f *zip.File) ([]byte, error) {
	if f.FileInfo().IsDir() {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, broken("excel.archive", f.Name, "")
	}
	defer r.Close()
	// The sizes that are told were bounded before; one that lies is found here.
	text := make([]byte, f.UncompressedSize64)
	if _, err := io.ReadFull(r, text); err != nil {
		return nil, broken("excel.archive", f.Name, "")
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) { // the sum is checked with the end
		return nil, broken("excel.archive", f.Name, "")
	}
	if bytes.HasPrefix(text, []byte("PK\x03\x04")) {
		return nil, broken("excel.archive", f.Name, "zip")
	}
	return text, nil
}

func isXML(name string) bool {
	return strings.HasSuffix(name, ".xml") || strings.HasSuffix(name, ".rels")
}

// guard lets through what a plain XML document may be: UTF-8 without a document
// type, hence without entities of its own.
func guard(name string, text []byte) ([]byte, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	head := bytes.ToLower(text[:min(len(text), 200)])
	_, declared, found := bytes.Cut(head, []byte("encoding="))
	switch {
	case !utf8.Valid(text), bytes.IndexByte(text, 0) >= 0,
		found && len(declared) > 6 && !bytes.HasPrefix(declared[1:], []byte("utf-8")) && !bytes.HasPrefix(declared[1:], []byte("us-ascii")),
		bytes.Contains(text, []byte("<!DOCTYPE")), bytes.Contains(text, []byte("<!ENTITY")),
		bytes.Contains(bytes.ToUpper(text[:min(len(text), 4096)]), []byte("<!DOCTYPE")):
		return nil, broken("excel.xml", name, "")
	}
	return text, nil
}

// checkKind asks the list of types what the file is.
func checkKind(p parts) error {
	types := string(p["[Content_Types].xml"])
	switch {
	case strings.Contains(types, "macroEnabled"), strings.Contains(types, "vbaProject"):
		return otherType(".xlsm")
	case p["xl/workbook.xml"] == nil, !strings.Contains(types, "spreadsheetml.sheet.main+xml"):
		return otherType("")
	}
	return nil
}
