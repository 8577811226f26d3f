// Package app is the only room that knows all others: it reads the
// configuration, opens everything in order, plugs the rooms' ports into each
// other, runs the commands and closes everything in the opposite order.
//
// It promises that nothing is acknowledged after the stop began, that sockets
// are closed with 1012 once the clerks have drained, and that the program's own
// PostgreSQL ends with it. It may import everything; nobody imports it but main.
//
// Decisions: the program serves before its events are open: boards are made behind it,
// those first that somebody asks for, and who asks waits for his own. The commands
// import, export and admin open the data themselves, so that they work without a
// running server and while one runs (they then use the running PostgreSQL). The house's
// rules stand here as tests (house_test.go), because only this room may know what all
// others are.
package app
