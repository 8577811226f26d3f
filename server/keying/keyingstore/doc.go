// Package keyingstore keeps keying's passes, cells, decisions and pictures in PostgreSQL.
//
// It promises that what was closed or decided is refused any change by the database itself, and that a clerk has one
// place of a sheet at most, whoever asks at the same moment.
//
// It may import keying, store, contest, scoring and fault.
package keyingstore
