// Package scoringtest reads the golden sheets (样卷): schemes of many trades with
// marks and the totals that they make, for tests of every scorer.
//
// A sheet is a JSON file: the scheme, how many chairs each panel has, and one
// line of marks for each entry, "aspect v1 v2; aspect v1". Values are by
// chair where every chair marks, else by attempt; "aspect/2" is the second
// attempt of what every chair marks. "-" is not performed, "x" an absent judge,
// no value the empty value.
//
// A team is a sheet too ("team"), its members name its place in the list ("of");
// "in" are the numbers of groups, "within" the ranks there, and "recused" the
// chairs whose marks are left out at the end.
//
// It imports scoring only.
package scoringtest
