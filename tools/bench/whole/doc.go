// Package whole measures the whole program as a process of its own: a city in full
// swing, judges beside a crowd, everybody cut off at once, and what one mark weighs on
// the wire.
//
// It promises that each figure is printed beside its goal, MISSED where it is
// missed, and that a figure counts only when every phone's last state is the
// server's and every mark with a receipt is in a ledger.
//
// It may import the program (app) and the rehearsal, whose tablets and phones it
// sends. The phones share the machine with the program; what they cost is printed.
package whole
