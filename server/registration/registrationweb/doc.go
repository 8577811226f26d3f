// Package registrationweb is registration over HTTP: the public form with its
// receipts, the desk of host and office, terms, and workbooks in and out.
//
// It promises that every route is in schemas/openapi.yaml under the tag
// registration, that bodies are read strictly, that a document holds the masks of
// numbers and never a number (the answer of a reveal alone does), and that no permission is decided here: the desk
// asks at its door.
//
// It may import registration and its parcels, paper (excel), web, contest and
// fault, and Fiber.
//
// Decisions: the secret of a receipt travels in a header, never in an address,
// which proxies and browsers keep. Workbooks are sent to one path with their
// subject in the query, because a larger body limit belongs to an exact path.
// One workbook is read at a time. The workbook that goes home with its faults is
// the sender's own, made from what was just sent and kept nowhere; it is the only
// answer in which a number stands, and only to who has just typed it.
package registrationweb
