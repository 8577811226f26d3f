// Package entering is how marks come in that no tablet sends (录分): sheets of
// works and aspects that a score clerk types from paper, lists of numbers from
// outside (theory by computer, a laboratory), and result lists of events of which
// only results are recorded; typed, or as a workbook.
//
// It promises:
//   - a sheet holds one module, or modules that name their works alike: never two
//     labels of one work; works stand in the order of their labels;
//   - a sheet shows no total and no other chair's mark;
//   - a workbook is entered as a whole or not at all, with every fault at its row
//     and column; the same file again does nothing;
//   - a number that replaces another one needs a reason, also in a workbook, and an
//     empty cell leaves alone what is there.
//
// Decisions:
//   - Marks go through the same desk, clerk and ledger as those of tablets, and get
//     the same receipts. Who may enter what is the desk's: see judging.Enterer.
//   - The marks of a workbook have ids that follow from the file and the cell, so
//     that the ledger itself knows a file that was entered before, and no table is
//     needed that could say otherwise.
//   - 未做 and 缺考 are "not performed", a mark of its own; who did not come to the
//     contest at all has a status, which is an act.
//
// It may import judging, contest, scoring and fault.
package entering
