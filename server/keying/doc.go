// Package keying is how paper mark sheets come into an event (双录): two score clerks key the same sheet, each blind to
// the other, beside the photographed cells; what differs a third look decides.
//
// It promises:
//   - nobody is both first and second on a sheet, and nobody sees what the other has keyed before both are finished: of
//     the other pass only its clerk's name and how far it is are told;
//   - a mark is given only for a cell that both have keyed alike or that was decided by a named person, who is neither of
//     the two or has a second person beside him; it goes through judging's door and gets a receipt as any mark;
//   - where a tablet marks, its mark stands: paper is held against it and never counted;
//   - what was finished is not changed any more. Marks are given again under the same ids, so that a broken connection
//     gives no mark twice.
//
// Decisions:
//   - An event on paper is keyed twice unless it says that once is enough; then the page of entering is open for its
//     chairs. Numbers from outside and result lists are lists, and are not this room's.
//   - "Empty" is keyed as such: a cell at which nobody has looked is another thing than one that is empty on the paper.
//   - Cells are named by the label that stands on the paper, and rounds of a panel are cells of their own.
//   - Of photographs only the cut cells are kept, the newest of each: the paper itself is the evidence.
//
// It may import contest, scoring, ledger and fault.
package keying
