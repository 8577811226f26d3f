// Package identity knows who acts: accounts and their roles, sessions,
// tablets paired to judges' chairs, and the audit (身份、权限、审计).
//
// It promises:
//   - a password, token, pairing code or one-time link is never stored, only
//     its hash, and is shown once;
//   - a wrong user and a wrong password cannot be told apart, by the answer or
//     by the work done;
//   - at most five guesses per account in 15 minutes, counted before the guess
//     is tried, so that parallel guesses buy nothing;
//   - whatever ends a session (sign-out, disabling, reset, a grant taken away,
//     a chair paired again) is felt at once in this process and within a second
//     in every other one;
//   - one pairing code pairs one tablet, and one chair has one tablet;
//   - there is always an administrator who can sign in;
//   - every change here is audited in the transaction that makes it.
//
// It may import contest, scoring, ledger and fault. What it needs of events and
// chairs it asks through ports.go.
//
// Decisions:
//   - The attempts are counted by the hash of the user name typed, known or
//     not: a lock that only real accounts can have would tell which are real.
//   - The per-address bucket counts failures only, and a tablet that shows the
//     token of an earlier pairing has a bucket of its own. A hall of tablets
//     behind one address can pair at once, and who guesses codes in that hall
//     cannot keep the tablets known there from pairing again.
//   - A lock stops sign-in, never a session that stands: locking a chief judge
//     out by guessing must not stop the contest he is running.
//   - Pairing codes have 39 bits, which a stolen database could try out in
//     minutes; they are hashed with a key that lies in the data directory.
//     Tokens have 256 bits and need no key.
//   - The cache of sessions holds an answer for less than a second. That bound
//     holds without any message between processes; the invalidation inside this
//     process is only faster.
//   - Taking a grant away ends the account's sessions. A socket that was opened
//     with it would otherwise go on reading.
//   - "Seen" times are collected in memory and written together on Beat: one
//     write a request would compete with marks for the disk.
package identity
