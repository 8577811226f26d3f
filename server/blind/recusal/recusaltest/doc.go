// Package recusaltest is the desk of ties with the other rooms' ends in the test's
// hands, a store in memory, and what every store of it must do (Conform).
//
// It may import recusal, blindtest and what they may. Tests only.
package recusaltest
