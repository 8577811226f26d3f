// Package cells finds our own printed form in a photograph or a scan and cuts its
// cells: a page with anchors in its corners (package printing), turned, seen at an
// angle, in uneven light.
//
// It promises:
//   - nothing is read but the QR code: what a hand wrote is cut and shown to people,
//     never guessed;
//   - a page is cut only where all four anchors and the code agree. What is missing is
//     said: no code, which corner, a page that lies in folds;
//   - a picture's size is read before the picture; a file is at most MaxFile long, has
//     at most MaxDots dots, and is kept in one grey copy of at most 4,000 dots a side;
//   - the same file gives the same cells.
//
// It imports printing, for the plan of a page. Its faults are values; rooms make the
// program's errors of them.
//
// Decisions:
//   - Anchors are found as black quadrangles about as large as the code lets expect,
//     by moments: area² / det(covariance) is the same for a square however it is seen.
//   - Which blot is which corner is told by the code: of all ways to name four blots
//     the one counts that puts the code and the lines of the table where they were
//     found.
//   - Paper is levelled in each cell by itself, so that a shadow over half of the page
//     leaves black on white.
//   - Go only: the program is one file for every system.
package cells
