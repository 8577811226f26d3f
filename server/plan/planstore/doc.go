// Package planstore keeps the plan in PostgreSQL (migration 0006): filings, their
// steps and documents, and whom to call at the hosts.
//
// It promises what plan's ports ask. It may import plan, store, contest and fault.
//
// Decisions: a filing is held by an advisory lock of the transaction, since the
// row of one that nobody wrote yet cannot be locked; the version in the WHERE is
// the fence for who read outside of it. Documents are read one at a time.
package planstore
