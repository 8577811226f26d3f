package entering

import _ "embed"

// OneNumber is the scheme of an event of which only the result is recorded: one
// number from 0 to 100 with two places, from outside, for each entry. It is a
// beginning that an organiser puts in or changes.
//
//go:embed one-number.json
var OneNumber []byte
