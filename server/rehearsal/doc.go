// Package rehearsal is simulated people (演练): judges who mark, staff who open,
// lock and publish, over HTTP like anybody else, so that what they prove holds
// for the real thing.
//
// It knows the program only by its public interface: it imports scoring (to
// build marks from schemes) and fault, and no subject's room. The demonstration,
// rehearsals and the tests of the whole program use it.
//
// A Follower builds boards from nothing but frames and notes every promise that
// the feed breaks; a Tablet delivers known marks twice, wrong and in any order,
// and insists until each has its receipt.
//
// Its sub-package city invents a city's contest from a seed. The names of
// people and units are made up from syllables and do not mean anybody.
package rehearsal
