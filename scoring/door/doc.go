// Package door is what keeps a command out of the ledger (校验): the shape of a
// refusal, and those refusals that need no marks to be known: what a value is, and
// which act fits which state of the event.
//
// Every code stands in schemas/errors.json. It imports record, report and rules.
package door
