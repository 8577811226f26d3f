// Package blindweb is the coding desk over HTTP.
//
// It promises that every route is in schemas/openapi.yaml under the tag blind,
// that bodies are read strictly, that answers with pairs, seeds or labels are kept
// by no cache, and that no permission is decided here: the desk asks at its door.
//
// Decisions: every act of check-in and draws answers with the desk as it then is,
// so that a console that lost an answer shows the truth with the next one.
//
// Papers are signing's: numbered, and kept without pairs.
//
// It may import blind, web, contest and fault, and Fiber.
package blindweb
