// Package outline is what the programme must know of a marking scheme: its panels,
// and by what the judges of each know the work.
//
// It promises that a scheme which it reads the engine compiles, and that all that
// is wrong comes at once, below the place that the caller names. It may import
// scoring and fault.
package outline
