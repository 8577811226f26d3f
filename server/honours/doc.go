// Package honours carries results on into honours (荣誉): it follows publications
// and proposes by the honour rules, takes nominees through the campaigns of the
// unions step by step, and keeps the register of the honoured.
//
// It promises:
//   - a publication proposes once: proposals are kept by (publication, entry),
//     with rank, working and result list as evidence and every rule's reasons; a
//     newer publication of the event supersedes those that nobody has taken up;
//   - one person gets one promotion of level a year, whatever runs at once;
//   - no step is skipped: an act names the step that it is for, and any other
//     than the nominee's own is 409; each step is taken by its role, and persons
//     whom the sequence keeps apart are told apart by their accounts;
//   - every step is a record in the campaign's hash chain; the present state is a
//     fold of it, and Records says whether both still agree. Names, reasons and
//     objectors are not in the chain, only their hashes, so that they can be
//     erased;
//   - notices run their working days to the end of the last one, by the official
//     calendar; a changed list starts anew; an open objection blocks;
//   - what was nominated is what is decided: the hash of the content at its
//     submission is asked at every step;
//   - the public sees names, units, honours and years, and nothing else.
//
// Decisions:
//   - Subjects' permissions are grants; which union an account acts for is this
//     room's (Body), because unions are no contests. What is not an actor's is
//     Missing, and 403 only what he may see and not do.
//   - Every act locks its campaign's row: a campaign has some hundred acts a day,
//     and one order for all of them is what an arbitration wants to read.
//   - The rules of sequence answer 409 (Stale): the nominee is not where the
//     caller thinks, which is what a second tab or a colleague does to him.
//   - The committee's votes are secret: who has voted and what was voted lie in
//     two tables without a key between them.
//   - An objection by the public page counts like a letter: with name and unit it
//     blocks until it is decided. Whoever means ill can stop a nominee for a day;
//     whoever is not heard can stop a city's list for a year. Addresses have a
//     share of five.
//   - A notice that ran on paper is recorded by the office alone, with its days, its
//     proof among the nominee's papers and a reason; never shorter than the step
//     asks, never one that still runs.
//   - Looking is a room of its own (reading), and so are the papers (material).
//   - A cursor per event, the number of the ledger's last record that was read:
//     there is no order over all ledgers that a single cursor could follow.
//
// It may import contest, scoring, ledger and fault, and its own rule, sequence,
// calendar, quota, union, chain and exclusion. Storage and the other subjects come through
// ports.go.
package honours
