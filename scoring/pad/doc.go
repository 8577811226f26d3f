// Package pad is what a judge marks an aspect on (评分键盘): the table that turns
// one value into one mark, compiled from the scheme.
//
// The table is data. The engine reads marks through it and the tablet shows
// marks through the same table, so that the two cannot disagree;
// schemas/pad-vectors.json holds values, marks and refusals for all kinds, and
// Go and TypeScript are both tested against it. Nothing that depends on other
// judges is in it: panels, factors, sums and totals are the engine's.
//
// A value is text and is read strictly; see Rule.Read. Refusals are codes of
// schemas/errors.json, in the room of judging because that is where a judge
// meets them.
//
// It imports scoring/exact, scoring/scheme and the standard library.
package pad
