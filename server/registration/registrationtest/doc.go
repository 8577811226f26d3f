// Package registrationtest is for tests of registration and its parcels: a store
// in memory, a rig with the other rooms' ends in the test's hands, people with
// valid invented ID numbers, and the day of a desk that every store must pass
// (Conform).
//
// It promises that Memory keeps the contract of the ports, which Conform holds it
// to beside the real store. It may import registration, contest and fault.
package registrationtest
