// Package programmeweb is the programme over HTTP: contests, events, schemes,
// chairs, entries, units, hosts and packages for those who are signed in, and the
// public lists for everyone.
//
// It promises that every route is in schemas/openapi.yaml under the tag
// programme or public, that bodies are read strictly, that documents say exactly
// what the use cases gave (nothing hidden here was ever sent along), and that no
// permission is decided here: the office asks at its door.
//
// It may import programme with its parcel, its own marktable (tables of
// marks that people own), worldsheet (sheets of eleven columns) and schemesheet
// (schemes as workbooks), scoring's schemes and their comparison, web, contest and fault, and
// Fiber.
//
// Decisions: the public lists are made at most once a second for each question
// and sent compressed with an ETag, because a hall full of phones asks the same.
// One package is read at a time: it may unpack to a quarter of a gigabyte.
// A scheme travels as text inside its document, so that its sum can be checked.
package programmeweb
