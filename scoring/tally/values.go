package tally

import "jiangtai/scoring/rules"

// Values are what the pads of aspects made of values, by aspect: equal values are
// read once and stored once, since most of a million marks are a few hundred
// different texts.
type Values []map[string]*Said

// manyValues is how many different values of an aspect are kept.
const manyValues = 512

// Read reads a value of an aspect of the rules; false when its pad refuses it.
func (v Values) Read(r *rules.Rules, aspect int, text string) (*Said, bool) {
	if k := v[aspect][text]; k != nil {
		return k, true
	}
	reading, refusal := r.Aspects[aspect].Pad.Read(text)
	if refusal != nil {
		return nil, false
	}
	k := &Said{text, reading.Mark.Cents()}
	switch known := v[aspect]; {
	case known == nil:
		v[aspect] = map[string]*Said{text: k}
	case len(known) < manyValues:
		known[text] = k
	}
	return k, true
}
