// Package stagestest is for the tests of stages: a desk whose events are real
// boards written record by record, whose neighbours are in the test's hands, and
// what every store of stages must keep.
//
// It may import stages, contest, scoring and fault.
package stagestest
