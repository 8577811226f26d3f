// Package signingtest is for tests of signing and its parcels: a store in memory,
// and a rig with a board of its own and the other rooms' ends in the test's hands.
//
// It promises that Memory keeps the contract of the ports: the same day of papers
// is walked over it and over the real store. It may import signing, scoring,
// contest and fault.
package signingtest
