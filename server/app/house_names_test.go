package app_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
)

// emptyWords name a drawer, not a thing: whatever has no place ends up there.
var emptyWords = []string{"util", "utils", "common", "helper", "helpers", "model", "models", "manager", "base", "types", "misc", "shared", "lib"}

// checkNames refuses packages and files that are called after nothing.
func checkNames(h *house) []string {
	var faults []string
	for _, p := range h.packages() {
		if slices.Contains(emptyWords, p.name) || slices.Contains(emptyWords, packageName(p.dir)) {
			faults = append(faults, fmt.Sprintf("%s: package %s says nothing about what is in it; call it after its subject", p.dir, p.name))
		}
	}
	check := func(name string) {
		file := path.Base(name)
		stem, _, _ := strings.Cut(file, ".")
		stem = strings.TrimSuffix(stem, "_test")
		word := stem[strings.LastIndexAny(stem, "_-")+1:]
		if slices.Contains([]string{"util", "utils", "helper", "helpers", "common", "misc"}, strings.ToLower(word)) {
			faults = append(faults, fmt.Sprintf("%s: a file called %s is where things get lost; cut by subject and name the subject", name, file))
		}
	}
	for _, f := range h.goFiles {
		check(f.path)
	}
	for _, f := range h.texts {
		check(f.path)
	}
	return faults
}

// docElsewhere are packages whose comment stands in another file than doc.go, with the reason.
var docElsewhere = map[string]string{
	"schemas": "embed.go", // a folder of contracts that every language reads; its only Go is the embedding
}

// checkPackageDocs wants a doc.go that says what a package is for, promises and may import.
func checkPackageDocs(h *house) []string {
	var faults []string
	for _, p := range h.packages() {
		if p.name == "main" {
			if !slices.ContainsFunc(p.files, func(f *goFile) bool { return f.syntax.Doc != nil }) {
				faults = append(faults, fmt.Sprintf("%s: the command has no comment; say in main.go what it does", p.dir))
			}
			continue
		}
		doc := ""
		for _, f := range p.files {
			if name := path.Base(f.path); (name == "doc.go" || name == docElsewhere[p.dir]) && f.syntax.Doc != nil {
				doc = f.syntax.Doc.Text()
			}
		}
		switch {
		case doc == "":
			faults = append(faults, fmt.Sprintf("%s: no doc.go with a package comment; say what the package is for, what it promises, what it may import, and its decisions", p.dir))
		case !strings.HasPrefix(doc, "Package "+p.name+" "):
			faults = append(faults, fmt.Sprintf("%s: the comment of the package begins with %q", p.dir, "Package "+p.name+" …"))
		case len(strings.Fields(doc)) < 25:
			faults = append(faults, fmt.Sprintf("%s: %d words in the package's comment are not enough to say what the package is for, promises and may import", p.dir, len(strings.Fields(doc))))
		}
	}
	return faults
}

// checkExportedDocs wants a comment on every exported name, for it is a contract with another room.
func checkExportedDocs(h *house) []string {
	var faults []string
	for _, f := range h.goFiles {
		if f.test || f.generated || f.syntax.Name.Name == "main" {
			continue
		}
		missing := func(name string, pos token.Pos) {
			faults = append(faults, at(f.path, h.line(pos), "%s has no comment; write down what it promises to whoever uses it", name))
		}
		for _, decl := range f.syntax.Decls {
			switch d := decl.(type) {
			case *ast.FuncDecl:
				if receiver, ok := exportedReceiver(d); ok && d.Name.IsExported() && d.Doc == nil {
					missing(receiver+d.Name.Name, d.Pos())
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					for _, id := range undocumented(d, spec) {
						missing(id.Name, id.Pos())
					}
				}
			}
		}
	}
	return faults
}

// exportedReceiver is "" for a function and "Type." for a method; false when the type cannot be named from outside.
func exportedReceiver(d *ast.FuncDecl) (string, bool) {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return "", true
	}
	for e := d.Recv.List[0].Type; ; {
		switch t := e.(type) {
		case *ast.StarExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.IndexListExpr:
			e = t.X
		case *ast.Ident:
			return t.Name + ".", t.IsExported()
		default:
			return "", false
		}
	}
}

// undocumented lists the exported names of a declaration that neither it nor its group comments. One comment serves a
// whole group of constants or variables; a type needs its own unless it stands alone.
func undocumented(group *ast.GenDecl, spec ast.Spec) []*ast.Ident {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && s.Doc == nil && s.Comment == nil && (group.Doc == nil || group.Lparen.IsValid()) {
			return []*ast.Ident{s.Name}
		}
	case *ast.ValueSpec:
		if s.Doc != nil || s.Comment != nil || group.Doc != nil {
			return nil
		}
		var out []*ast.Ident
		for _, id := range s.Names {
			if id.IsExported() {
				out = append(out, id)
			}
		}
		return out
	}
	return nil
}
