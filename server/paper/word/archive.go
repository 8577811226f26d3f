package word

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
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
	oleMagic  = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" // .doc, and .docx with a password
	typesPart = "[Content_Types].xml"
	mainPart  = "word/document.xml"
	mostMain  = 16 << 20 // bytes of the document's own XML
)

// unpack finds the document's XML.
func unpack(ctx context.Context, data []byte, l Limits) ([]byte, error) {
	switch {
	case len(data) > l.Bytes:
		return nil, broken("word.too_large", "", strconv.Itoa(l.Bytes))
	case len(data) == 0:
		return nil, broken("word.archive", "", "0")
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return nil, otherType(".doc")
	case !bytes.HasPrefix(data, []byte("PK")):
		return nil, otherType("")
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken("word.archive", "", "")
	}
	if err := checkEntries(r.File, len(data), l); err != nil {
		return nil, err
	}
	found := map[string][]byte{}
	for _, f := range r.File {
		if ctx.Err() != nil {
			return nil, broken("word.too_slow", f.Name, "")
		}
		if f.Name != typesPart && f.Name != mainPart {
			continue
		}
		text, err := inflate(f)
		if err != nil {
			return nil, err
		}
		if found[f.Name], err = guard(f.Name, text); err != nil {
			return nil, err
		}
	}
	types := string(found[typesPart])
	switch {
	case strings.Contains(types, "macroEnabled"), strings.Contains(types, "vbaProject"):
		return nil, otherType(".docm")
	case found[mainPart] == nil, !strings.Contains(types, "wordprocessingml.document.main+xml"):
		return nil, otherType("")
	}
	return found[mainPart], nil
}

// checkEntries looks at the directory before anything is unpacked.
func checkEntries(files []*zip.File, size int, l Limits) error {
	if len(files) > l.Files {
		return broken("word.archive", "", strconv.Itoa(len(files)))
	}
	var total uint64
	seen := map[string]bool{}
	for _, f := range files {
		name := strings.ToLower(f.Name)
		clean := path.Clean("/" + f.Name)
		switch {
		case f.Name == "" || strings.Contains(f.Name, "\\") || !utf8.ValidString(f.Name) || clean != "/"+strings.TrimSuffix(f.Name, "/"),
			seen[name], f.Flags&1 != 0, f.Mode()&^0o777 != 0 && !f.FileInfo().IsDir():
			return broken("word.archive", f.Name, "")
		case name == "word/vbaproject.bin":
			return otherType(".docm")
		}
		seen[name] = true
		if total += f.UncompressedSize64; total > uint64(l.Unzipped) || f.UncompressedSize64 > uint64(l.Unzipped) {
			return broken("word.archive", f.Name, strconv.Itoa(l.Unzipped))
		}
	}
	if total > 1<<20 && total > uint64(size)*uint64(l.Ratio) {
		return broken("word.archive", "", "1:"+strconv.Itoa(l.Ratio))
	}
	return nil
}

// inflate reads one entry: never more than it says, and whole.
func inflate(f *zip.File) ([]byte, error) {
	if f.UncompressedSize64 > mostMain {
		return nil, broken("word.archive", f.Name, strconv.Itoa(mostMain))
	}
	r, err := f.Open()
	if err != nil {
		return nil, broken("word.archive", f.Name, "")
	}
	defer r.Close()
	text := make([]byte, f.UncompressedSize64)
	if _, err := io.ReadFull(r, text); err != nil {
		return nil, broken("word.archive", f.Name, "")
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) { // the sum is checked with the end
		return nil, broken("word.archive", f.Name, "")
	}
	return text, nil
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
		return nil, broken("word.xml", name, "")
	}
	return text, nil
}
