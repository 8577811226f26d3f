// Package blindstore keeps the coding desk in PostgreSQL (migration 0007).
//
// It promises what blind's ports ask, and that who holds which label, and the
// seeds of draws, leave this package sealed: AES-256-GCM with the event, the layer,
// the draw and the entry as additional data, so that nothing opens in another
// place. That no label is held twice the database sees by a keyed index (HMAC),
// which tells nothing of the label: there are only a thousand codes, and a bare
// hash of one would be no secret.
//
// Decisions: sealing happens here and not in the room, because the place of a
// secret is part of its seal. The labels of one commit are written in one
// statement after those of the same entries were taken away, so that a draw may be
// written again at its closing.
//
// It may import blind, store, contest, scoring and fault.
package blindstore
