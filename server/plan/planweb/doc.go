// Package planweb is the plan over HTTP: the year, filings with their steps and
// documents, whom to call at the hosts, and the sheet of the plan in and out.
//
// It promises that every route is in schemas/openapi.yaml under the tag plan, that
// bodies are read strictly, and that no permission is decided here: the desk asks
// at its door. It may import plan, paper (excel), web, contest and fault, and
// Fiber.
//
// Decisions: documents and sheets are sent to one path each with their subject in
// the query, because a larger body limit belongs to an exact path. A document goes
// out as an attachment of the type that its first bytes have, never shown by the
// browser. One sheet is read at a time. The sheet that is sent out is the sheet
// that is taken in: who exports a year may correct it and send it back; state and
// number stand in it to be read and are not taken.
package planweb
