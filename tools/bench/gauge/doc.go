// Package gauge reads what a process costs from /proc: seconds of processor and
// bytes that are resident. Linux only; elsewhere the numbers are zero.
//
// Of ours it imports the rehearsal's pulse, whose spread of durations it counts with.
package gauge
