// Package word reads the tables of documents (.docx): their cells as text, with
// merged cells resolved.
//
// It promises:
//   - only what ooxml lets through is read, and of that no more tables, rows, columns,
//     cells and text than are taken, within the time of the caller's context;
//   - no DOCTYPE is read, no link followed, no field evaluated;
//   - a table comes as rows of squares: a cell over several columns or rows stands
//     in its first square, the others say which neighbour they belong to.
//
// It imports ooxml: its faults are values, and the rooms make the program's errors
// of them.
//
// Decisions:
//   - Reading is our own over encoding/xml, since only text and the shape of tables
//     matter, and a hostile document must never become a model in memory.
//   - Only word/document.xml and the list of types are kept: what else lies in the
//     archive (pictures, fonts, links to templates) is unpacked to nowhere, so that a
//     damaged file is told as one, and left alone.
//   - Raised and lowered text is written with ^ and _ (Φ18^0_-0.021), since limits
//     of size are typed so and would otherwise run into the size; a raised 2 or 3
//     alone is ² or ³. Signs of the font Symbol that drawings use are written as
//     what they show.
//   - What was deleted with changes tracked is not there; what was added is.
//   - A table within a cell is that cell's text.
package word
