// Package panel makes one value of several marks (裁判组合议): the judges of a
// panel by its policy, and the attempts of a contestant.
//
// An absent judge is a missing mark, never a zero: a policy says the fewest
// marks it works with and answers nothing below that. Values are exact.
//
// It imports scoring/exact, scoring/scheme and the standard library.
package panel
