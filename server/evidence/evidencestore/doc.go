// Package evidencestore keeps photos in PostgreSQL (migration 0018).
//
// It promises what the ports of evidence ask: one photo an id, whoever comes first;
// nothing that was kept can be changed or taken away, which a trigger sees to.
//
// Decisions: a photo is bytes of its row, so that a snapshot of the database is
// whole. Lists never read them.
//
// It may import evidence, store, contest, scoring and fault.
package evidencestore
