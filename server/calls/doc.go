// Package calls lets a judge ask for the chief judge from his tablet (呼叫裁判长), and
// the chief judge answer.
//
// It promises:
//   - the same call is one call, however often the tablet sends it; with other words
//     under the same id it is refused;
//   - a call and what was said to it stay, with the times of both clocks; a closed one
//     is not opened again;
//   - a chair sees its own calls only, and names only works that it marks. While the
//     event is sealed, staff read the label of a work only where it is the one by which
//     they know works; no name of a contestant is asked for or shown;
//   - permission is asked at the desk. What is not the actor's does not exist for him:
//     Missing.
//
// Decisions:
//   - A call is not a record of the ledger: it moves no mark, and is never needed to
//     fold a board.
//   - Calls are asked for and not pushed: the tablet asks while one is open, the
//     console every few seconds. A call that nobody has looked at for a minute is no
//     faster on a socket.
//   - Who may answer is whoever runs the event: chief judge, organiser, host. A judge
//     closes his own call himself.
//
// It may import contest, scoring and fault.
package calls
