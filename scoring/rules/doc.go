// Package rules is a compiled scheme (编译后的规则): everything that the board asks
// a thousand times a second, found once. Places are indexes, defaults are
// filled in, pads are ready to read values, gates know what they void.
//
// Compile is the only way to make Rules, and a scheme that it accepts never
// fails later. Rules do not change.
//
// The fields are open to the engine, which lives one floor up; others use the
// methods. It imports scoring/exact, scoring/lookup, scoring/pad,
// scoring/scheme.
package rules
