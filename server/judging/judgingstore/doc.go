// Package judgingstore keeps ledgers in PostgreSQL.
//
// It promises:
//   - Append returns nil only after COMMIT; an append that names another head
//     than the ledger's writes nothing;
//   - whatever batches wait, of all ledgers, share one transaction and so one
//     fsync. There is no timer: a batch that comes alone is written at once, and
//     what comes meanwhile is the next transaction;
//   - when a joined transaction fails, each of its batches is tried alone, so
//     that a bad one fails alone;
//   - a connection that breaks leaves an unknown outcome, not a failed one: the
//     ledgers' rows are locked on another connection, which waits for the lost one to
//     end, and the marks are looked up. What is not there is written once more: a
//     connection may have died while nobody marked. Only if that cannot be asked
//     either, the answer is UnknownOutcome.
//
// Decisions:
//   - A clerk asks for his turn before he fills his batch. Turns are given together
//     when nothing is being written, and the last of those who have one writes for
//     all: marks that come during a commit are one batch of their ledger and one
//     commit of all. Batches that were filled first and then waited for the writer
//     made commits a quarter as large.
//   - Where commits are large a second one is written beside the first: one computes
//     while the other waits for the disk. With small ones that costs a tenth of the rate.
//   - One statement writes any number of ledgers: it moves the heads that are
//     where they are expected, and inserts the records of those. A ledger that
//     somebody else has moved keeps nobody from writing.
//   - The pool for marks is its own: a slow list must not hold up a mark.
//   - The statement is its own transaction on a connection of its own (store.Line): one
//     round trip instead of three. Should a lost one reach the server after it was asked
//     for, it finds another head and writes nothing, or the next append finds what it
//     wrote and reads up.
//   - Arrays go out in binary, written by hand: a tenth of the server's work was
//     parsing them, and reflection costs more here than the statement.
//   - A replay's bodies come in laps of some hundred as one value, each with its size in
//     front, and one statement reads all laps of a ledger. A row for each costs the driver
//     more than all that is done with it; a value of thousands made the server ask the
//     system for memory anew each time, and several aggregates cost it a fifth more.
//   - Triggers refuse UPDATE, DELETE and TRUNCATE of records and heads.
//
// It may import judging, store, contest, ledger, scoring and fault.
package judgingstore
