// Package evidence is photos beside marks (证据照片): what a judge's tablet takes of a
// work, and what the chief judge and the supervisors look at when a mark is asked
// about.
//
// It promises that a photo is taken from a paired tablet only, of a work and an
// aspect that its chair marks, and is known by the label that the chair knows; that
// the same photo sent again is the same photo; that what is kept is a JPEG picture
// and nothing else: no place, no camera, no words and no second file behind it; and
// that nothing is ever changed or taken away.
//
// Decisions: the size in dots is read before the picture is decoded, since a small
// file may say that it is a million dots wide. Everything that is not the picture is
// cut out (all APPn and COM segments, and what follows the end) and then the rest is
// decoded once: it must be a whole picture. Making it anew instead would cost quality
// and would leave no digest to hold the tablet's own against. The digest of what is
// kept goes into the audit, in the same transaction: the database refuses to change or
// remove a line of it, so that a picture that was exchanged later does not match.
//
// A photo is no record of the ledger. No kind that there is could hold its digest
// honestly: those that judges write are marks of a cell, a finished sheet or a session,
// and each moves what a signature covers or what time is counted; a late record waits
// for two persons who count it; the acts of the chief judge are no tablet's. A mark's
// text would do for a photo that comes before its mark, and would ask for the mark once
// more after every later one. A kind of its own is right as soon as arbitration asks
// for photos in the exported file; until then they prove nothing by themselves.
//
// It may import contest, scoring and fault.
package evidence
