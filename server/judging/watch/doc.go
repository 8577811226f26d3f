// Package watch is what those who run an event read of it while it is marked (看场):
// how far it is, its records, how a total came to be, its clocks, where panels lie
// too far apart, and why a row does not move.
//
// It promises that while an event is sealed everything is under the strongest label
// or under none: nobody reads here under one label what he could know by another,
// since the list that has both joins a name to a work. No ordinal leaves it while
// sealed, nor a hash that covers one.
//
// It computes from a board and a lineup that it is given, asks for no permission and
// keeps nothing. It may import contest, scoring, ledger and judging's lineup and
// bundle.
package watch
