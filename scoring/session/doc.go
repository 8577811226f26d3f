// Package session is the clock of an entry in a module (场次计时): started, paused
// for a reason, time added, handed in, signed, as the judges on the floor record
// it, and how long the entry worked.
//
// It promises:
//   - what stands is a pure fold of the ledger's records of kind Clock, in their
//     order; undoing takes back the newest that stands and nothing else;
//   - Check lets through exactly what Fold can take;
//   - net time is exact: pauses are not in it, added time is not in it, and of the
//     whole a begun second does not count.
//
// Decisions:
//   - Time between two records is the difference of the device's clock where one
//     device gave both, so that a tablet without a network for an hour measures as
//     it ran, and a clock that is wrong by years does no harm. Between two devices
//     it is the difference of the server's times; so it is too where the device's
//     clock ran backwards.
//   - Handing in without a start is allowed: not every module is timed. Such a
//     session has no time at all.
//   - After the contestant has signed, or refused to, nothing but undoing that is
//     left: what was signed is what stands.
//   - The table counts nothing into a total and asks for no phase: the board says
//     whether a record is in time.
//
// It imports record and door.
package session
