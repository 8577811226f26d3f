// Package evening is the chief judge's evening (裁判长的晚上): who of the judges owes
// what, which panels are in, which do not agree, and why a row does not move.
//
// It promises:
//   - what it tells is read from the board as it stands, in one reading: no number
//     here can disagree with the record that it names (Seq);
//   - a panel's values are told only when the panel is complete, and only to those
//     who may see marks;
//   - while an event is sealed works are called by what staff may call them; what is
//     owed in a module with another label is counted and not named;
//   - permission is asked at the desk. An event that is not the actor's does not
//     exist for him: Missing.
//
// Decisions:
//   - A row's reasons are derived and in an order: what stops the row altogether
//     first (a status, a gate), then what somebody still has to give.
//   - The way to the signed list is not told again: results has it.
//
// It may import contest, scoring and fault.
package evening
