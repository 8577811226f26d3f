// Package resultsstore keeps results in PostgreSQL (migration 0009): draws of the
// recheck with their input and findings, and public notices.
//
// It promises what the ports of results ask: the newest draw and notice, doubles
// answer Stale, and writing needs the transaction that store.Do puts into the
// context.
//
// Decisions: all its tables refuse UPDATE, DELETE and TRUNCATE by triggers, in the
// database itself. A draw's row is the lock of its findings. The input of a draw
// lies in rows of its own and not as one text, so that whoever holds the database
// can draw again with a query.
//
// It may import results, store, contest, scoring and fault.
package resultsstore
