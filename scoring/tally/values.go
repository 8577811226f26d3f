package tally

import (
	"jiangtai/scoring/lookup"
	"jiangtai/scoring/rules"
)

// Values are what the pads of aspects made of values, by the first aspect that reads them
// alike: equal values are read once and stored once, since most of a million marks are a
// few hundred different texts, and most aspects of a scheme have one scale.
type Values []lookup.Table[*Said]

// manyValues is how many different values of one scale are kept.
const manyValues = 512

// Read reads a value of an aspect of the rules; false when its pad refuses it.
func (v Values) Read(r *rules.Rules, aspect int, text string) (*Said, bool) {
	known := &v[r.Aspects[aspect].Alike]
	if k, ok := known.Find(text); ok {
		return k, true
	}
	reading, refusal := r.Aspects[aspect].Pad.Read(text)
	if refusal != nil {
		return nil, false
	}
	k := &Said{text, reading.Mark.Cents()}
	if known.Len() < manyValues {
		known.Put(text, k)
	}
	return k, true
}
