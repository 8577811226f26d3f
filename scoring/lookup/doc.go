// Package lookup finds things by short texts (查找): aspects by their ids, numbers by
// what was typed. Every mark asks for one of each, and a map's hash costs more than
// all the arithmetic of a panel.
//
// It promises what a map promises, but for deleting. Its hash is quick and not
// secret, so that it is no place for texts that a stranger chooses without a bound:
// whoever fills it says how many it holds. It imports nothing.
package lookup
