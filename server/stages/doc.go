// Package stages joins the events of one trade into a way (阶段：初赛 → 选拔赛 →
// 决赛): which event follows which, who goes on (晋级), and which numbers of the
// stage before are carried over into the next (承前).
//
// It promises:
//   - no way of stages leads back to itself, and which event is followed is settled
//     before the later event opens;
//   - who goes on is reckoned from the published result by the rule of its scheme,
//     and everybody of that result is listed with the reason why he does or not;
//     a tie that waits for a decision lets nobody be taken over;
//   - taking over is one act, all or nothing, of what its preview showed; once more
//     it does nothing. Nobody becomes an entry twice: who was entered by hand is
//     found by the person that registration knows, or by name and unit;
//   - a corrected publication changes nothing by itself: the difference is shown,
//     and taken over with a reason while the later event is not open;
//   - a number that is carried over is the published text, given as a mark of the
//     office through the ledger like any number from outside; another publication
//     makes corrections of it, with a reason, until the lock;
//   - permission is asked at the desk. An event that is not the actor's does not
//     exist for him: Missing.
//
// Decisions:
//   - What is stored are acts of persons; they are added and never changed, and
//     what holds is their fold. Following another event begins it anew: entries
//     that were taken over stay where they are.
//   - Who declines is reckoned as one who may not go on. The places are filled as
//     they would have been without him, so that substitutes (递补) move up by the
//     same rule with the same ties.
//   - Marks that were carried over are known by their ids, which follow from the
//     publication, the entry and the mark that they replace: the ledger itself
//     knows what was given, and no table could say otherwise.
//   - What is published is known by name. A carried number in a module that hides
//     whose work it is would tell it, and is refused.
//   - A result that is being corrected is no published result: nothing is taken from
//     it until it is published again.
//   - The stage before may be of another contest, when the actor works there or the
//     public may see it. Units are found there by their full names, and made where
//     they are missing.
//
// It may import contest, scoring, ledger and fault.
package stages
