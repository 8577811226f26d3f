package app_test

import (
	"fmt"
	"go/ast"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// Ceilings. A file over its ceiling is cut by subject; splitting one thought in two to please the ceiling is worse
// than 410 lines, and then belongs into the exceptions with that reason.
const (
	ceilingGoFile   = 400
	ceilingTestFile = 600
	ceilingFunction = 70
	ceilingPackage  = 2500
	ceilingVue      = 250
	ceilingScript   = 400
	ceilingMain     = 60
)

// ceilingExceptions lists what may be longer, by path ("file", "file:Function" or "folder"), each with its reason.
var ceilingExceptions = map[string]string{}

func excused(name string) bool { return ceilingExceptions[name] != "" }

func checkFileLength(h *house) []string {
	var faults []string
	for _, f := range h.goFiles {
		if limit := fileCeiling(f); !f.generated && f.lines > limit && !excused(f.path) {
			faults = append(faults, at(f.path, f.lines, "%d lines, the ceiling is %d; cut it by subject", f.lines, limit))
		}
	}
	for _, f := range h.texts {
		limit := 0
		switch {
		case f.ext() == ".vue":
			limit = ceilingVue
		case f.ext() == ".ts" && (strings.HasSuffix(f.path, ".spec.ts") || strings.Contains(f.path, "/e2e/")):
			limit = ceilingTestFile
		case f.ext() == ".ts":
			limit = ceilingScript
		}
		if limit > 0 && f.lines() > limit && !excused(f.path) {
			faults = append(faults, at(f.path, f.lines(), "%d lines, the ceiling is %d; cut it by subject", f.lines(), limit))
		}
	}
	return faults
}

func fileCeiling(f *goFile) int {
	switch {
	case f.test:
		return ceilingTestFile
	case f.path == "server/main.go":
		return ceilingMain
	}
	return ceilingGoFile
}

func checkFunctionLength(h *house) []string {
	var faults []string
	for _, f := range h.goFiles {
		if f.generated {
			continue
		}
		for _, decl := range f.syntax.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			lines := h.line(fn.Body.End()) - h.line(fn.Pos()) + 1
			if f.test {
				lines -= h.tableLines(fn)
			}
			if lines > ceilingFunction && !excused(f.path+":"+fn.Name.Name) {
				faults = append(faults, at(f.path, h.line(fn.Pos()), "%s has %d lines, the ceiling is %d; give a part of it a name of its own",
					fn.Name.Name, lines, ceilingFunction))
			}
		}
	}
	return faults
}

// tableLines counts the lines of literals in a test: the rows of a table are data, and a long table is a good test.
func (h *house) tableLines(fn *ast.FuncDecl) int {
	total := 0
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		total += h.line(lit.End()) - h.line(lit.Pos())
		return false
	})
	return total
}

func checkPackageLength(h *house) []string {
	var faults []string
	for _, p := range h.packages() {
		lines := 0
		for _, f := range p.files {
			if !f.generated {
				lines += f.lines
			}
		}
		if lines > ceilingPackage && !excused(p.dir) {
			faults = append(faults, fmt.Sprintf("%s: %d lines without tests, the ceiling is %d; part of it is a room of its own", p.dir, lines, ceilingPackage))
		}
	}
	return faults
}

func checkExceptions(h *house) []string { return exceptionFaults(h.fsys, ceilingExceptions) }

func exceptionFaults(fsys fs.FS, exceptions map[string]string) []string {
	var faults []string
	for name, reason := range exceptions {
		if len(strings.Fields(reason)) < 4 {
			faults = append(faults, fmt.Sprintf("the exception for %s gives no reason; say in a sentence why it cannot be cut", name))
		}
		file, _, _ := strings.Cut(name, ":")
		if _, err := fs.Stat(fsys, file); err != nil {
			faults = append(faults, fmt.Sprintf("the exception for %s is for a file that is gone; remove it", name))
		}
	}
	slices.Sort(faults)
	return faults
}

func TestExceptionsGiveReasons(t *testing.T) {
	t.Parallel()
	tree := fstest.MapFS{"scoring/board.go": {}}
	for _, c := range []struct {
		name       string
		exceptions map[string]string
		says       string
	}{
		{"a reason", map[string]string{"scoring/board.go": "one table, cut in two it would lie"}, ""},
		{"a reason for a function", map[string]string{"scoring/board.go:Apply": "one switch over all kinds of records"}, ""},
		{"no reason", map[string]string{"scoring/board.go": ""}, "gives no reason"},
		{"a shrug", map[string]string{"scoring/board.go": "too long"}, "gives no reason"},
		{"a file that is gone", map[string]string{"scoring/old.go": "one table, cut in two it would lie"}, "is gone"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := strings.Join(exceptionFaults(tree, c.exceptions), "\n")
			if (c.says == "") != (got == "") || !strings.Contains(got, c.says) {
				t.Errorf("got %q, want %q", got, c.says)
			}
		})
	}
}
