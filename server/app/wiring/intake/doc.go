// Package intake is how rooms reach programme that bring events, people and chairs
// into it or ask it for them (接收): plan, registration, stages and identity.
//
// It promises to translate and to decide nothing: what programme refuses comes back
// in programme's words, at the place that the asking room knows.
//
// It is a part of wiring, with the same right to import everything but app.
package intake
