// Package wiring opens the program's rooms and plugs them into each other (接线):
// each room's ports are answered here by the rooms that know, by adapters that
// do nothing but translate.
//
// It promises that a room never meets another but through a port; that what must
// survive a crash follows records by a cursor; and that a room which calls another
// inside its own transaction tells nobody before that is durable.
//
// Decisions: it is a part of app and not of the rooms, since it alone may know all
// of them; and apart from app's commands and configuration, since it changes when
// rooms change, and they when the command line does. The gates that rooms put
// before judging's acts are asked in the order in which the rooms are opened.
//
// It may import everything but app.
package wiring
