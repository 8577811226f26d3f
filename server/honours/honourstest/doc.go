// Package honourstest has the ports of honours in memory, an office on them with a
// clock in the test's hands, and what every store must keep, for the tests of the
// room, of its routes and of its store.
//
// It may import honours with its parts, contest, scoring, fault and ledger; only
// tests import it, and the contracts of schemas come in as files.
package honourstest
