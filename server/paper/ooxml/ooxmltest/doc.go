// Package ooxmltest is the box of evil files: what every reader of office files
// must refuse, made out of a good file of its kind, with the time and the memory
// that a refusal may take; and the tools to take such files apart and together.
//
// It promises that a kind of file whose reader passes Refuse is walled as all
// others are. It is imported by tests only and imports nothing of ours.
package ooxmltest
