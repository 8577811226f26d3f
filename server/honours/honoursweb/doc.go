// Package honoursweb is honours over HTTP: notices and the register for everyone,
// and for those who are signed in the proposals, unions, campaigns and the steps
// of nominations.
//
// It promises that every route is in schemas/openapi.yaml under the tag honours,
// that bodies are read strictly, and that no permission is decided here: the
// office and the desk of proposals ask at their doors. What the public is sent
// holds names, units, honours and years, and nothing that leads to a person.
//
// It may import honours with its parts, web, contest and fault, and Fiber.
//
// Decisions: an act on a nomination names the step that it is for, in its body,
// so that a page left open since yesterday does nothing twice. The public lists
// may be kept by caches for a minute: a notice changes by the day.
package honoursweb
