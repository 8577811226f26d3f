// Package registrationstore keeps registration in PostgreSQL (migration 0005):
// persons, applications, steps, terms and imports.
//
// It promises what registration's ports ask, and that numbers of people and what
// they declare leave this package sealed for their very row and column, so that
// no statement, no dump and no log of the server holds one, and a field moved to
// another row does not open.
//
// Decisions: sealing happens here and not in the room, because the place of a
// field is part of its seal and only this package knows places. A person is found
// and held by one INSERT … ON CONFLICT DO UPDATE: two at once wait for each other
// instead of both finding nobody. Imports of one scope exclude each other by an
// advisory lock of the transaction, which a crash lets go.
//
// It may import registration with its idnumber and vault, store, contest and
// fault.
package registrationstore
