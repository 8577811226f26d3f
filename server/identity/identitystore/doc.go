// Package identitystore keeps identity in PostgreSQL. Store implements every
// port of the room that stores something.
//
// It promises what the ports ask, and that each promise which a race could
// break is a single statement, a lock or a constraint: a code is used once
// because one UPDATE finds it unused, a chair has one tablet because an index
// says so, administrators are counted one transaction at a time.
//
// It may import identity, store, contest, scoring and fault.
package identitystore
