// Package signingweb is signing over HTTP: steps, documents, PDFs and scans; and
// the two ports that need libraries, the Press over package printing and the Eyes
// that read QR codes of scans.
//
// It promises that every route is in schemas/openapi.yaml under the tag signing,
// that bodies are read strictly and bounded, that answers are never kept by
// caches, and that no permission is decided here.
//
// Decisions: a scan goes to one address with its document in the query, because
// limits of bodies are by exact path. A picture's size is read before the picture:
// a small file may say that it is a million dots wide. Files that people brought
// are answered under one of three types, which is told by their first bytes and
// not by whoever brought them, and in a sandbox: one looks at a scan before one
// believes it, and nothing of it runs.
//
// It may import signing, printing, web, contest, scoring and fault, and Fiber.
package signingweb
