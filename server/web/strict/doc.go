// Package strict reads JSON that somebody sent, and lets nothing pass that could be
// understood in two ways (严格): unknown, duplicate and wrongly cased keys at any depth,
// null where the Go type has no pointer, nesting over 32, text that is not UTF-8 or
// hides control characters, anything behind the value.
//
// It promises that what it takes encoding/json takes too, and that a refusal names the
// place. It checks the shape only, and may import fault.
package strict
