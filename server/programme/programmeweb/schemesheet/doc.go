// Package schemesheet is a marking scheme as a workbook (评分标准表): sheets for the
// scheme, its panels, components, modules and aspects, the lists that some kinds
// of aspect have, tie-break, rounding, prizes and standards; read back into the
// same JSON.
//
// It promises:
//   - what Write writes Read reads as the same scheme; one that does not fit (a
//     line break within a text is all that is known) is refused and not bent;
//   - everything that is wrong comes at once with sheet, row and column: what a
//     cell may hold, what refers to nothing, and what the scheme package says of
//     the whole, whose JSON pointers are turned into the cells they came from.
//
// Decisions: one row an aspect and not one sheet a module, since people sort and
// fill down; what belongs to a component or a module stands once, in its own sheet,
// and is named by its id. Lists of an aspect (bands, rows, deductions, grades,
// levels) are rows of the sheet 明细, in their order. Reading builds plain JSON and
// leaves all judgement to scheme.Parse, so that the workbook knows no rule of its
// own that could differ.
//
// It may import scoring, paper (excel) and fault.
package schemesheet
