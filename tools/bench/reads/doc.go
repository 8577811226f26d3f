// Package reads measures what the public reads beside nginx: a board and a page's
// file, plain, with gzip, with br, and when the reader has it already.
//
// It promises that both answer with the same bytes: nginx's files are the bodies
// that the program answered with, its headers are the program's, and every answer
// is compared before anything is measured. Turns alternate. A figure that misses
// its goal is printed as missed.
//
// It may import the program's ground rooms (web, live, hub, contest, scoring, the
// pages) and gauge.
//
// Decisions:
//   - The program is what Serve puts up: web's application with its metrics, the
//     built pages, and live with one opened board. No room of a subject and no
//     database, because a public read that is kept meets none.
//   - nginx is Debian's, with what a careful operator sets: two workers, sendfile,
//     files kept open, files compressed before, no access log. brotli comes from
//     Debian's module; where that is missing the br files are served as they are,
//     with a header that says what they are.
//   - The load is wrk's, 64 connections that stay open, because a client in Go
//     takes as much of the processor as the servers. What it took is printed.
package reads
