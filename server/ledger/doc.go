// Package ledger is the evidence of a ledger (账本): bytes in, hashes and
// signed heads out. It knows nothing of marks, databases or people.
//
// What it promises:
//
//   - Chain: a record's hash is SHA-256 over a domain byte, the hash before it
//     and its body; the first "hash before" is made from the ledger's id, so
//     that the records of one ledger never verify as those of another.
//   - Tree: golang.org/x/mod/sumdb/tlog (RFC 6962) over the chain hashes. The
//     leaves are the hashes and not the bodies, so that a receipt proves itself:
//     its hash, its path and its head are enough, and the hash covers the body
//     and everything before it.
//   - Head: one signed note (sumdb/note, ed25519) a commit, in the form of a
//     tlog checkpoint: origin, size, root, and the chain's hash as an extension
//     line. ed25519 is deterministic: the same head signs to the same bytes.
//   - Receipt: JSON with a fixed order of fields; equal receipts are equal bytes.
//   - Verify reads an export without a database and names the first record that
//     is not as it was.
//
// Everything is pure but KeyFile, the one function that touches a disk: the
// signing key is part of the same thought.
//
// It imports nothing of ours.
package ledger
