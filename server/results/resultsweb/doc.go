// Package resultsweb is results over HTTP: what is missing, the state of a result,
// the recheck, who would win what, and the public notice.
//
// It promises that every route is in schemas/openapi.yaml under the tag results,
// that bodies are read strictly, that answers are never kept by caches, and that
// no permission is decided here: the desk asks at its doors.
//
// Decisions: a finding names the digest of the marks that were looked at, in its
// body, so that a page left open since before a correction finds nothing. Days
// are written 2006-01-02 and mean days in the city.
//
// It may import results, web, contest, scoring and fault, and Fiber.
package resultsweb
