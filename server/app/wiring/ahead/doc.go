// Package ahead asks for what a start wants of all events at once (预读), so that 120
// events are a few questions to the database and not a thousand.
//
// It promises that a Store answers as the one below it: between Ask and Forget, to a
// context Within and to who took it as Always, with what that said at Ask; to others and
// inside a transaction with what it says now.
//
// The program serves while a start opens its events. What a request asks is asked now, so
// that nobody acts upon what an edit has changed; an event that a start opens as it was a
// moment ago is told of the edit like every other.
//
// It may import programme, contest, store and scoring.
package ahead
