// Package record is one line of a ledger (记录): the ids, the kinds, the command
// that somebody gives, the record that it becomes, the words that its value may
// be (status, flags, release), and the one binary form that a ledger's hash
// covers.
//
// Everything in it is data: no names of people, no free text (a hash stands
// for it, so that the text can be erased and the chain still verifies).
//
// It imports the standard library only. Package scoring has all its names, and
// the rest of the program uses those.
package record
