// Package proposal turns published results into proposals for honours (推荐线索): it
// follows the publications and asks the honour rules that a contest is filed
// under.
//
// It promises: a publication proposes once, kept by (publication, entry), with
// rank, working and result list as evidence and every rule's reasons; a newer
// publication of the event supersedes what nobody has taken up; one person gets
// one promotion of level a year, whatever runs at once; rehearsals propose
// nothing; the cursor moves with what was read, in one transaction.
//
// Decisions: a cursor per event, the number of the ledger's last record that was
// read, because there is no order over all ledgers that one cursor could follow.
// Without a filing an event is not read, and its cursor waits; neither is one whose
// result the organisers have not accepted. Where the year's plan knows the event,
// its class counts instead of the contest's. The year's
// promotion is whose publication was read first; the reason is kept, so that a
// person may choose otherwise on paper.
//
// It may import contest, scoring, fault and its neighbour rule. Storage and the
// other subjects come through ports.go.
package proposal
