// Package idnumber reads the numbers by which people and units are known: ID
// numbers (公民身份号码, GB 11643, with residence permits 81, 82, 83 and
// foreigners' cards 9…), unified social credit codes (统一社会信用代码, GB 32100)
// and mobile phones.
//
// It promises that a number once read is never printed whole by accident: ID and
// Phone show their mask to fmt, to JSON and to logs, and only Reveal gives the
// text. There is one mask in the program, and it is here: 35*************123,
// 138****1234.
//
// It is pure: no clock (the day of today is an argument), no I/O, nothing of
// ours but the standard library.
//
// Decisions: the first digits are checked down to the province; codes below it
// change every year, and a table of yesterday would turn people away, so what is
// odd there is a warning. The check digit is asked before the date, since a typing
// error breaks both and the sum says so.
package idnumber
