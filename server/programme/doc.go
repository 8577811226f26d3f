// Package programme is the contests' office (赛事编排): contests with their units
// and hosts, events with their marking schemes, chairs and entries, made in the
// console or brought by a package, and the read model that the other subjects
// follow.
//
// It promises:
//   - permission is asked here, at the door of every use case: contests are made
//     by administrators; what is in one is the organisers'; a host edits entries
//     and chairs of its own events and sees no other; what is hidden answers as
//     what is missing;
//   - everything that is wrong comes at once, by one set of rules for a package
//     (file:row:column) and for the console (JSON pointers);
//   - nothing is half written: each use case is one transaction with its audit;
//   - a scheme's text is kept byte for byte, with its SHA-256, who, when and why;
//   - once an event's ledger is open its scheme, the set of its chairs and the set
//     of its entries stand. Names can still be put right, and a judge replaced in
//     a chair, since neither changes a mark;
//   - where a module is marked by seat number or work code, nobody is shown names
//     and codes together from the first draw or the opening to the unsealing, and
//     chief judges never before the unsealing;
//   - once a draw of an event's labels has begun (Draws) its labels and the set of
//     its entries are the coding desk's: no edit changes them, and nothing here
//     draws any more.
//
// Decisions:
//   - Units and hosts belong to a contest. A package is whole in itself, its codes
//     collide with nobody's, and a unit that is renamed next year changes no board
//     of this year. A register over all contests is another subject's.
//   - Seat numbers and work codes that a coded event lacks are drawn with
//     crypto/rand from all that are free, for contests that hold no draw; so are the engine's ordinals there,
//     because records carry them and would otherwise tell the order of names.
//   - Opening reads chairs and entries, then writes the ledger; Hold keeps them
//     still for a minute in between, so that no edit falls into the gap.
//   - An import makes a new contest or nothing: merging two versions of a contest
//     by guess is how entries get lost.
//
// It may import contest, scoring, ledger and fault, and its own parcel (the
// package's files), outline (what a scheme asks for), workcode and pinyin (the
// search column). Storage and the other subjects come through ports.go.
package programme
