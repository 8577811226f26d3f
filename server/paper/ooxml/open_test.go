package ooxml_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"jiangtai/server/paper/ooxml"
	"jiangtai/server/paper/ooxml/ooxmltest"
)

const types = `<Types><Override PartName="/a/main.xml" ContentType="application/vnd.a.main+xml"/></Types>`

var kind = ooxml.Kind{
	Main: "a/main.xml", Content: "vnd.a.main+xml", Old: ".a", Macros: ".am",
	Foreign: map[string]string{"a/vbaproject.bin": "macros"}, Outside: "a/links/",
	Wants: func(name string) bool { return strings.HasSuffix(name, ".xml") },
}

func usual() ooxml.Limits {
	return ooxml.Limits{Bytes: 5 << 20, Files: 200, Unzipped: 64 << 20, Ratio: 100, Part: 1 << 20}
}

func file(t testing.TB, change map[string]string) []byte {
	return ooxmltest.With(t, map[string]string{"[Content_Types].xml": types, "a/main.xml": "<x>" + strings.Repeat("正文", 100) + "</x>"}, change)
}

// refusal is why, in the words of the evil files.
func refusal(err error) string {
	refusal, is := errors.AsType[*ooxml.Refusal](err)
	if !is {
		return "nothing"
	}
	return map[ooxml.Reason]string{
		ooxml.TooLarge: "too_large", ooxml.OtherType: "file_type+", ooxml.Damaged: "archive", ooxml.LeadsOut: "external", ooxml.BadXML: "xml", ooxml.TooSlow: "too_slow",
	}[refusal.Reason]
}

func TestEvilFilesAreRefused(t *testing.T) {
	ooxmltest.Refuse(t, time.Now, ooxmltest.Good{Data: file(t, nil), Main: "a/main.xml", Files: 200}, func(t *testing.T, data []byte) string {
		_, err := ooxml.Open(t.Context(), data, usual(), kind)
		return refusal(err)
	})
	for _, c := range []struct {
		name   string
		change map[string]string
		want   string
	}{
		{"a part that leads out", map[string]string{"A/Links/1.xml": "<a/>"}, "external"},
		{"a part over its own limit", map[string]string{"b.xml": strings.Repeat("abcdefghijklmnop", 1<<16) + "x"}, "archive"},
		{"a part of half a magic", map[string]string{"b.bin": "PK"}, "nothing"},
		{"an empty part", map[string]string{"b.xml": ""}, "nothing"},
		{"a folder", map[string]string{"b/": ""}, "nothing"},
	} {
		if _, err := ooxml.Open(t.Context(), file(t, c.change), usual(), kind); refusal(err) != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestWhatIsHandedOn(t *testing.T) {
	parts, err := ooxml.Open(t.Context(), file(t, map[string]string{"b.xml": "\xef\xbb\xbf<b/>", "c.png": "a picture"}), usual(), kind)
	if err != nil {
		t.Fatal(err)
	}
	if len(parts) != 3 || string(parts["b.xml"]) != "<b/>" || parts["c.png"] != nil {
		t.Errorf("%d parts, %q", len(parts), parts["b.xml"])
	}
}

func TestTheTimeIsUp(t *testing.T) { // U22
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ooxml.Open(ctx, file(t, nil), usual(), kind); refusal(err) != "too_slow" {
		t.Error(err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(file(f, nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := ooxml.Open(t.Context(), data, usual(), kind); err != nil && refusal(err) == "nothing" {
			t.Errorf("%v is no fault of the file's", err)
		}
	})
}
