// Package worldsheet is a marking scheme as the sheet of eleven columns that
// contests in the WorldSkills manner import (十一列评分表): the sub-criterion's id and
// name, the day, M or J, the aspect, the score that a line describes, more words, the
// requirement, the section of the standard, a row for calculation, the marks.
//
// It promises:
//   - every cell that was not understood is named with its place, its words and why;
//     the aspect then is a number that the judge gives, with all its words kept, so
//     that the scheme compiles; only a row without marks becomes nothing;
//   - totals that the sheet states, of criteria, of sections and of the whole, are
//     held against what its rows add up to, and both are told;
//   - what Write writes Read reads; what of a scheme is then different is known by
//     comparing the two, is told, and stands in a sheet of its own behind the first:
//     nothing is dropped silently, whatever the scheme learns later.
//
// Decisions:
//   - Columns are found by their titles, so that older sheets without a day or with
//     "O" for M are read too; blocks may repeat the titles, criteria and sections
//     may stand above or beside.
//   - A measurement whose requirement is a size with limits is measured; whose words
//     speak of parts of the marks is counted (deduct 0.5 for each) or a number that the
//     judge gives; any other is yes or no. Words that are a formula of ours (Mark from
//     0 to 2) are read as what they were written from.
//   - The sheet knows no panels: those who measure and those who judge are two.
//     Its days are no part of a scheme and are told as notes.
//   - Marks are written as they count: after the factors and weights of the scheme,
//     because the sheet has neither.
//
// It may import scoring, its neighbour marktable (grids and places), paper (excel)
// and fault.
package worldsheet
