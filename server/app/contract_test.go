package app_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"gopkg.in/yaml.v3"

	"jiangtai/schemas"
	"jiangtai/server/store/storetest"
)

// pages are addresses for browsers; the document describes what programs call.
var pages = []string{"web.board", "web.tablet", "web.tablet_check", "web.screen", "web.register", "web.notices", "web.console", "web.console_pages", "web.assets", "web.console_assets", "web.file"}

// TestEveryRouteIsDocumented holds the running program's addresses against
// openapi.yaml, both ways.
func TestEveryRouteIsDocumented(t *testing.T) {
	raw, err := schemas.Files.ReadFile("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]map[string]yaml.Node `yaml:"paths"`
	}
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	documented := map[string]bool{}
	for p, methods := range doc.Paths {
		for m := range methods {
			if slices.Contains([]string{"get", "put", "post", "patch", "delete", "head", "options"}, m) {
				documented[strings.ToUpper(m)+" "+p] = true
			}
		}
	}
	served := map[string]bool{}
	for _, r := range common(t).app.Routes() {
		key := r.Method + " " + r.Path
		switch {
		case slices.Contains(pages, r.Name):
		case r.Name == "":
			t.Errorf("%s has no name", key)
		case served[key]:
			t.Errorf("%s is put up twice", key)
		case !documented[key]:
			t.Errorf("%s (%s) is not in openapi.yaml", key, r.Name)
		}
		served[key] = true
	}
	for key := range documented {
		if !served[key] {
			t.Errorf("openapi.yaml has %s, which nobody serves", key)
		}
	}
	if len(documented) < 40 {
		t.Errorf("only %d addresses are documented", len(documented))
	}
}

// TestEveryConstraintHasAMeaning: a violation that nobody foresaw would be an
// internal error for whoever caused it.
func TestEveryConstraintHasAMeaning(t *testing.T) {
	storetest.CheckConstraints(t, common(t).app.DB())
}

var codeForm = regexp.MustCompile(`^([a-z]+)\.[a-z][a-z0-9_]*$`)

// notCodes are calls whose texts look like codes: names of routes, and what the
// audit calls things.
var notCodes = []string{"Name", "Record", "audit"}

// TestEveryCodeHasWords holds the codes in Go against errors.json, both ways.
func TestEveryCodeHasWords(t *testing.T) {
	raw, err := schemas.Files.ReadFile("errors.json")
	if err != nil {
		t.Fatal(err)
	}
	var catalogue map[string]struct{ Zh, En string }
	if err := json.Unmarshal(raw, &catalogue); err != nil {
		t.Fatal(err)
	}
	rooms := map[string]bool{"ledger": true}
	for code, w := range catalogue {
		room, _, _ := strings.Cut(code, ".")
		rooms[room] = true
		if !strings.ContainsFunc(w.Zh, isHan) || w.En == "" || strings.ContainsFunc(w.En, isHan) {
			t.Errorf("%s has the words %q and %q", code, w.Zh, w.En)
		}
	}
	spoken := map[string]bool{}
	for _, s := range texts(t, repository(t)) {
		if slices.Contains(notCodes, s.call) {
			continue // a route's name that is a code's too does not say the code
		}
		spoken[s.text] = true
		m := codeForm.FindStringSubmatch(s.text)
		if m == nil || !rooms[m[1]] || s.isLocal() {
			continue
		}
		if _, ok := catalogue[s.text]; !ok {
			t.Errorf("%s: %s is not in errors.json", s.at, s.text)
		}
	}
	for code := range catalogue {
		if !spoken[code] {
			t.Errorf("errors.json has %s, which nobody says", code)
		}
	}
	if len(catalogue) < 100 {
		t.Errorf("only %d codes", len(catalogue))
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// text is a string in a Go file of the program.
type text struct {
	text, at string
	call     string // the function that it is an argument of
}

// isLocal says that a text only looks like a code: a file, a key of the request.
func (s text) isLocal() bool {
	return slices.Contains([]string{".json", ".yaml", ".html", ".key", ".exe"}, path.Ext(s.text)) ||
		strings.HasPrefix(s.at, "server/web/outer.go")
}

// texts are all strings of all Go files but tests and what only tests use.
func texts(t testing.TB, fsys fs.FS) []text {
	t.Helper()
	var out []text
	set := token.NewFileSet()
	read := func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") ||
			strings.HasSuffix(path.Dir(name), "test") {
			return err
		}
		raw, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(set, name, raw, 0)
		if err != nil {
			return err
		}
		calls := map[ast.Expr]string{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				for _, a := range n.Args {
					calls[a] = called(n.Fun)
				}
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					out = append(out, text{s, set.Position(n.Pos()).String(), calls[n]})
				}
			}
			return true
		})
		return nil
	}
	for _, root := range []string{"server", "scoring"} {
		if err := fs.WalkDir(fsys, root, read); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func called(f ast.Expr) string {
	switch f := f.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
