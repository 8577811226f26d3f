// Package results stands between the last mark and the signed result: the
// recheck (复核), what is still missing (还差什么), the state of a result in words
// (进行中, 暂列, 已复核, 正式, 公示, 终), who would win what, the public notice, and
// what must be so before labels are unsealed and a result is published.
//
// It promises:
//   - a recheck's sample can be drawn again by anybody: rule, seed, ranks and the
//     ledger's head are recorded, and nobody chooses the seed;
//   - a finding says which marks it saw, by their digest. Marks that change
//     afterwards make it stale and want another look, whoever changed them and
//     why; a sheet that was wrong stays open until its marks have changed;
//   - more wrong sheets than the rule tolerates make everything be checked, and
//     that is not taken back;
//   - the list of what is missing, the word of the state and the gates are read
//     from the same facts, so that they cannot tell different stories;
//   - while an event is sealed, works are called by the label of the strongest
//     identity and nothing here holds a name; marks that are missing in a module
//     with another label are counted and not named, so that no two labels of a
//     work stand in one list;
//   - permission is asked at the desk. An event that is not the actor's does not
//     exist for him: Missing.
//
// Decisions:
//   - The state is derived and stored nowhere. What is stored are acts of persons:
//     draws, findings, notices; they are added and never changed.
//   - Whose marks changed is told by digests that the draw keeps of every sheet,
//     and not by listening to records: a restart, a restored backup or a mark that
//     came on another way cannot be missed.
//   - The best of the ranking are checked as it is now: who moves up by a
//     correction is checked too.
//   - A new draw needs a reason and a ledger that has moved on, and is refused
//     once everything is to be checked: no draw is repeated until it suits.
//   - What a recusal has changed is found by folding the ledger without it, and not
//     by its own record: a mark that is given by the best of the field moves others.
//     It is checked though somebody found the same marks right before.
//   - A gate reads the board just before the act is written. What could change in
//     between, a reopening by two persons, is a record of the ledger.
//   - An event whose chain is light is held up by nothing here.
//   - A notice ends on a day that the office names: which days count differs by
//     city and year. It covers the list that stood when it began; another list
//     wants a notice of its own.
//
// It may import contest, scoring, ledger and fault.
package results
