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
//     chair's name is forbidden (403), and both are audited;
//   - a list of marks is entered in one commit, or nothing of it.
//
// Shape: the Desk is the door and is called from many goroutines. Each event has
// a post: what is known of its setup, and the clerk of its ledger (package
// clerk), which alone writes. What is known of the setup is package lineup, what a
// tablet gets of it package bundle. One tablet alone waits for nobody, and a hundred
// share commits.
//
// Decisions:
//   - The desk may be used before a start has opened all ledgers (Begin): who asks for
//     an event waits until it is open, which it is next, and who asks about all waits for
//     all (Await). Nothing is answered for an event, and no mark taken, before its ledger
//     was read and held; one that does not hold is named as ever. See package rising.
//   - An opening is one commit: an event is open with all its chairs and entries,
//     or not at all.
//   - What an entry belongs to, and what other rooms owe (Owing), become records
//     once nothing is sealed any more: in the opening itself where all modules are
//     open, else right after the unsealing, and again at every start, refresh and
//     before a publication, which waits for them. What the board holds is not given
//     twice, so that a death in between loses nothing.
//   - Before a lock the stored ledger is read and held against the chain in
//     memory. Tablets with unsent or missing marks hold it up, and so do those
//     that are silent while their chair's marks are not all in, unless two persons
//     take it upon them.
//   - Numbers that refused marks have filled are stored beside the ledger, so
//     that a refusal before a restart is no hole after it.
//   - Leaves of the Merkle tree are the chain's hashes; see package ledger.
//   - The setup of an event holds no names of contestants: what is not here
//     cannot leak from here.
//   - A mark that is keyed from paper goes the way of a tablet's, with the account
//     as its actor, the chair, and no device; a chair has a tablet or a clerk, never
//     both. Its owner is the account and the chair.
//   - Other rooms are asked through Gates before an opening, a lock, an unsealing
//     and a publication: outside of the clerk, since a snapshot may be among them,
//     and again when the ledger has moved under what they saw.
//   - While sealed everything here is under the strongest label or under none: no
//     ordinal, no hash that covers one, no mark of a module with another label.
//
// It may import contest, scoring, ledger and fault.
package judging
