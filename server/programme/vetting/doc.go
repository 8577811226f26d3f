// Package vetting says what is wrong with units, chairs and entries as somebody
// proposes them (核对), by one set of rules for a package (file:row:column) and for
// the console (JSON pointers): all that is wrong comes at once.
//
// It is a package of its own so that the office keeps to its use cases. It may
// import contest, scoring, fault, and programme's parcel, outline, pinyin and
// workcode.
package vetting
