// Package swarm is a crowd of WebSocket clients in one goroutine (Linux): it
// connects, subscribes, finds the time stamp in every message that comes in, and
// costs little itself, because it shares the machine with the server that it
// measures.
//
// It promises:
//   - a delivery's delay counts from the moment for which its publication was
//     planned: a server that falls behind cannot hide it;
//   - what a client got last is kept, so that every client's last state can be held
//     against the server's.
//
// It imports gauge.
package swarm
