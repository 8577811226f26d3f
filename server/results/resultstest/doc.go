// Package resultstest is for tests of results and its parcels: a store in memory,
// a rig with a board of its own and the other rooms' ends in the test's hands, and
// the day of a desk that every store must pass (Conform).
//
// It promises that Memory keeps the contract of the ports, which Conform holds it
// to beside the real store. It may import results, contest, scoring and fault.
package resultstest
