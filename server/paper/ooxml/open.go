package ooxml

import (
	"archive/zip"
	"bytes"
	"context"
	"strconv"
	"strings"
)

// Limits bound what is unpacked.
type Limits struct {
	Bytes    int // of the file
	Files    int // in it
	Unzipped int // bytes of all of them
	Ratio    int // unzipped bytes to one of the file
	Part     int // bytes of one part that is handed on; 0 is as many as Unzipped
}

// Kind is what tells a kind of file.
type Kind struct {
	Main    string // the part that it must have: xl/workbook.xml
	Content string // what the list of types says of it: spreadsheetml.sheet.main+xml
	Old     string // the ending of its ancestor, which locked files share: .xls
	Macros  string // the ending of its brother with macros: .xlsm
	// Foreign are parts, in small letters, that make it another kind: name → hint.
	Foreign map[string]string
	// Outside is the folder, in small letters, of parts that lead to other files; ""
	// where such parts are merely left alone.
	Outside string
	// Wants says which parts are handed on, as XML; the list of types and Main are.
	Wants func(name string) bool
}

const (
	oleMagic  = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" // the old formats, and the new ones with a password
	zipMagic  = "PK\x03\x04"
	typesPart = "[Content_Types].xml"
)

// Open reads an archive of a kind and gives its wanted parts by name. What is
// wrong is a *Refusal.
func Open(ctx context.Context, data []byte, l Limits, k Kind) (map[string][]byte, error) {
	switch {
	case len(data) > l.Bytes:
		return nil, &Refusal{Reason: TooLarge, Hint: strconv.Itoa(l.Bytes)}
	case len(data) == 0:
		return nil, damaged("", "0")
	case bytes.HasPrefix(data, []byte(oleMagic)):
		return nil, &Refusal{Reason: OtherType, Hint: k.Old}
	case !bytes.HasPrefix(data, []byte("PK")):
		return nil, &Refusal{Reason: OtherType}
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, damaged("", "")
	}
	if err := checkEntries(r.File, len(data), l, k); err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for _, f := range r.File {
		if ctx.Err() != nil {
			return nil, &Refusal{Reason: TooSlow, Place: f.Name}
		}
		if f.Name != typesPart && f.Name != k.Main && !k.Wants(f.Name) {
			if err := pass(f); err != nil {
				return nil, err
			}
			continue
		}
		text, err := inflate(f, l)
		if err != nil {
			return nil, err
		}
		if out[f.Name], err = guard(f.Name, text); err != nil {
			return nil, err
		}
	}
	return out, k.check(out)
}

// check asks the list of types what the file is.
func (k Kind) check(parts map[string][]byte) error {
	types := string(parts[typesPart])
	switch {
	case strings.Contains(types, "macroEnabled"), strings.Contains(types, "vbaProject"):
		return &Refusal{Reason: OtherType, Hint: k.Macros}
	case parts[k.Main] == nil, !strings.Contains(types, k.Content):
		return &Refusal{Reason: OtherType}
	}
	return nil
}
