// Package socket is the live endpoint (GET /live) and the only package that
// knows WebSockets. It turns a connection into a sink of the hub and a client's
// messages into subscriptions; what topics are and who may have them is live's.
//
// It promises:
//   - nothing is ever written to a connection after it was let go of: the library
//     clears and pools its Conn when its handler returns, and a file descriptor's
//     number is used again, so a writer that outlives its connection writes into
//     another person's socket (TestLawOfTheSocket shows it happening, and not to us);
//   - a missing or foreign Origin is 403 before the upgrade;
//   - messages over 16 KiB, binary messages, text that is not UTF-8, floods and
//     messages that take longer than 5 s to arrive end the connection with the
//     code that says so; a panic ends one connection, not the process;
//   - a revoked session's connections are closed with 4401 at once;
//   - a writer never waits for a reader.
//
// It may import web, hub, live, contest, conduit and fault, and the WebSocket libraries.
//
// Decisions:
//   - The library does the handshake and nothing else. Its handler takes the bare
//     connection and returns, so that the request, its headers and the buffers are
//     free again: 23 KB a connection became 9. Its Conn is not touched after that.
//   - Frames of clients are read by our own reader: what a client says is a pong or
//     one short subscription, and 128 bytes are enough to wait for that. Messages are
//     read into and obeyed in a goroutine of their own, because a stack that once was
//     8 KB stays so while its owner waits.
//   - Messages are compressed where the client offers it, without a context from
//     message to message: a frame is compressed once, by the first reader that wants
//     it so, and is the same for all. What clients send may be compressed too, and
//     is opened up to 16 KiB.
//   - On Linux a plain TCP connection is written by send(2) with MSG_DONTWAIT
//     from the hub's shards. What the kernel does not take stays in the sink: a
//     frame must not be cut off in the middle.
//   - The descriptor is the sink's own to use, past the lock that Go has around it,
//     from its making to its release: whoever closes the connection releases first,
//     and nobody else closes it (the library has given it away). A delivery through
//     Go's lock cost 0.4 µs more of 6.6: it is three more places of memory a reader,
//     and the kernel has pushed them all out of the cache since his last frame.
//   - TLS and other systems have no write that does not wait. There each
//     connection has one writer goroutine with room for one piece; while it is
//     busy the sink says Full and the hub keeps the cursor.
//   - All writes of ours pass through the sink's lock, pongs and closes too,
//     because a frame between the halves of another is garbage. The library
//     itself writes only when it fails a connection for a protocol error.
//   - The kernel's send buffer is limited, so that who stops reading holds tens
//     of kilobytes and reads the newest state soon after he comes back.
package socket
