// Package stagesstore keeps stages in PostgreSQL (migration 0013): what persons
// did between two events, and what became of each entry.
//
// It promises what the port of stages asks: acts in their order with their moves,
// an act of a number that is there answers Stale, and writing needs the
// transaction that store.Do puts into the context.
//
// Decisions: both tables refuse UPDATE, DELETE and TRUNCATE by triggers, in the
// database itself. Which event follows which is the last act of its kind, and is
// asked for of all events at once: there are few. Who asks within a transaction
// keeps other acts away until its end, so that two events cannot be tied into a
// circle from both ends at one moment.
//
// It may import stages, store, contest, scoring and fault.
package stagesstore
