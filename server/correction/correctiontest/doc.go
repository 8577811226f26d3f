// Package correctiontest helps to test corrections: a store of reports in memory, and
// what every store of reports must hold to.
//
// It promises that Memory keeps to the same contract as the store in PostgreSQL, since
// both are held to Conform.
//
// It may import correction, contest, scoring and fault; only tests import it.
package correctiontest
