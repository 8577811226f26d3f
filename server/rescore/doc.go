// Package rescore is a second scorer (独立复算): it reads nothing but an export of a
// ledger and the text of the schemes, computes every total and rank by itself,
// of persons, teams and groups, and what follows from them (prizes, who goes on,
// medals, tables of units), and says where the engine does not agree.
//
// It shares no code with package scoring up to the comparison: it has its own
// reader of records, its own reading of schemes, its own arithmetic (big.Rat
// throughout) and its own panels, rounding and ranking. It keeps no state while
// it reads: it finds the marks that stand at the end and goes straight down the
// scheme. That makes it slow and easy to hold against the handbook.
//
// What it promises: Score answers for every ledger that the engine folds; a
// ledger or scheme that it cannot read is an error and never a guess. It checks
// no hashes: that is ledger.Verify's, which is asked first.
//
// Decisions:
//   - A result is a set of facts (of whom, what, value): two scorers that share no
//     type can be compared, and a difference names itself.
//   - A chair that is recused owes nothing any more; the mark that it gave still has
//     its say in whether a round is too far apart, since the next round was marked
//     for it.
//   - Of the best k members with equal totals the better placed one counts.
//
// It imports scoring only for the comparison (engine.go), and fault.
package rescore
