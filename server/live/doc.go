// Package live turns what the clerks apply into frames per audience (实时) and
// says who may have which topic. It is the judging room's follower, the source
// of the hub's topics and of the public standings, and the counts that event
// lists show. How to read the feed is docs/live.md.
//
// It promises:
//   - a client's rows, built from a snapshot and the frames after it, are the
//     board's view for that audience, joined with labels and names;
//   - n and epoch are the fold's and the ledger's, so that a restart goes on
//     where it was and a frozen or sealed board's stream does not move;
//   - while an event is sealed no frame of any audience holds a name, a unit, a
//     search word or an entry number, whatever the Names port answers, and no
//     frame of a panel joins labels of two kinds;
//   - teams, groups and ranks within them are told only where names may be joined
//     and ranks are shown; a sealed event's frames hold none of it;
//   - a topic that is not the actor's is answered as one that does not exist.
//
// It may import scoring, hub and contest.
//
// Decisions:
//   - An audience's rows are kept encoded. A frame copies those that moved, a
//     snapshot is made of them when somebody asks, at the price of a copy; the
//     board itself is only looked at inside the clerk's call.
//   - A frame's head holds the keys that changed. With the whole head a mark
//     would cost more in columns and titles than in rows.
//   - A frame names its topic by a number, and says neither its epoch nor where it
//     begins when that is the number before: with them, a mark cost 148 bytes beside
//     the rows that moved. What snapshots say does not depend on the process, so the
//     number is put before them for readers, and told apart to who resumes.
//   - Times are in milliseconds: JavaScript does not hold nanoseconds, and no page
//     shows them.
//   - Acts (open, freeze, lock, publish, a policy …) change a view as a whole:
//     they are snapshots, not differences.
//   - The desk's topic merges: an event's last state wins, at most five times a
//     second. Its epoch is the process's start, for its n counts flushes.
//   - Names of groups stand in the head once, and rows hold numbers: an event may
//     have two hundred units. A number without a name is asked for once.
//   - Names are asked for when an entry is met that has none yet, when identity
//     changes, and by Opened: not per mark.
package live
