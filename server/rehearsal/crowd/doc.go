// Package crowd is thousands of phones (观众) that follow boards over the live feed
// from one process, each with a connection and a state of its own.
//
// It promises that a phone's state is made of nothing but what came over its own
// connection, that it comes back as the public page does, with the same waits, and
// that each promise of the feed that was broken is counted: a hole, a heartbeat
// that disagrees, an error.
//
// It imports of the rehearsal pulse and wire, and nothing else of ours.
//
// Decisions:
//   - A goroutine for each phone on Go's own poller, and not epoll by hand: it runs
//     on every system, and a phone costs 12 KB and some 10 µs a frame, so that 5,000
//     of them with 150 marks a second take a quarter of one processor.
//   - Phones of one board get the same bytes, so bytes are opened and decoded once
//     for all of them; each then applies the rows to its own state. Rows are shared
//     and never changed.
//   - How long a mark was under way is counted from when its tablet first sent it:
//     the n-th mark of an entry is on a phone when its row says that n are in. Two
//     tablets may overtake each other; then the earlier one's time counts, so that
//     the figure is never too good.
//   - What was sent while a phone was away is not counted there.
package crowd
