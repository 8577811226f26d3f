// Package door is what keeps a command out of the ledger (校验): the shape of a
// refusal, and those refusals that need no marks to be known: what a value is,
// which act fits which state of the event, and what the scheme leaves to it.
//
// Every code stands in schemas/errors.json. It imports panel, record, report, rules
// and scheme.
package door
