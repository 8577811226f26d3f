// Package brief says a ledger's records as a snapshot has them (摘要): of what was
// given for cells 16 bytes with all that the board needs, of everything else the body.
//
// It promises that a board which recalls what a brief says of some records is the
// board of those records, but for how often its audiences were told.
//
// Texts stand once each, and cells name them by number: most of a million marks are a
// few hundred different ones.
//
// It may import scoring only.
package brief
