// Package plantest is for tests of the plan: a store in memory, a rig with the
// other rooms' ends in the test's hands, and a year of an office that every store
// must pass (Conform).
//
// It promises that Memory keeps the contract of the ports, which Conform holds it
// to beside the real store. It may import plan, contest and fault.
package plantest
