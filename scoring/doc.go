// Package scoring is the engine (评分引擎): from a marking scheme and a ledger's
// records to standings, exactly. It is pure: standard library only, no clock,
// no I/O, no names of people, no float.
//
// Every state is a fold of records: Apply serves a tap, a restart, a second
// node, a recount and a "what would another rule give" alike.
package scoring
