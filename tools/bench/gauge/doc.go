// Package gauge reads what a process costs from /proc: seconds of processor and
// bytes that are resident. Linux only; elsewhere the numbers are zero.
//
// It imports nothing of ours.
package gauge
