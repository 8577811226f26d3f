package app_test

import (
	"go/ast"
	"go/build/constraint"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "jiangtai"

// house is the tree as the rules see it.
type house struct {
	fsys    fs.FS
	fset    *token.FileSet
	goFiles []*goFile
	// texts are the files that are read as lines: SQL, TypeScript, Vue.
	texts []textFile
}

// goFile is one Go file that belongs to a build; generated ones are marked.
type goFile struct {
	path      string
	dir       string
	syntax    *ast.File
	lines     int
	test      bool
	generated bool
	imports   []goImport
}

type goImport struct {
	path string
	line int
}

type textFile struct {
	path string
	text string
}

func (f textFile) ext() string { return path.Ext(f.path) }

func (f textFile) lines() int { return strings.Count(f.text, "\n") }

// own is the folder of ours that an import names, or "" for a library.
func (i goImport) own() string {
	if i.path == module {
		return "."
	}
	dir, ok := strings.CutPrefix(i.path, module+"/")
	if !ok {
		return ""
	}
	return dir
}

// skipped folders hold what others wrote, what tools made, or data.
var skippedDirs = []string{"node_modules", "bin", "build", "data", "dist", "testdata", "paraglide", "test-results", "playwright-report"}

func repository(t *testing.T) fs.FS {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return os.DirFS(dir)
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod above this test")
		}
		dir = up
	}
}

func readHouse(t *testing.T, fsys fs.FS) *house {
	t.Helper()
	h := &house{fsys: fsys, fset: token.NewFileSet()}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && (strings.HasPrefix(d.Name(), ".") || slices.Contains(skippedDirs, d.Name())) {
				return fs.SkipDir
			}
			return nil
		}
		switch path.Ext(name) {
		case ".go":
			return h.readGo(name)
		case ".sql", ".ts", ".vue":
			if strings.HasSuffix(name, ".d.ts") {
				return nil
			}
			raw, err := fs.ReadFile(fsys, name)
			h.texts = append(h.texts, textFile{name, string(raw)})
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) readGo(name string) error {
	src, err := fs.ReadFile(h.fsys, name)
	if err != nil {
		return err
	}
	syntax, err := parser.ParseFile(h.fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	if outOfBuild(syntax) {
		return nil
	}
	f := &goFile{
		path:      name,
		dir:       path.Dir(name),
		syntax:    syntax,
		lines:     strings.Count(string(src), "\n"),
		test:      strings.HasSuffix(name, "_test.go"),
		generated: ast.IsGenerated(syntax),
	}
	for _, spec := range syntax.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		f.imports = append(f.imports, goImport{p, h.line(spec.Pos())})
	}
	h.goFiles = append(h.goFiles, f)
	return nil
}

// outOfBuild is true for files that no system builds, such as the list that keeps modules pinned.
func outOfBuild(f *ast.File) bool {
	for _, group := range f.Comments {
		if group.Pos() > f.Package {
			return false
		}
		for _, c := range group.List {
			expr, err := constraint.Parse(c.Text)
			if err != nil {
				continue
			}
			// Tags of systems and of Go itself count as set, whichever they are; words of our own do not.
			if !expr.Eval(func(tag string) bool { return tag != "deps" && tag != "ignore" }) &&
				!expr.Eval(func(string) bool { return false }) {
				return true
			}
		}
	}
	return false
}

func (h *house) line(p token.Pos) int { return h.fset.Position(p).Line }

// packages groups the files that are not tests by folder, in order.
func (h *house) packages() []goPackage {
	byDir := map[string]*goPackage{}
	for _, f := range h.goFiles {
		if f.test {
			continue
		}
		p := byDir[f.dir]
		if p == nil {
			p = &goPackage{dir: f.dir, name: f.syntax.Name.Name}
			byDir[f.dir] = p
		}
		p.files = append(p.files, f)
	}
	out := make([]goPackage, 0, len(byDir))
	for _, p := range byDir {
		out = append(out, *p)
	}
	slices.SortFunc(out, func(a, b goPackage) int { return strings.Compare(a.dir, b.dir) })
	return out
}

type goPackage struct {
	dir   string
	name  string
	files []*goFile
}

// uses calls found for every pkg.Name in the file where pkg is the package imported from the given path.
func (h *house) uses(f *goFile, importPath string, found func(sel *ast.SelectorExpr, line int)) {
	local := ""
	for _, spec := range f.syntax.Imports {
		if p, _ := strconv.Unquote(spec.Path.Value); p == importPath {
			local = path.Base(importPath)
			if spec.Name != nil {
				local = spec.Name.Name
			}
		}
	}
	if local == "" {
		return
	}
	ast.Inspect(f.syntax, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if id, ok := sel.X.(*ast.Ident); ok && id.Name == local {
			found(sel, h.line(sel.Pos()))
		}
		return true
	})
}
