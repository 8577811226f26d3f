package tally

import (
	"jiangtai/scoring/lookup"
	"jiangtai/scoring/rules"
)

// Values are what the pads of aspects made of values, by aspect: equal values are
// read once and stored once, since most of a million marks are a few hundred
// different texts.
type Values []lookup.Table[*Said]

// manyValues is how many different values of an aspect are kept.
const manyValues = 512

// Read reads a value of an aspect of the rules; false when its pad refuses it.
func (v Values) Read(r *rules.Rules, aspect int, text string) (*Said, bool) {
	if k, ok := v[aspect].Find(text); ok {
		return k, true
	}
	reading, refusal := r.Aspects[aspect].Pad.Read(text)
	if refusal != nil {
		return nil, false
	}
	k := &Said{text, reading.Mark.Cents()}
	if v[aspect].Len() < manyValues {
		v[aspect].Put(text, k)
	}
	return k, true
}
