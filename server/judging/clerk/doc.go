// Package clerk is the one writer of a ledger: it checks commands against the
// board, makes them records, hashes, signs and appends them, and then applies
// them and tells the follower.
//
// It promises:
//   - an outcome with a receipt is given only after the record is durable;
//   - a mark id has one payload and one owner, and one receipt, byte for byte;
//   - sequence numbers have no holes; records are applied in their order;
//   - after an append that failed, or whose outcome is unknown, the ledger is read
//     before anything else is written;
//   - a ledger whose records, head and newest signature do not fit each other is
//     not opened; where a start took a snapshot for its first records, they are held
//     against it afterwards, and when they do not fit nothing is written any more.
//
// Decisions:
//   - One goroutine a ledger takes what waits in its queue, has one batch in
//     flight, and joins what came meanwhile into the next. No goroutine is
//     started per mark and no timer runs.
//   - Where the store joins ledgers (Turns), a clerk asks for its place in the next
//     commit before it takes what waits: a batch has all that came until then, and
//     eight tablets of an event are mostly one batch and one signature.
//   - A batch ends before a second command on one cell, before a command of a
//     later round, and around every record that is no mark, because commands are
//     checked against the board as it is before the batch. Items that are tied
//     together (an opening) are checked one by one on a board of their own and
//     are one commit. Marks of one list that are whole or not at all (an import)
//     are one commit too; their caller has asked the board for each of them in the
//     same turn.
//   - Board and book are guarded by a plain mutex and not by a read-write lock: a
//     view may keep what it has computed, so two readers are not safe either. The
//     clerk holds it while it checks and while it applies, but not while it waits
//     for a commit; reading a board costs microseconds.
//   - Payloads are compared by a digest of the command as it was sent, stored
//     beside the record. The record holds the canonical value, from which the
//     sent one cannot be told ("9.50" and "9.5").
//   - Of a record 24 bytes stay in memory beside the board, and some 10 to find it by
//     its mark id once somebody asks. Of the last 128, and of what came since the last
//     survey, there is also what a receipt wants: digest, time and chain hash; of older
//     ones the roots of the subtrees that they make, from which every later root
//     and path follows. Who repeats an older mark has the ledger read once, held against
//     root and mark ids, and kept until the next survey: some 15 ms for an event of
//     12,000 records, against 72 bytes for each of them.
//   - Without a snapshot a start reads bodies alone, and of the last 128 records
//     everything: the chain that it makes of them must come to the signed one, which the
//     stored hashes do not better. Where it does not, it reads everything and says which
//     record is not as it was written.
//   - A start reads a snapshot and what came since. The snapshot is taken only if its
//     last record is the ledger's at that place, and the signed root is the one of its
//     records and those since. It has all that the clerk keeps of
//     each record, what was given for cells in 16 bytes, and how often the audiences
//     were told; the board is made of these without computing in between. What it
//     stands for is believed until the ledger has been read behind the start (Survey):
//     every hash, the signed root, every line and the standings. Then, and whenever the
//     ledger has grown by two thousand records, a new snapshot is made. None is made at
//     the end: a stop must not wait for it, and the tail is short.
//
// It asks nobody for permission: that is the desk's, package judging. It may
// import contest, scoring, ledger and fault.
package clerk
