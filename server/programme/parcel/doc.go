// Package parcel reads and writes a contest package (赛事包): the folder or .zip
// of JSON and CSV in which one whole contest travels. docs/package.md describes
// it for those who write one, schemas/package.json for machines.
//
// It promises that reading never trusts what it reads (sizes, names, ratios and
// row counts are bounded while unpacking, not after), that all faults come at
// once with file, row and column, and that Write(Read(x)) is x in normal form:
// fixed columns, fixed order, UTF-8 without byte order mark, LF.
//
// It knows structure only: which files, which columns, text that can be shown.
// What a value means (a code that is unknown, a scheme that does not add up) is
// the programme's to say, so that a package and the console obey one rule.
//
// Decisions: cells are text and stay text, also where they start with = + - or
// @, since nothing here evaluates them. Space around a cell is dropped, control
// and invisible characters are refused, because no one can see why a name that
// holds one is not found. A scheme's bytes are never touched: their sum counts.
//
// It imports fault and the standard library.
package parcel
