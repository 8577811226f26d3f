// Package conduit (通道) makes connections whose calls of the kernel Go's scheduler is
// not told of.
//
// It promises that such a connection is what it was: every byte, error, deadline and
// close of net.Conn, from any number of goroutines.
//
// Decisions:
//   - The calls that net makes are announced, for they might last. Those of a socket that
//     does not block are over in a few microseconds, but whenever one is announced while
//     the program was at rest, the runtime's watcher wakes up, and looks every 20
//     microseconds for a while whether one lasts. With 64 tablets, and a database behind
//     them, that was an eighth of the program's processor.
//   - A call moves 64 KB at the most, since whoever collects garbage has to wait for it.
//   - With the race detector, and where there is no Linux, connections stay as they are:
//     the detector learns from announced calls what happened before what.
//
// It imports nothing of ours.
package conduit
