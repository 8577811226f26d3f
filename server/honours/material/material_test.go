package material

import (
	"strings"
	"testing"
)

func TestNamesAreCleaned(t *testing.T) {
	for name, want := range map[string]string{
		`C:\scans\纪要.pdf`: "纪要.pdf", "../../etc/passwd": "passwd", "a\x00\nb\u202e.pdf": "ab.pdf", "": "", "/": "", " . ": ".", "\xff.pdf": ".pdf",
		strings.Repeat("长", 200): strings.Repeat("长", 120),
	} {
		if got := clean(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
