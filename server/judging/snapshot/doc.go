// Package snapshot keeps what a start would else make of a whole ledger (账本快照): a
// file for each ledger in the data folder, which is read instead of the records up to
// some number.
//
// It promises:
//   - Read gives what Write was given, or an error that says why not: another
//     format, another ledger, a damaged or cut file. The caller then reads the ledger;
//   - a file is whole or not there: it is written beside and renamed.
//
// Decisions:
//   - Files, not a table: a start reads them straight to where they stay in memory,
//     without the driver; they cost the database no log, and no backup takes them
//     along: a restored one is read from its records.
//   - Checksums are CRC-32C, against accidents. Whoever can write into the data
//     folder could make any digest anew: against him the ledger itself is held
//     against the snapshot after the start, with its hashes and signature.
//   - The parts are bytes to this package; what they mean is the clerk's. Format is
//     raised whenever any of it changes. A file of another build of the program is not
//     taken either: what a board makes of records may have changed with it, and a start
//     after an upgrade may take its two seconds.
//
// It may import the standard library only.
package snapshot
