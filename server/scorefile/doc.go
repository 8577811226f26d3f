// Package scorefile is the score tool (算分工具): a scheme, entries and marks from
// files to standings, without a server or a database. docs/score.md is its
// manual.
//
// It promises that its results are the engine's: it makes records of the rows
// and folds them, as a ledger's are folded. All errors of the input are told at
// once, each with file, row and column; nothing is written when there is one.
//
// Decisions:
//   - An absent judge has no row. Which judges a panel has is seen from the
//     file: every judge who marks any aspect of the panel. A judge without a
//     row where others of the panel have one is absent there: a missing mark,
//     never a zero, and the panel's policy says whether the rest is enough.
//     Where no judge has a row the mark is missing and the entry is not ranked.
//   - DNF and DNS are an unfinished and a not started try: not performed. An
//     entry whose every row says DNS did not start. A row without aspect gives
//     the entry's status.
//   - A team is an entry with a row and marks of its own; a member's row names it.
//     The columns of teams and groups mean something only where the scheme asks for
//     them, so that files with a column of that name stay what they were. Names of
//     groups are numbered here, as a ledger knows numbers only.
//   - The tables of persons, teams and groups follow each other in one output, an
//     empty line between them: whoever has no teams and groups sees one table.
//   - Results are ranked as published ones are: the incomplete never.
//
// It may import scoring and fault, and knows no command line: the app plugs it.
package scorefile
