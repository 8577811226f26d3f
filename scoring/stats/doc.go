// Package stats looks at judges (裁判统计): who marks higher or lower than the others,
// who wavers, how far a panel agrees, and which single marks stand apart.
//
// It promises exact numbers: rationals throughout, no square roots, so that two
// computations never differ. It names chairs, not people, and decides nothing:
// a mark that stands apart may be the right one.
//
// Decisions:
//   - Marks are taken as shares of the most that the aspect gives, so that a
//     five-point and a fifty-point aspect weigh the same.
//   - A judge is held against the others without himself (leave one out): in a
//     panel of three a mean with himself in it hides a third of what he does.
//   - Where another judge has taken a chair each of them is held against the others by
//     himself; agreement is the chairs', since neither has marked every entry.
//   - Spread is the mean absolute deviation, not the standard deviation: the
//     latter is a root.
//
// It imports scoring/exact, scoring/record and the standard library.
package stats
