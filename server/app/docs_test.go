package app_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	linkForm    = regexp.MustCompile(`!?\[[^\]]*\]\(([^)\s]+)\)`)
	headingForm = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)
	codeForms   = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`")
)

// anchorOf is the name that a heading gets on the pages where these texts are read.
func anchorOf(heading string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(heading)) {
		switch {
		case r == ' ':
			b.WriteByte('-')
		case r == '-' || r == '_' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x2e80 && r < 0xff00 && !strings.ContainsRune("，。：；、？！（）《》“”", r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// TestDocumentsLeadSomewhere follows every link and every picture of the documents:
// a picture that is missing is seen only by who needs it.
func TestDocumentsLeadSomewhere(t *testing.T) {
	const root = "../.."
	documents, err := filepath.Glob(root + "/docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	documents = append(documents, root+"/README.md", root+"/CONTRIBUTING.md", root+"/CHANGELOG.md")
	text := map[string]string{}
	for _, name := range documents {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text[filepath.Clean(name)] = string(raw)
	}
	shown := map[string]bool{}
	links := 0
	for name, body := range text {
		for _, m := range linkForm.FindAllStringSubmatch(codeForms.ReplaceAllString(body, ""), -1) {
			path, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			links++
			target := filepath.Clean(name)
			if path != "" {
				target = filepath.Join(filepath.Dir(name), filepath.FromSlash(path))
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s leads to %s, which is not there", name, m[1])
			}
			shown[target] = true
			if anchor == "" || filepath.Ext(target) != ".md" {
				continue
			}
			anchors := headingForm.FindAllStringSubmatch(text[target], -1)
			if !slices.ContainsFunc(anchors, func(h []string) bool { return anchorOf(h[1]) == anchor }) {
				t.Errorf("%s leads to %s, and there is no such heading", name, m[1])
			}
		}
	}
	if links < 40 {
		t.Errorf("only %d links were found", links)
	}
	// What nobody shows grows old unseen, and so does a document that nobody leads to.
	pictures, err := filepath.Glob(root + "/docs/pictures/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range append(pictures, documents...) {
		if !shown[filepath.Clean(p)] && strings.Contains(p, "/docs/") {
			t.Errorf("no document leads to %s", p)
		}
	}
}
