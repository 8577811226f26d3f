// Package honoursstore keeps honours in PostgreSQL (migration 0004): proposals
// with their cursors, unions, campaigns with their chains, nominations, notices,
// objections, opinions, votes, incidents and the register.
//
// It promises what the ports of honours and its proposal ask: finds answer
// Missing with the room's code, doubles answer Stale, and lists come in a fixed
// order. Writing needs the transaction that store.Do puts into the context.
//
// Decisions: the chain, opinions and votes refuse UPDATE and DELETE by triggers,
// in the database itself. A campaign's row is the lock of everything in it, so
// the rows below are read without locks. What rules answered is kept as JSON: it
// is read back as it was said and never searched.
//
// It may import honours with its parts, store, contest, scoring, ledger and fault.
package honoursstore
