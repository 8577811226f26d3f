// Package callstest helps to test calls: a desk on any store, an event with two chairs,
// what other rooms would say of it, a store in memory, and what every store must hold to.
//
// It promises that Memory keeps to the same contract as the store in PostgreSQL, since
// both are held to Conform.
//
// It may import calls, contest, scoring and fault; only tests import it.
package callstest
