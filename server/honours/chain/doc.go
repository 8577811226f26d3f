// Package chain is a campaign's own ledger (流程链): what its records say, how they
// are chained by hash, and where every nomination is by them alone.
//
// It promises: a record's hash covers the hash before it and its body, the first
// one the campaign's id (package ledger's Chain and Genesis); Read recomputes
// both from the beginning and names the first record that is not as it was; Fold
// needs nothing but the records.
//
// Decisions: an entry holds ids, figures and hashes. Reasons and findings lie
// beside it, bound by TextHash to the record's id, so that they can be erased and
// the chain still verifies. It has no signed heads of its own: the campaigns are
// read by the office and by whoever it shows them to, and not by receipts.
//
// It is pure and may import contest and ledger.
package chain
