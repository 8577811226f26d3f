// Package correctionweb is correction over HTTP: previews, orders and the list.
//
// It promises that every route is in schemas/openapi.yaml under the tag correction,
// that bodies are read strictly, and that answers are never kept by caches.
//
// Decisions: a preview is a POST, since what would be changed has no place in an
// address or a log; it writes nothing.
//
// It may import correction, web, contest, scoring and fault, and Fiber.
package correctionweb
