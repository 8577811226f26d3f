// Package hub fans bytes out to sinks (分发): many readers, few topics, one
// encoding. It knows no JSON, no HTTP, no SQL and no socket.
//
// A Topic keeps a ring of the last frames and, made when asked for, the bytes
// of a snapshot. A Reader is a sink with a cursor into each of its topics; a
// few shards, each one goroutine, write what lies behind the cursors.
//
// It promises:
//   - a reader gets every frame after its cursor in order, or a snapshot that
//     covers them; never a hole, never a frame twice;
//   - who does not read costs the others nothing and loses nothing: what he
//     misses stays in the ring, and behind the ring a snapshot waits;
//   - while nothing flows a reader gets a beat each second, and is closed only
//     when it has not been heard from for Config.Silence;
//   - Shutdown delivers what was published before it, then closes everybody.
//
// It imports nothing of ours.
//
// Decisions:
//   - No goroutine is woken per delivery and no queue exists per connection:
//     both cost more than the write itself (a queue and a writer goroutine each:
//     16 µs a delivery; shards that write: 9 to 12).
//   - All state of a shard belongs to its goroutine; the rest of the program
//     leaves it orders in an inbox. So there is no lock around a round, and
//     joining never waits for one.
//   - What was published while a round ran is written in one piece in the next.
//     Only when rounds get long and frames still wait do the groups that were in
//     one rest: on an idle machine a fixed beat would add its length to every frame
//     and save nothing, and a pause of the shard would hold up the topics that
//     change seldom.
//   - Of several cores one has no shard, and while Config.Busy a shard naps between
//     turns of 32 writes, at most 50 ms a round. A shard that writes leaves the
//     core to nobody for ten milliseconds, and Go does not even hear of a request
//     while all cores are taken: giving way without sleeping did not help.
//   - A frame has two forms on the wire, plain and packed. The packed one is made
//     when the first reader asks for it, and who takes which is the reader's own.
//   - Readers of one topic at one place share the bytes of their heartbeat.
//   - A topic has a number, which its frames may carry instead of its name. Snapshots
//     tell it; only who resumes needs to be told it apart.
//   - When the frames that a reader missed weigh more than a snapshot, he gets
//     the snapshot.
//   - A sink that is full is asked again after 10 ms, then ever more seldom up
//     to 640 ms. Nobody signals that it has room: a signal per connection is a
//     goroutine per connection.
package hub
