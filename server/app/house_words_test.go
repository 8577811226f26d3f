package app_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// checkClock keeps time an argument: what reads the clock itself cannot be replayed or tested at another hour.
func checkClock(h *house) []string {
	var faults []string
	for _, f := range h.goFiles {
		// Tools measure time and are replayed by nobody.
		if kind := roomOf(f.dir).kind; f.test || kind == "app" || kind == "tools" {
			continue
		}
		h.uses(f, "time", func(sel *ast.SelectorExpr, line int) {
			if slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
				faults = append(faults, at(f.path, line, "time.%s reads the clock; take a func() time.Time and let app plug it", sel.Sel.Name))
			}
		})
	}
	return faults
}

// checkSleep refuses naps in tests: too short on a slow machine, too long on every other.
func checkSleep(h *house) []string {
	var faults []string
	for _, f := range h.goFiles {
		if !f.test {
			continue
		}
		h.uses(f, "time", func(sel *ast.SelectorExpr, line int) {
			if sel.Sel.Name == "Sleep" {
				faults = append(faults, at(f.path, line, "a test does not sleep; wait for the condition, with a channel or by asking again until a deadline"))
			}
		})
	}
	for _, f := range h.texts {
		if !isScriptTest(f) {
			continue
		}
		for i, text := range strings.Split(f.text, "\n") {
			if strings.Contains(text, ".waitForTimeout(") {
				faults = append(faults, at(f.path, i+1, "a test does not sleep; expect(…) waits for what you wait for"))
			}
		}
	}
	return faults
}

var selectStar = regexp.MustCompile(`(?i)\bselect\s+(distinct\s+|all\s+)?(\w+\.)?\*`)

// checkSelectStar looks into Go's strings and into SQL files: a column added later must not change what a query returns.
func checkSelectStar(h *house) []string {
	const advice = "a query names its columns; SELECT with a star changes its meaning with the next migration"
	var faults []string
	for _, f := range h.goFiles {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			if s, err := strconv.Unquote(lit.Value); err == nil && selectStar.MatchString(s) {
				faults = append(faults, at(f.path, h.line(lit.Pos()), advice))
			}
			return true
		})
	}
	for _, f := range h.texts {
		if f.ext() != ".sql" {
			continue
		}
		for i, text := range strings.Split(f.text, "\n") {
			code, _, _ := strings.Cut(text, "--")
			if selectStar.MatchString(code) {
				faults = append(faults, at(f.path, i+1, advice))
			}
		}
	}
	return faults
}

// checkFloats keeps binary fractions out of the engine, tests included: a result equals the one computed with
// rationals, and an oracle that rounds proves nothing.
func checkFloats(h *house) []string {
	floating := []string{"float32", "float64", "complex64", "complex128", "ParseFloat", "FormatFloat", "AppendFloat", "NewFloat", "Float32", "Float64", "SetFloat64"}
	var faults []string
	for _, f := range h.goFiles {
		if roomOf(f.dir).kind != "scoring" {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if slices.Contains(floating, n.Name) {
					faults = append(faults, at(f.path, h.line(n.Pos()), "%s in scoring: marks are exact; use scoring/exact", n.Name))
				}
			case *ast.BasicLit:
				// 1e6 is a whole number however it is written
				if n.Kind == token.FLOAT && strings.ContainsAny(n.Value, ".-pP") {
					faults = append(faults, at(f.path, h.line(n.Pos()), "%s is a floating number; marks are exact, write it as text or as a fraction", n.Value))
				}
			}
			return true
		})
	}
	return faults
}

var scriptSkip = regexp.MustCompile(`\b(?:it|test|describe)(?:\.\w+)*\.(?:skip|only|todo|fixme|skipIf|runIf)\b|\b(?:xit|xtest|xdescribe|fit|fdescribe)\(`)

func isScriptTest(f textFile) bool {
	return f.ext() == ".ts" && (strings.HasSuffix(f.path, ".spec.ts") || strings.Contains(f.path, "/e2e/"))
}

// checkSkips refuses tests that do not run: what a test needs, make brings.
func checkSkips(h *house) []string {
	var faults []string
	for _, f := range h.goFiles {
		if !f.test {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			sel, ok := call.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			on, ok := sel.X.(*ast.Ident)
			switch {
			case !ok:
			case slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, sel.Sel.Name):
				faults = append(faults, at(f.path, h.line(call.Pos()), "%s.%s: every test runs; bring what it needs, or remove it", on.Name, sel.Sel.Name))
			case on.Name == "testing" && sel.Sel.Name == "Short":
				faults = append(faults, at(f.path, h.line(call.Pos()), "testing.Short makes a test that some runs leave out; every test runs"))
			}
			return true
		})
	}
	for _, f := range h.texts {
		if !isScriptTest(f) {
			continue
		}
		for i, text := range strings.Split(f.text, "\n") {
			if m := scriptSkip.FindString(text); m != "" {
				faults = append(faults, at(f.path, i+1, "%s: every test runs, and none runs alone", m))
			}
		}
	}
	return faults
}
