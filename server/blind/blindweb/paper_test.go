package blindweb_test

import (
	"bytes"
	"os"
	"testing"

	"jiangtai/server/blind"
	"jiangtai/server/blind/blindtest"
	"jiangtai/server/paper/printing"
)

// Record and labels are printed for their coding judge, with a record without
// pairs for the others; a program without fonts says so. Set BLIND_PAPERS to a
// folder to look at the pages.
func TestPapers(t *testing.T) {
	s := newSite(t)
	s.DrawBoth(t, blindtest.Weld)
	_, noFonts := printing.Open()
	get := func(who, path string) []byte {
		t.Helper()
		a := s.send(who, "GET", weld+path, "")
		if noFonts != nil {
			s.want(503, "blind.no_fonts", a)
			return nil
		}
		if a.status != 200 || !bytes.HasPrefix(a.body, []byte("%PDF-")) || a.cache != "no-store" {
			t.Fatalf("%s by %s: %d %.200s", path, who, a.status, a.body)
		}
		return a.body
	}
	papers := map[string][]byte{
		"record": get("coder", "/draws/seat/record.pdf"), "record-told": get("watcher", "/draws/seat/record.pdf"),
		"labels": get("other", "/draws/code/labels.pdf"),
	}
	if len(papers["record"]) != 0 && len(papers["record"]) <= len(papers["record-told"]) {
		t.Error("the record without pairs is not the shorter one")
	}
	for _, who := range []string{"coder", "office", "watcher", "root"} {
		s.want(404, "blind.missing", s.send(who, "GET", weld+"/draws/code/labels.pdf", ""))
	}
	s.want(404, "blind.missing", s.send("keyer", "GET", weld+"/draws/code/record.pdf", ""))
	if folder := os.Getenv("BLIND_PAPERS"); folder != "" {
		for name, pdf := range papers {
			if err := os.WriteFile(folder+"/"+name+".pdf", pdf, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.Change(blindtest.Weld, func(e *blind.Event) { e.IsOpen, e.IsUnsealed = true, true })
	s.want(404, "blind.missing", s.send("host", "GET", weld+"/draws/seat/labels.pdf", ""))
}
