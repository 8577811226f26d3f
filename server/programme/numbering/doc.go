// Package numbering gives numbers to what entries belong to (归属编号): records of a
// ledger name a group, a county or a unit by a number, and what that stands for is
// kept beside. A key has one number for ever, and a number one key; numbers go by
// the order of keys, so that they say nothing about the order of entries.
//
// It may import contest.
package numbering
