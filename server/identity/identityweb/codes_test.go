package identityweb_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

var codeForm = regexp.MustCompile(`"(identity\.[a-z_]+)"`)

// codesIn finds the codes written in the Go files below dir, tests aside.
func codesIn(t *testing.T, dir string) map[string]bool {
	t.Helper()
	said := map[string]bool{}
	tree := os.DirFS(dir)
	err := fs.WalkDir(tree, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") ||
			strings.HasPrefix(path, "identitytest/") {
			return err
		}
		raw, err := fs.ReadFile(tree, path)
		for _, m := range codeForm.FindAllSubmatch(raw, -1) {
			said[string(m[1])] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return said
}

// codesOf finds identity's codes in the catalogue.
func codesOf(t *testing.T, raw []byte) map[string]bool {
	t.Helper()
	var catalogue map[string]struct{ Zh, En string }
	if err := json.Unmarshal(raw, &catalogue); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for code, text := range catalogue {
		if strings.HasPrefix(code, "identity.") {
			listed[code] = text.Zh != "" && text.En != ""
		}
	}
	return listed
}
