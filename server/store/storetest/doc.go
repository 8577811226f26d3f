// Package storetest gives tests a real PostgreSQL: one server for each test
// binary, started at the first New, and one database for each test, cloned from
// a migrated template in a few dozen milliseconds.
//
//	func TestMain(m *testing.M) { storetest.Main(m) }
//
//	func TestX(t *testing.T) {
//		db := storetest.New(t)
//
// It may import store, localpg and schemas; only tests import it.
//
// Decisions: initdb and the migrations are paid once for a set of migrations and
// kept in the directory for temporary files, so that each test binary copies a
// folder and starts; the servers give durability away, which store accepts only
// with the option that is set here. A server ends with its test binary, even one
// that is killed; what a killed one left on disk goes at the next run.
package storetest
