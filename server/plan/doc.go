// Package plan is the city's yearly plan of contests (年度竞赛计划): every event with
// its host, its class and its filing (立项备案), from the plan over the host's
// application to the signed result that the office accepts.
//
// It promises:
//   - permission is asked here: a host sees and applies for its own events only,
//     the contest's organisers decide; what is hidden answers as what is missing;
//   - a filing goes its way step by step, planned → applied → filed → reported →
//     accepted, each step kept with who, when and why; two who act on one version
//     at once: one is told that it changed;
//   - what was filed is known by a digest over class, scheme, documents and panel,
//     and what changed since is said;
//   - an acceptance is of one numbered list: when another list is signed later,
//     the event waits to be accepted again, and honours wait with it;
//   - a sheet of the plan is imported whole or not at all, and its preview is the
//     import itself, undone.
//
// Decisions:
//   - A room of its own, beside programme: what a contest is made of and what the
//     city's office files of it change for different reasons and by different
//     people; programme stays below its ceiling, and a contest without a plan
//     (an import, a rehearsal) owes this room nothing.
//   - Every event has a filing. One that nobody wrote yet is planned, version 0,
//     and takes its year from its contest.
//   - The classes are the words of the honour rules and come in as data: a filing
//     in a class that no rule reads would be filed for nothing.
//   - A signed list reports by itself (Follow), as nobody in particular. A list on
//     paper only is reported by hand, with its number and its scan.
//   - In a full chain who reports does not accept. In a light one a single person
//     may do both: it demands nothing.
//   - Documents are bytes in the database, so that one snapshot has everything.
//
// It may import contest, scoring, ledger and fault. The programme, the signing
// room and storage come through ports.go.
package plan
