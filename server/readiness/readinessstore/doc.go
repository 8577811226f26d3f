// Package readinessstore keeps tablets' reports in PostgreSQL (migration 0017), one row
// a tablet.
//
// Decisions: an older report never takes the place of a newer one, though it may come
// later over a slow network. The lines are three arrays of one length, which the
// database itself holds to each other.
//
// It may import readiness, store, contest, scoring and fault.
package readinessstore
