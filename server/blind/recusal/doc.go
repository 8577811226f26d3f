// Package recusal keeps the ties of judges to contestants (回避) and has what
// follows of them done: declared before labels are drawn, applied when they are
// unsealed, and without a trace between.
//
// It promises:
//   - a tie is declared until the first draw of the event begins, or, where nobody
//     draws, until marking opens. From then on until the unsealing nobody reads it,
//     who declared it included: with and without ties every answer is the same;
//   - a declaration names a judge and a unit or an entry as the registration knows
//     them, never a label. It lies sealed under the key of the draws, in blocks of
//     one length, and every change of it is a further row;
//   - it is withdrawn by two persons with a reason only, and stays on record;
//   - at the unsealing each pair of chair and entry becomes one record of the
//     ledger, by the persons who unsealed; what the ledger refuses, since too few
//     marks would be left, is decided by chief judge and supervisor together. Until
//     every pair is applied or decided nothing is published;
//   - permission is asked at the desk. For who has nothing to do with the event it
//     does not exist: Missing.
//
// Decisions:
//   - Coding judges never see ties before the unsealing, since they know labels;
//     the chief judge does not, since he knows all marks by label.
//   - A judge has no account: what he declares himself is on his form, and who keys
//     it says so.
//   - A tied judge who was replaced is known by the name in the chair. The tie
//     holds for every chair of that name, and for the chair that was named as long
//     as it was not given to somebody else by the desk.
//   - A tie to a unit holds for every entry of the unit that competes at the
//     unsealing, also one that came later.
//   - A tie to a member of a team is one to the team's own marks too.
//   - Where all modules are open nothing is sealed: two persons declare, until the
//     result is official, and the records are written at once.
//   - What is applied is read from the board and stored nowhere: a crash between
//     the unsealing and its records cannot make the two differ.
//
// It may import blind, contest, scoring and fault.
package recusal
