// Package form says what the cells of a printed form are: which mark each holds, by what name the form's plan calls it,
// and which places an aspect with several attempts has on a blank sheet.
//
// It promises that a name that Cell.Name has made is read back by Parse as the same cell.
//
// It may import contest and scoring, and imports scoring only. It is a package of its own because signing composes forms
// and the room that keys them reads their names, and neither needs the rest of the other.
package form
