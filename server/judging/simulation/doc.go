// Package simulation plays whole contests against the real judging desk from a seed
// (模拟): tablets with their outboxes, a network that loses requests and answers and
// delivers some twice, tablets and servers that die, a store that fails or does not
// know, judges who tap, correct and take over, and a chief who locks, counts and
// replaces. It is for tests and imports testing.
//
// It promises that one seed is one run: nothing in it asks a clock or another source
// of chance, and one thing happens at a time. A failure names its seed, and what
// happened last.
//
// What must hold at the end, after everything has been sent:
//   - every tap has its receipt, or is in the list of what came back; none is both,
//     but for one whose delivery arrived once more after it had come back;
//   - the same mark has the same receipt whenever it is answered;
//   - the ledger holds each of them once, as it was tapped, and nothing else that a
//     device gave; late are those of tablets that were replaced and those of a lock;
//   - no record takes the place of a mark that it does not name;
//   - no device has a hole in its counting;
//   - the board is what its records make anew, and the export verifies.
//
// It may import scoring, contest, fault, judging and judgingtest.
package simulation
