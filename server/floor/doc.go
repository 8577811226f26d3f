// Package floor is what happened on the floor (现场): the session of every seat as
// its judges recorded it, put into the words of a session record (现场记录表): when it
// began and ended, what it stood still for, what was added, handed in or signed.
//
// It promises:
//   - what it says is derived from the ledger's records alone, each time that it is
//     asked for; it keeps nothing;
//   - net time and state are the engine's. What is reckoned here is for the eye: how
//     long a pause was, and how far a running clock is by now;
//   - works stand under the labels that the reader may know; who may read is asked at
//     judging's door.
//
// Decisions:
//   - A record is shown with the tablet's time where that is near its arrival (12
//     hours), else with the server's: a tablet that was offline for an hour gives its
//     records at once, and a tablet whose clock is wrong by years must not date them.
//   - While marking runs the host reads states, starts and pauses, and neither net times
//     nor anything that they could be reckoned from: net time is a mark of time aspects,
//     and he sees no other mark either. Judging says when, by its release policy.
//   - Of a signature it is told that and when it was given. Its strokes stay with the
//     record: while an event is sealed they are a name.
//
// It may import contest, scoring and fault.
package floor
