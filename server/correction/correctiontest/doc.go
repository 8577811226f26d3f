// Package correctiontest is a store of reports in memory and what a store must hold to.
// Only tests import it.
package correctiontest
