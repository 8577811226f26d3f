package web

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Route is one address of the application, for the tests that hold routes
// against openapi.yaml and the matrix of roles.
type Route struct {
	Method string
	// Path is as OpenAPI writes it: /api/v1/events/{id}.
	Path string
	Name string
}

// Routes are all addresses but HEAD's, which follow GET's, by path and method.
func Routes(app *fiber.App) []Route {
	var out []Route
	for _, r := range app.GetRoutes(true) {
		if r.Method != fiber.MethodHead {
			out = append(out, Route{Method: r.Method, Path: openPath(r.Path), Name: r.Name})
		}
	}
	slices.SortFunc(out, func(a, b Route) int {
		if by := strings.Compare(a.Path, b.Path); by != 0 {
			return by
		}
		return strings.Compare(a.Method, b.Method)
	})
	return slices.Compact(out)
}

func openPath(p string) string {
	parts := strings.Split(p, "/")
	for i, part := range parts {
		if name, ok := strings.CutPrefix(part, ":"); ok {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}
