// Package trades is the catalogue of trades (工种目录) and the templates of marking
// schemes (评分标准模板) that a scheme may start from.
//
// It promises that a catalogue which it reads names each trade once, that every
// template it names is there, and that what it gives never changes: it is safe
// for concurrent use. Trades are found by words of their names in either
// language, by code, and by spelling or initials ("hg" and "hangong" find 焊工).
//
// It may import fault and programme/pinyin. The files come from outside, because only the
// program that is put together knows the contracts.
//
// Decisions: a template is given byte for byte; whether it is a good scheme is
// asked where schemes are always asked, when an event takes it. Searching walks
// all of a few hundred trades: an index would be more code than time saved.
package trades
