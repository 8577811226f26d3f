// Package backupweb is the backups of the server over HTTP: the list, and one
// more on demand.
//
// It promises that its routes are in schemas/openapi.yaml under the tag
// operation, and that no permission is decided here: the desk asks at its door.
//
// It may import backup, web, contest and fault, and Fiber.
//
// Decisions: a backup is not downloaded. It is the whole installation, keys
// included, and whoever shall have it gets it from the machine, not through a
// browser. To make one is answered at once, before it is made: that may take
// longer than any request, and the list says when it is there.
package backupweb
