// Package identitytest has the ports of identity in memory, for the tests of the
// room and of its routes. What only a database can promise is tested in
// identitystore.
//
// It may import identity, contest, scoring and fault; only tests import it.
package identitytest
