// Package serving holds the servers that the fan-out is measured on: ours, which is
// the program's hub and socket and nothing else, and the usual way with the same
// library: a channel and a writer goroutine for each connection, one prepared
// message for all.
//
// Both send each line of their input to all who have subscribed at /live, and end
// with the input.
package serving
