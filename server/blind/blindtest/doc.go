// Package blindtest is for tests of the coding desk: a store in memory, a rig with
// the other rooms' ends in the test's hands, and the day of a coding desk that
// every store must pass (Conform).
//
// It promises that Memory keeps the contract of the ports, which Conform holds it
// to beside the real store. It may import blind, contest, scoring and fault.
package blindtest
