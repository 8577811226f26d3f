// Package material keeps the papers of nominations (推荐材料): minutes, proofs of
// notices, opinions, deeds and photos, as scans.
//
// It promises that a file stays as it was brought and is known by its SHA-256,
// which is what nominations, acts and notices name; that the same file brought
// twice is one; and that only those open it who may see the nomination.
//
// Decisions: files lie in the database, so that one snapshot has everything. PDF,
// PNG and JPEG are told by their first bytes, not by their names: a page of the
// program never gives out something that a browser would run. There is no
// removal: what a decision rests on must not be gone afterwards.
//
// It may import honours, contest and fault. Storage comes through ports.go.
package material
