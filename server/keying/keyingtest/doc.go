// Package keyingtest is keying's store in memory and a small event with the other rooms' ends in the test's hands: one
// chair, three works, two aspects, marks in a map.
//
// It is imported by tests only and may import keying, contest, scoring and fault.
package keyingtest
