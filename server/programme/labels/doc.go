// Package labels gives entries the labels that they lack (编号): entry numbers in
// their order, seat numbers and work codes by chance, and the ordinals that
// records carry, by chance too where anything of the event is sealed.
//
// It promises that a label that is there stays, that none is given twice, and
// that the order of what is drawn tells nothing. It imports contest, scoring and
// its neighbours outline and workcode.
package labels
