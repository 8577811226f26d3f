// Package wire is one end of a WebSocket (线路) as thousands in one process need it:
// a connection, a buffer of 2 KB, and no goroutine but its reader's.
//
// It promises that pings are answered, that a message is handed over as it came,
// compressed where it came so, and that a close comes out as *Closed.
//
// It imports nothing of ours. Decision: the WebSocket library that a Follower uses
// inflates every message for every reader; 5,000 readers of the same bytes would
// spend two processors on it. Here who reads opens the same bytes once (Unpack).
package wire
