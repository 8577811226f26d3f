// Package app is the one room that knows all the others (总装): it reads the configuration, plugs what one subject
// needs of another into the interfaces of its ports.go, starts and stops everything in order, and holds the commands.
//
// It promises that [Main] ends with an exit code and never ends the process itself, that every fault of a
// configuration is told at once, and that a stop drains before it closes: not ready, no new work, clerks finish,
// sockets close with 1012, then the store, then PostgreSQL.
//
// It may import everything; nothing but main may import it. Rules, queries and routes do not belong here: whoever
// looks for a rule opens its subject's room.
//
// Decisions:
//   - The clock is read here and handed down as func() time.Time, so that every other room can be replayed and tested
//     at any hour.
//   - The house's own rules are tests of this package (house_*_test.go), because it is the only one that may look at
//     all rooms: arrows, ceilings, docs, names and pins, each shown to fail on a planted tree.
package app
