// Package ahead asks for what a start wants of all events at once (预读), so that 120
// events are a few questions to the database and not a thousand.
//
// It promises that a Store answers as the one below it: between Ask and Forget with
// what that said at Ask, else and inside a transaction with what it says now. Nobody
// edits events before the program serves.
//
// It may import programme, contest, store and scoring.
package ahead
