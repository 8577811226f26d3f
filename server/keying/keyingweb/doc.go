// Package keyingweb is keying over HTTP: sheets, passes, cells, differences, decisions, photographs and cut cells; and the
// port that needs a library, the Eyes over package cells.
//
// It promises that every route is in schemas/openapi.yaml under the tag keying, that bodies are read strictly and bounded,
// that answers are never kept by caches, and that no permission is decided here. Two photographs are worked on at once,
// whoever brings how many: who waits too long is told to come again.
//
// Decisions: a photograph goes to one address with its event in the query, because limits of bodies are by exact path.
// What a pass has keyed is asked for by its own clerk alone; there is no address of another's.
//
// It may import keying, paper, web, contest, scoring and fault, and Fiber.
package keyingweb
