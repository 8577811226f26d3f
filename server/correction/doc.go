// Package correction changes a mark after marking is over (更正): by the chief judge's
// written report with a second person's signature, and after everything that it
// touches was shown.
//
// It promises:
//   - a preview tells all that would change (totals, ranks, prizes, who goes on, papers
//     that become void, what other rooms have built on the result) and changes nothing;
//     it is reckoned on a copy of the board that the ledger makes;
//   - what is carried out is what was shown: when the ledger has moved since, nothing is
//     written, Stale correction.moved, and the preview is asked for anew;
//   - the old mark stays in the ledger, and old and new value, reason and both persons
//     are told with the working;
//   - a correction that was cut short by a crash is finished by the same request, once;
//   - while an event is sealed works are called by what staff may call them, a mark of a
//     module with another label cannot be reached, and no hash or ordinal is told;
//   - permission is asked at the desk: the chief judge corrects, in a real contest with
//     a supervisor; who may see marks may see previews. What is not the actor's does not
//     exist for him: Missing.
//
// Decisions:
//   - No kind of record of its own: the new mark is kept as a late one in the chair's
//     name by the chief judge's account, and counted by the two persons. So replay,
//     verification and the file for arbitration know nothing new.
//   - While marking runs the judge corrects his own mark, and nobody else:
//     correction.running. After the publication the result is taken back first, by two
//     persons who reopen and lock, and the corrected one is published as a new version:
//     correction.published says so, and the preview shows it.
//   - The report is stored before the ledger is written and counts only when the ledger
//     knows its record: there is no state that two stores could disagree about.
//
// It may import contest, scoring, ledger and fault.
package correction
