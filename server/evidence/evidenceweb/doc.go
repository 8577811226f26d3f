// Package evidenceweb is evidence over HTTP: a tablet's photo comes in, the chief
// judge's and the supervisors' console lists and shows them.
//
// It promises that every route is in schemas/openapi.yaml under the tag evidence,
// that bodies are bounded, that no cache keeps a photo, and that no permission is
// decided here.
//
// Decisions: a photo is the body itself and what it is of stands in the query: a form
// of several parts would be read twice. Photos are answered in a sandbox and as
// pictures only, though they were cleaned: they came from outside.
//
// It may import evidence, web, contest and fault, and Fiber.
package evidenceweb
