// Package tallytest marks one entry's sheet for tests: a desk whose panels are
// seated, that puts words into cells as chairs would and computes with package
// tally. The rooms that read sheets (tally, reading, working) are tested at it.
//
// It imports record, rules, scheme and tally.
package tallytest
