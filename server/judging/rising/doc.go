// Package rising is the order in which a start opens events (陆续开场) while the program
// serves already: one after the other, and first those that somebody waits for.
//
// It promises that every event that is expected is opened once or found not to open; that
// who awaits an event has it opened next, behind the few that are just being opened, and
// waits for that one alone; and that awaiting costs nothing once all are open.
//
// Decisions:
//   - Who asks does not open the event himself: a request that holds a transaction, or
//     whose client goes away, must not decide how an event is opened.
//   - The program serves before its boards stand, because they are needed one at a time:
//     a hundred and twenty take half a second, one takes milliseconds. Whatever wants to
//     know of an event awaits it, and what speaks of all events awaits all.
//
// It may import contest only.
package rising
