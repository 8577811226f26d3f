// Package readinessweb is readiness over HTTP: a tablet's report comes in, the wall
// goes out to staff.
//
// It promises that every route is in schemas/openapi.yaml under the tag readiness and
// that no permission is decided here.
//
// It may import readiness, web, contest and fault, and Fiber.
package readinessweb
