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
// and would leave no digest to hold the tablet's own against. A photo is no record of
// the ledger: it proves nothing by itself, its digest and its time say whether it is
// the one that came in.
//
// It may import contest, scoring and fault.
package evidence
