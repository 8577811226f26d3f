// Package lineup is an event as judging needs it (阵容): who competes under which
// labels, who sits where, what the scheme asks for, and how all of that is found by
// what people call it. It holds no name of a contestant: what is not here cannot
// leak from here.
//
// It says too what entries belong to, as the records that a ledger is owed.
//
// It may import contest and scoring.
package lineup
