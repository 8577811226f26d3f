// Package programmestore keeps the programme in PostgreSQL: contests, units,
// hosts, events, schemes, chairs and entries (migration 0001).
//
// It promises what programme's ports ask: finds answer Missing with the room's
// code, codes in use answer Stale, many rows go in one statement, and lists come
// in a fixed order. Writing needs the transaction that store.Do puts into the
// context.
//
// Rows are written by unnest of arrays: one statement of one text for one row
// and for 4,000, where COPY would need a connection of its own kind.
//
// It may import programme, store, contest, scoring and fault.
package programmestore
