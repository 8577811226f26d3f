// Package exact is arithmetic without loss (精确运算): rational numbers that are
// rounded only where a marking scheme says so.
//
// It promises that the result equals the one that math/big.Rat gives. A number
// that fits is two int64; an operation that would overflow goes over to big.Rat
// and comes back as soon as the result fits again. Numbers are values: nothing
// changes one in place, and the zero Num is 0.
//
// There is no float here, not even for text: 0.3×73.5 + 0.7×86.25 is 82.425 and
// is published as 82.43.
//
// It imports the standard library only.
package exact
