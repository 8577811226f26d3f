// Package programmetest is for tests of the programme: a store in memory, the
// other subjects' ends of the ports, a small contest, and the contract that every
// store must keep.
//
// It promises that Conform holds for the store in memory and for the one on
// PostgreSQL alike, so that rules tested on the first hold on the second. Only
// tests import it; it imports programme, contest and fault.
package programmetest
