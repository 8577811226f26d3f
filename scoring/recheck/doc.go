// Package recheck says which entries' sheets are checked a second time before
// results are published (复核): all of the best, a drawn sample of the rest, and
// everything when too many sheets were wrong.
//
// It promises that the sample can be drawn again by anybody who has the seed:
// it is those of the rest whose SHA-256 over seed and ordinal is least. The
// seed is recorded, not chosen: who draws takes it from a source of chance after
// the last mark.
//
// It imports scoring/exact, scoring/record and the standard library.
package recheck
