// Package callstest lets tests call: a desk on any store, an event with two chairs, and
// what other rooms would say of it. Only tests import it.
package callstest
