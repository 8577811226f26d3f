package tally

import (
	"jiangtai/scoring/exact"
	"jiangtai/scoring/rules"
)

// Values are what the pads of aspects made of values, by aspect: equal values are
// read once and stored once, since most of a million marks are a few hundred
// different texts.
type Values []map[string]read

// read is a value once read.
type read struct {
	value string
	num   exact.Num
}

// manyValues is how many different values of an aspect are kept.
const manyValues = 64

// Read reads a value of an aspect of the rules; false when its pad refuses it.
func (v Values) Read(r *rules.Rules, aspect int, text string) (value string, num exact.Num, ok bool) {
	if k, ok := v[aspect][text]; ok {
		return k.value, k.num, true
	}
	reading, refusal := r.Aspects[aspect].Pad.Read(text)
	if refusal != nil {
		return "", exact.Zero, false
	}
	k := read{text, reading.Mark.Cents()}
	switch known := v[aspect]; {
	case known == nil:
		v[aspect] = map[string]read{text: k}
	case len(known) < manyValues:
		known[text] = k
	}
	return k.value, k.num, true
}
