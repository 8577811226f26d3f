// Package word reads the tables of documents (.docx): their cells as text, with
// merged cells resolved.
//
// It promises:
//   - a file that is no plain .docx (the old .doc, one with macros, one with a
//     password, another kind of file) is told apart from a damaged or hostile one;
//     neither is read further;
//   - what is unpacked is bounded before and while it is unpacked: bytes, files,
//     ratio, tables, rows, columns, cells, text, and the time of the caller's context;
//   - no DOCTYPE is read, no link followed, no field evaluated;
//   - a table comes as rows of squares: a cell over several columns or rows stands
//     in its first square, the others say which neighbour they belong to.
//
// It imports nothing of ours: its faults are values, and the rooms make the
// program's errors of them.
//
// Decisions:
//   - Reading is our own over encoding/xml, since only text and the shape of tables
//     matter, and a hostile document must never become a model in memory.
//   - Only word/document.xml and the list of types are unpacked: what else lies in
//     the archive (pictures, fonts, embedded books) is counted and left alone.
//   - Raised and lowered text is written with ^ and _ (Φ18^0_-0.021), since limits
//     of size are typed so and would otherwise run into the size; a raised 2 or 3
//     alone is ² or ³. Signs of the font Symbol that drawings use are written as
//     what they show.
//   - What was deleted with changes tracked is not there; what was added is.
//   - A table within a cell is that cell's text.
package word
