// Package reading is what one entry's sheet tells those who run the contest: the
// mark in a cell, what is missing, who of a panel is in, and where a panel lies
// too far apart (分差预警).
//
// It reads sheets and changes nothing; which entries and chairs are asked, the
// board says. It imports exact, record, report, rules and tally.
package reading
