// Package city invents a city's contest (演示城市): 104 trades of the national
// classification, 40 entries each, units, judges and schemes that differ in
// kind, as a contest package. The same seed gives the same city.
//
// Everything is made up: the city, its units, its people. Names come from
// common syllables and mean nobody; the contest is of kind demo, so every page
// says so. It imports nothing of ours.
package city
