// Package tally computes one entry (合分): from the marks in its cells to panels,
// aspects, criteria, components and the total, as the compiled rules say.
//
// It promises that one aspect's change gives the same sheet as computing all of it
// anew, and costs one aspect; that nothing is rounded but where the rules say so;
// and that it allocates nothing.
//
// It knows neither names nor ranks, and of other entries only the field that
// relative aspects ask for. It imports exact, lookup, panel,
// record, rules and scheme.
package tally
