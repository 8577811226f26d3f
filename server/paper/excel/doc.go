// Package excel reads and writes workbooks (.xlsx) of people's lists: templates
// with headers, an example and lists to choose from; uploads read against a
// layout with every fault by sheet, row and column; exports and uploads sent home
// with a column that says what is wrong; any sheet as the squares that people see.
//
// It promises:
//   - only what ooxml lets through is read, and of that no more rows, columns and
//     cells than are taken, within the time of the caller's context;
//   - no formula is ever evaluated, no external link followed, no DOCTYPE read;
//   - what people and office programs add to text (spaces without break, marks
//     without width, digits of full width) is taken out, and told;
//   - no text that is written can become a formula, here or after the next saving.
//
// It imports ooxml: its faults are values, and the rooms make the program's errors
// of them.
//
// Decisions:
//   - Writing is excelize's. Reading is our own, over encoding/xml: it must know
//     whether a cell was a number, a text or a formula, stop at the first row too
//     many, and never build a model of a whole hostile book.
//   - Reading happens in this process, bounded as said. A process of its own with
//     a limit of memory is the next wall and not built yet.
//   - The column 序号 belongs to the layout: a row that says 示例 there is the
//     template's example and is passed over.
package excel
