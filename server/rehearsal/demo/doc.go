// Package demo is the people of the demonstration (演示): who registers, plans,
// codes, marks, keys in, prints, signs, checks, publishes and honours in an
// invented city, over HTTP like anybody else.
//
// It promises that every desk has something to do when a visitor comes: most
// events are marked on tablets and go on by themselves; a few with the full chain
// wait at one of its steps (see scenes); events on paper and those of which only
// results are known are keyed in by a clerk. What waits for a visitor is never
// taken from him.
//
// A scan of a signed paper is a picture made of the printed PDF: its lines and its
// QR code are those of the paper, letters are bars, signatures are scribbles. So
// the program reads a code from it as from any scan, and nobody takes it for real.
//
// It may import rehearsal and scoring, as rehearsal may.
package demo
