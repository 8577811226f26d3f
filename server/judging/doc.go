// Package judging takes marks (打分) and the acts of officials, makes them
// records of an event's ledger, and answers with receipts.
//
// It promises:
//   - an answer with a receipt is given only after the record is durable; the
//     same mark id with the same payload gets the first receipt, byte for byte,
//     also after a restart; with another payload, or from another chair or
//     device, it is refused;
//   - sequence numbers have no holes, and records are applied to the board and
//     told to the follower in their order, after the commit;
//   - two programs on one database cannot both append: an append names the head
//     that it expects, the loser reads up and answers "retry";
//   - late marks and marks of an old scheme version are kept and not counted;
//   - permission is asked at the desk. A tablet writes as its chair, in its
//     event, on its panel's aspects: everything else is missing (404), another
//     chair's name is forbidden (403), and both are audited.
//
// Shape: the Desk is the door and is called from many goroutines. Each ledger
// has one clerk, a goroutine that alone checks, hashes, appends and applies; it
// takes what waits in its queue, has one batch in flight, and joins what came
// meanwhile into the next. No goroutine is started per mark and no timer runs:
// one tablet alone waits for nobody, and a hundred share commits.
//
// Decisions:
//   - A batch ends before a second command on one cell, before a command of a
//     later round, and around every record that is no mark, because commands
//     are checked against the board as it is before the batch. An opening is one
//     batch: its prelude is checked one by one on a board of its own, so that an
//     event is open with all its chairs and entries, or not at all.
//   - Boards are guarded by a plain mutex and not by a read-write lock: a view
//     may keep what it has computed, so two readers are not safe either. The
//     clerk holds it while it checks and while it applies, but not while it
//     waits for a commit; reading a board costs microseconds.
//   - Payloads are compared by a digest of the command as it was sent, stored
//     beside the record. The record holds the canonical value, from which the
//     sent one cannot be told ("9.50" and "9.5").
//   - Numbers that refused marks have filled are stored beside the ledger, so
//     that a refusal before a restart is no hole after it.
//   - Leaves of the Merkle tree are the chain's hashes; see package ledger.
//   - The setup of an event holds no names of contestants: what is not here
//     cannot leak from here.
//
// It may import contest, scoring, ledger and fault.
package judging
