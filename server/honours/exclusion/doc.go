// Package exclusion says until when an incident keeps a person or a unit from
// an honour (否决情形): wage arrears, accidents, tax, pollution and so on, each
// with its window.
//
// It promises that eligible on a day ⇔ the day of the incident plus n years is
// not after that day; a window of the current year is over on 1 January.
//
// Decisions: what is excluded for how long differs from place to place and is
// data of the campaign. An incident of 29 February plus a year is 1 March: the
// window is never a day short.
//
// It is pure and imports nothing of ours.
package exclusion
