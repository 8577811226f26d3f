// Package rescore is a second scorer (独立复算): it reads nothing but an export of a
// ledger and the text of the schemes, computes every total and rank by itself,
// and says where the engine does not agree.
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
// It imports scoring only for the comparison (Compare), and fault.
package rescore
