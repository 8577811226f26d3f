package storetest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jiangtai/server/store"
)

// PrepareAll has the server parse each query, against the tables as they are:
// a misspelt column fails here and not in a contest.
func PrepareAll(t testing.TB, db *store.DB, queries ...string) {
	t.Helper()
	if len(queries) == 0 {
		t.Error("there is no query to prepare")
	}
	for _, q := range queries {
		s, err := db.Prepare(t.Context(), q)
		if err != nil {
			t.Errorf("%v in\n%s", err, q)
			continue
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// PrepareConstants is PrepareAll for every constant of the package under test
// that is a statement, so that none is forgotten. It reads the Go files of the
// current directory, which go test sets to the package's.
func PrepareConstants(t testing.TB, db *store.DB) {
	t.Helper()
	found, err := statements(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		t.Log(name)
	}
	PrepareAll(t, db, slices.Collect(maps.Values(found))...)
}

var statement = regexp.MustCompile(`(?is)^\s*(--[^\n]*\n\s*)*(SELECT|INSERT|UPDATE|DELETE|WITH|VALUES|MERGE)\s`)

// statements finds the package's string constants that are SQL, by name.
func statements(dir fs.FS) (map[string]string, error) {
	names, err := fs.Glob(dir, "*.go")
	if err != nil {
		return nil, err
	}
	values := map[string]ast.Expr{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		raw, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, raw, 0)
		if err != nil {
			return nil, err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			collect(n, values)
			return true
		})
	}
	out := map[string]string{}
	for name, expr := range values {
		if text, ok := fold(expr, values, 0); ok && statement.MatchString(text) {
			out[name] = text
		}
	}
	return out, nil
}

func collect(n ast.Node, values map[string]ast.Expr) {
	decl, ok := n.(*ast.GenDecl)
	if !ok || decl.Tok != token.CONST {
		return
	}
	for _, s := range decl.Specs {
		spec, ok := s.(*ast.ValueSpec)
		if !ok {
			continue
		}
		for i, name := range spec.Names {
			if i < len(spec.Values) {
				values[name.Name] = spec.Values[i]
			}
		}
	}
}

// fold joins literals and names of other constants.
func fold(e ast.Expr, values map[string]ast.Expr, depth int) (string, bool) {
	const deepest = 50 // Go has refused a constant that names itself; this is for files that do not compile
	if depth > deepest {
		return "", false
	}
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.ParenExpr:
		return fold(e.X, values, depth+1)
	case *ast.Ident:
		if v, ok := values[e.Name]; ok {
			return fold(v, values, depth+1)
		}
	case *ast.BinaryExpr:
		left, ok1 := fold(e.X, values, depth+1)
		right, ok2 := fold(e.Y, values, depth+1)
		return left + right, ok1 && ok2 && e.Op == token.ADD
	}
	return "", false
}
