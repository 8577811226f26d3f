package ooxmltest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"path"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Good is a good file of a kind, and what the kind is known by.
type Good struct {
	Data  []byte
	Main  string // its main part: xl/workbook.xml
	Files int    // as many entries as are taken
}

type evil struct {
	name string
	data []byte
	want string
}

// Refuse reads evil files of every sort. Read answers with archive, file_type+,
// xml or too_large; a file that passes, another answer, more than 500 ms or
// 64 MB is a failure.
func Refuse(t *testing.T, clock func() time.Time, good Good, read func(t *testing.T, data []byte) string) {
	t.Helper()
	parts := Taken(t, good.Data)
	with := func(change map[string]string) []byte { return With(t, parts, change) }
	for _, c := range append(archives(good, with), texts(t, good, parts, with)...) {
		t.Run(c.name, func(t *testing.T) { Within(t, clock, c.want, func() string { return read(t, c.data) }) })
	}
}

// Within asks for an answer in at most 500 ms and 64 MB.
func Within(t *testing.T, clock func() time.Time, want string, read func() string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := clock()
	got := read()
	took := clock().Sub(began)
	runtime.ReadMemStats(&after)
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if took > 500*time.Millisecond {
		t.Errorf("it took %v", took)
	}
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 64<<20 {
		t.Errorf("%d MB were allocated", grown>>20)
	}
}

// archives are evil by what the archive is.
func archives(good Good, with func(map[string]string) []byte) []evil {
	home := path.Dir(good.Main) + "/"
	many := map[string]string{}
	for i := range good.Files + 1 {
		many[fmt.Sprintf("x/%d.xml", i)] = "<a/>"
	}
	return []evil{
		{"U1 too large", bytes.Repeat([]byte("x"), 5<<20+1), "too_large"},
		{"U2 a bomb that says so", with(map[string]string{home + "media/a.xml": strings.Repeat("\x20", 65<<20)}), "archive"},
		{"U2 a ratio over 100", with(map[string]string{"a.xml": strings.Repeat(" ", 20<<20)}), "archive"},
		{"U2 a bomb that lies", lying(with), "archive"},
		{"U3 an archive inside", with(map[string]string{home + "embeddings/a.bin": string(good.Data)}), "archive"},
		{"U3 an archive inside, as XML", with(map[string]string{home + "a.xml": string(good.Data)}), "archive"},
		{"U3 a file more than are taken", with(many), "archive"},
		{"U3 overlapping entries", overlapping(with), "archive"},
		{"U4 a name that climbs", with(map[string]string{"../../x": "a"}), "archive"},
		{"U4 an absolute name", with(map[string]string{"/etc/x": "a"}), "archive"},
		{"U4 a name of another system", with(map[string]string{`a\b`: "a"}), "archive"},
		{"U4 a name twice", with(map[string]string{strings.ToUpper(home) + path.Base(good.Main): "a"}), "archive"},
		{"U21 nothing", nil, "archive"},
		{"U21 cut off", good.Data[:len(good.Data)-50], "archive"},
		{"U21 a changed byte", changed(good), "archive"},
		{"U21 a changed byte where nobody looks", changed(Good{Data: with(map[string]string{"zz.png": strings.Repeat("a picture", 100)}), Main: "zz.png"}), "archive"},
		{"U21 only the magic", []byte("PK\x03\x04"), "archive"},
	}
}

// texts are evil by what is in it, or no file of the kind at all.
func texts(t *testing.T, good Good, parts map[string]string, with func(map[string]string) []byte) []evil {
	long := strings.Repeat("x", 1<<20)
	types, main := parts["[Content_Types].xml"], good.Main
	return []evil{
		{"U5 the old format or a password", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + long), "file_type+"},
		{"U5 macros", with(map[string]string{path.Dir(main) + "/vbaProject.bin": "x"}), "file_type+"},
		{"U5 macros by its types", with(map[string]string{"[Content_Types].xml": strings.ReplaceAll(types, ".main+xml", ".macroEnabled.main+xml")}), "file_type+"},
		{"U6 a program", []byte("MZ\x90\x00" + long), "file_type+"},
		{"U6 a page", []byte("<html><table><tr><td>1"), "file_type+"},
		{"U6 a CSV", []byte("姓名,证件号码\n"), "file_type+"},
		{"U6 another archive", Packed(t, map[string]string{"a/b.xml": "<a/>"}), "file_type+"},
		{"U6 a list of types and nothing else", Packed(t, map[string]string{"[Content_Types].xml": types}), "file_type+"},
		{"U7 a document type", with(map[string]string{main: `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>`}), "xml"},
		{"U7 in small letters", with(map[string]string{main: `<!doctype x><x/>`}), "xml"},
		{"U7 laughs", with(map[string]string{main: `<x><!ENTITY a "aa">&a;</x>`}), "xml"},
		{"U7 UTF-16", with(map[string]string{main: "\xff\xfe<\x00!\x00D\x00"}), "xml"},
		{"U7 another encoding", with(map[string]string{main: `<?xml version="1.0" encoding="utf-7"?><x/>`}), "xml"},
	}
}

// lying says that it is small.
func lying(with func(map[string]string) []byte) []byte {
	data := with(map[string]string{"zz.xml": strings.Repeat(" ", 300<<20)})
	at := bytes.LastIndex(data, []byte("zz.xml"))
	binary.LittleEndian.PutUint32(data[at-46+24:], 100) // the directory's size of the entry unpacked
	return data
}

// overlapping lets two entries of the directory be one in the file.
func overlapping(with func(map[string]string) []byte) []byte {
	data := with(map[string]string{"zz1.xml": strings.Repeat("<a/>", 100), "zz2.xml": strings.Repeat("<a/>", 100)})
	first, second := bytes.LastIndex(data, []byte("zz1.xml")), bytes.LastIndex(data, []byte("zz2.xml"))
	copy(data[second-4:second], data[first-4:first]) // the offset stands before the name
	return data
}

// changed has another byte in its main part.
func changed(good Good) []byte {
	data := bytes.Clone(good.Data)
	r, _ := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	for _, f := range r.File {
		if f.Name == good.Main {
			at, _ := f.DataOffset()
			data[at+int64(f.CompressedSize64)/2] ^= 0x10
		}
	}
	return data
}
