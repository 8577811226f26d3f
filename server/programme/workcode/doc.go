// Package workcode is work codes (评审号) and the chance that labels are drawn by.
//
// It promises that a wrong digit, exchanged digits and a wrong letter of a code
// are always noticed, and that an order is one that nobody can guess. It imports
// nothing of ours.
package workcode
