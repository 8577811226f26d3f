// Package stagesweb is stages over HTTP: the way of an event, who goes on, what is
// carried over, and what everybody may know of it.
//
// It promises that every route is in schemas/openapi.yaml under the tag stages,
// that bodies are read strictly, that answers for staff are never kept by caches,
// and that no permission is decided here: the desk asks at its doors.
//
// Decisions: a preview is the same request with preview set, so that what is
// refused is refused in both. Taking over names the publication and the digest of
// the difference in its body: a page left open since before a correction takes
// nothing over.
//
// It may import stages, web, contest, scoring and fault, and Fiber.
package stagesweb
