// Package signingstore keeps documents and scans in PostgreSQL (migration 0008).
//
// It promises what the ports of signing ask: numbers without holes, held by a row
// of their own until the transaction ends; nothing that was printed or signed can
// be changed or taken away, which triggers see to.
//
// Decisions: PDFs and scans are bytes of their rows, so that a snapshot of the
// database is whole. Lists never read them.
//
// It may import signing, store, contest, scoring and fault.
package signingstore
