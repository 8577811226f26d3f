// Package callsstore keeps calls in PostgreSQL (migration 0016): calls, and what was
// said to them.
//
// It promises what the port of calls asks. Both tables refuse UPDATE, DELETE and
// TRUNCATE by triggers.
//
// Decisions: what was said is numbered, so that of two people who close a call at one
// moment one stands; FindCall within a transaction locks the call's row.
//
// It may import calls, store, contest, scoring and fault.
package callsstore
