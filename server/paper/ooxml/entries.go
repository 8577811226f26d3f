package ooxml

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// checkEntries looks at the directory before anything is unpacked.
func checkEntries(files []*zip.File, size int, l Limits, k Kind) error {
	if len(files) > l.Files {
		return damaged("", strconv.Itoa(len(files)))
	}
	var total uint64
	seen := map[string]bool{}
	for _, f := range files {
		name := strings.ToLower(f.Name)
		clean := path.Clean("/" + f.Name)
		hint, isForeign := k.Foreign[name]
		switch {
		case f.Name == "" || strings.Contains(f.Name, "\\") || !utf8.ValidString(f.Name) || clean != "/"+strings.TrimSuffix(f.Name, "/"),
			seen[name], f.Flags&1 != 0, f.Mode()&^0o777 != 0 && !f.FileInfo().IsDir():
			return damaged(f.Name, "")
		case isForeign:
			return &Refusal{Reason: OtherType, Hint: hint}
		case k.Outside != "" && strings.HasPrefix(name, k.Outside):
			return &Refusal{Reason: LeadsOut, Place: f.Name}
		}
		seen[name] = true
		if total += f.UncompressedSize64; total > uint64(l.Unzipped) || f.UncompressedSize64 > uint64(l.Unzipped) {
			return damaged(f.Name, strconv.Itoa(l.Unzipped))
		}
	}
	if total > 1<<20 && total > uint64(size)*uint64(l.Ratio) {
		return damaged("", "1:"+strconv.Itoa(l.Ratio))
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
			return damaged(f.Name, "")
		}
		spans = append(spans, span{from, from + int64(f.CompressedSize64)})
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return damaged("", "")
		}
	}
	return nil
}

// inflate reads one entry: never more than it says, and whole.
func inflate(f *zip.File, l Limits) ([]byte, error) {
	if f.FileInfo().IsDir() {
		return nil, nil
	}
	if l.Part > 0 && f.UncompressedSize64 > uint64(l.Part) {
		return nil, damaged(f.Name, strconv.Itoa(l.Part))
	}
	// The sizes that are told were bounded before; one that lies is found in reading.
	text := bytes.NewBuffer(make([]byte, 0, f.UncompressedSize64+bytes.MinRead)) // else the buffer doubles at its end
	err := unzip(f, text)
	return text.Bytes(), err
}

// pass reads one entry to nowhere, for what it is and whether its sum holds.
func pass(f *zip.File) error {
	if f.FileInfo().IsDir() {
		return nil
	}
	return unzip(f, io.Discard)
}

// unzip writes one entry: as many bytes as it says, no archive, with a sum that holds.
func unzip(f *zip.File, to io.Writer) error {
	r, err := f.Open()
	if err != nil {
		return damaged(f.Name, "")
	}
	defer r.Close()
	head := make([]byte, min(f.UncompressedSize64, uint64(len(zipMagic))))
	if _, err := io.ReadFull(r, head); err != nil {
		return damaged(f.Name, "")
	}
	if string(head) == zipMagic {
		return damaged(f.Name, "zip")
	}
	_, _ = to.Write(head) // a buffer or nowhere: neither fails
	if _, err := io.CopyN(to, r, int64(f.UncompressedSize64)-int64(len(head))); err != nil {
		return damaged(f.Name, "")
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) { // the sum is checked with the end
		return damaged(f.Name, "")
	}
	return nil
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
		return nil, &Refusal{Reason: BadXML, Place: name}
	}
	return text, nil
}
