// Package capacity is how many may be connected at once (容量): what the machine lets
// the program open, and how that is shared out.
//
// It imports nothing of ours.
//
// Decisions:
//   - Sockets and requests get the same, for a phone that comes needs one of each: its
//     page's connection stays open for 75 s, and in that time a whole hall may come.
//   - The program says at its start what it takes and what to raise, so that nobody
//     learns it when the hall is full.
package capacity
