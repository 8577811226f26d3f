// Package whatif replays a ledger under another scheme (假设重算): what would the
// result be if this rule had held from the beginning.
//
// It promises that with the scheme that did hold, and no other version on the
// way, the board is the one that the ledger makes; and that every record which
// the other scheme has no place for is named with the reason, never bent to
// fit. Nothing is written anywhere.
//
// Decisions:
//   - Later versions of the ledger are left out: the question is about one scheme.
//   - A mark corrects what stands in its cell, even where the mark that it
//     replaced was left out.
//   - Acts of the desk (open, lock, publish …) count as they were given, though
//     the other scheme might not have allowed them then.
//
// It imports scoring only.
package whatif
