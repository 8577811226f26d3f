// Package ooxml opens the archives that office programs write (.xlsx, .docx): the
// one wall between an upload and whoever reads its XML.
//
// It promises:
//   - another kind of file (the old formats, macros, a password, a renamed one) is
//     told apart from a damaged or hostile one; neither is read further;
//   - what is unpacked is bounded before and while it is unpacked: bytes, files,
//     ratio, and the time of the caller's context;
//   - names that climb, stand twice or are no text, entries that share bytes,
//     archives within the archive, sums that do not hold are refused;
//   - the XML that is handed on is UTF-8 without a document type, hence without
//     entities of its own.
//
// It imports nothing of ours: its faults are values, and the kinds of files give
// them their codes.
//
// Decisions:
//   - Every entry is unpacked once, also those that nobody asked for: a sum that does
//     not hold or a size that lies says that the file is not what its directory
//     tells. Only what was asked for stays in memory.
//   - An archive within is refused whatever its name is. A document that embeds
//     another must be saved without it; that is rarer than a bomb of two floors.
package ooxml
