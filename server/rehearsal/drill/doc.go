// Package drill rehearses a contest's day against a running server (演练): tablets
// that mark, phones that follow, and at the end a comparison of what the server
// has with what they were told.
//
// It promises that nothing is written to a server where a real contest is being
// marked, nor into a contest that is real; that a run which was broken off still
// has a result; and that the result holds no password and no token.
//
// It imports of the rehearsal its people, crowd, pulse and wire, and of the program
// contest, scoring and fault: what it does goes through the public interface.
//
// Decisions:
//   - Each tablet has an outbox as the real one has: a mark stays in it until its
//     receipt came. Some tablets are without a network for a while and then deliver
//     everything at once; some requests are sent twice, as after a lost answer.
//   - People are not synchronised: each has a pace of its own from a seed, so that
//     two runs are alike and none is a metronome.
//   - Marks are held against the export of the ledger, not against a list that the
//     server made for us: it is what an arbitration would look into.
//   - The rehearsing machine measures its own lateness. Without that a slow laptop
//     would be reported as a slow server.
package drill
