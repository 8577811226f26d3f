// Package award makes of final standings what follows from them (奖项): prizes by
// share or number, who goes on to the next stage, medals in the WorldSkills
// manner, the standard scale, and the tables of units and counties.
//
// What it promises:
//
//   - A tie group at a cut is never split silently. It is widened or narrowed as
//     the rule says, or the cut stays open and names who is waiting.
//   - Who may not win takes no place from who comes next: flags of guests have
//     cost others their medals where one flag stood for all.
//   - Shares are exact; they are rounded once, in the mode that the rule names.
//   - Equal input gives equal output, whatever the order of rows.
//
// Decisions:
//   - The places behind a cut stay where they are: a tie group that is widened
//     uses up places of the next prize, one that is narrowed adds to it. The
//     number of prizes in all changes at the last cut only.
//   - Nobody is given a prize below a pass mark; the next in rank moves up (递补).
//   - Prizes and going on are of persons; teams have prizes of their own
//     (GiveTeams). A rule by group, county or unit goes through each of them apart
//     by the ranks of the whole list, which order the same; who belongs to none
//     wins nothing by it.
//   - A fixed team that has not all its members' results is shown without a rank.
//
// It imports scoring/exact, scoring/record, scoring/scheme and the standard library. It knows no
// board: Board.Results is what it reads.
package award
