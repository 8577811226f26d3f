// Package store is the base of storage: connections to PostgreSQL, one
// transaction over several rooms, migrations, and PostgreSQL's errors in the
// program's own words. The rooms' SQL is in their own packages, <room>store.
//
// It promises:
//   - nothing is written outside a transaction that somebody opened with Do, but for
//     the statements of a Line, which are one each and are never sent twice;
//   - Do tells three outcomes apart: done, not done, and unknown (the
//     connection broke during COMMIT); unknown is never retried here, since only
//     the caller knows how to ask whether its work is there;
//   - a server whose settings lose acknowledged data is refused, at every new
//     connection, not only at the start;
//   - no statement waits without an end: 2 s for a lock, 5 s in all, and a
//     network that has gone silent is given up 10 s later;
//   - a database newer than the program is refused before anything is written.
//
// It may import contest, fault, conduit and schemas. Only this package and the *store
// packages import sqlx and lib/pq.
//
// Decisions:
//
//   - The transaction travels in the context. Rooms' stores take a context
//     already, ask Querier(ctx), and need not know whether others take part.
//   - lib/pq repeats a statement outside a transaction when the connection ends
//     before the answer, even if the server had committed it, and always begins
//     with an explicit READ WRITE, which would override a database switched to
//     read-only. Hence writing outside Do is refused, and connections are
//     wrapped to send a plain BEGIN.
//   - COMMIT is not cancelled with the caller's context: a cancelled COMMIT has
//     an unknown outcome, a finished one does not, and it takes milliseconds.
//   - Deadlocks and serialization failures are run again, at most three times,
//     after a pause of chance. The function given to Do may run several times.
//   - Constraints carry names, and each room says what a violation of its own
//     means (Constraints). A name that nobody knows is an error of ours.
//   - Statements are prepared where they are hot (Prepare): lib/pq keeps no cache
//     and needs two round trips for one with parameters.
//   - The hottest one of all has a Line: one round trip instead of three, no pool that
//     could repeat it, and parameters that the server need not parse.
package store
