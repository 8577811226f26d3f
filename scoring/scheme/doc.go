// Package scheme is the marking scheme (评分标准) as a file: component →
// criterion (= module) → sub-criterion → aspect, the panels that mark it, how
// panels become one value, where results are rounded, how components make the
// total and how ties are broken.
//
// Parse is strict: unknown and duplicate fields, numbers that are not strings
// and references to nothing are faults, and all faults are told at once, each
// with its JSON pointer. A scheme that does not add up is refused with the two
// numbers as the hint. What Parse accepts scoring.Compile accepts.
//
// Decisions:
//
//   - Numbers are JSON strings ("0.25"): a JSON number passes through a float
//     in too many programs on its way here.
//
//   - An aspect is one flat object whose kind says which fields it may have;
//     a field of another kind is a fault, so that a typing error in "kind"
//     cannot silently drop a limit.
//
//   - The visible code (A1.2) is positional and computed; the id is the
//     author's and stays when rows move.
//
//   - The kind relative says only which way is better: what the best of the
//     field is the engine knows, who sees all entries.
//
//   - A team's component has a factor and no weight: what teams are marked for is
//     added to what their members make and is no part of the persons' 1.
//
// It imports scoring/exact, scoring/record (the words of groupings) and the
// standard library.
package scheme
