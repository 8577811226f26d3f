// Package correctionstore keeps reports of corrections in PostgreSQL (migration 0020).
//
// It promises what the port of correction asks. The table refuses UPDATE, DELETE and
// TRUNCATE by a trigger.
//
// Decisions: what was shown before a correction lies beside as the bytes of its JSON,
// since it is read whole and never searched.
//
// It may import correction, store, contest, scoring and fault.
package correctionstore
