// Package keyed plugs what the room of double keying asks of others: sheets of judging and the marks that go into them,
// and the forms that signing has printed.
//
// It promises to give no more than the ports ask for, and asks for no permission: keying does.
//
// It may import any room, as all of app; it is a package of its own so that wiring stays small.
package keyed
