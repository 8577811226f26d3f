// Package report is what a board tells (看板数据), as plain data: the standings of an
// audience and what one record changed in them, how far chairs and entries are,
// and what a panel may see of itself.
//
// The board fills these; package scoring has all their names, and the rest of
// the program uses those. Strings are rounded as the scheme says; nothing is
// left to compute. It imports scoring/record and scoring/rules.
package report
