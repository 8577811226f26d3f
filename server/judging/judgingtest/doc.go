// Package judgingtest is a small invented event with fakes of all ports of
// judging, for the tests of judging, judgingstore and judgingweb: an open
// module of a panel and a floor judge, and a coded one, four chairs, a few
// entries, a ledger in memory that can be made to fail.
//
// It is imported by tests only and may import judging, scoring, ledger, contest
// and fault.
package judgingtest
