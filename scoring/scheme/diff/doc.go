// Package diff is what changed between two versions of a marking scheme
// (版本对照), in words that can be shown to people: what was added, removed,
// moved and changed, where, and what it costs to adopt the newer one.
//
// Compare promises: equal schemes have no change; whatever differs is in the
// list; the list stands in the order of the newer scheme, what is gone behind
// what stood before it. An aspect whose marks must be given again after the
// adoption is named by exactly those changes that cause it, by the engine's own
// rule (scheme.KeepsMarks, and whether persons or teams are marked). Who sits on a panel is the event's and not the
// scheme's: a judge who is exchanged is not seen here.
//
// Decisions:
//   - Things are found again by their ids, as the engine does; the visible code
//     is where they stand. That everything behind an inserted row has another
//     code is no change.
//   - Fields are walked by their names in the file, so that a field that the
//     scheme learns tomorrow is compared tomorrow. A default that is written out
//     is a change, because the engine's rule sees one too; what differs in the
//     writing only ("inputs": [] and none) is the field "form".
//   - Of an added or removed aspect the details are not listed one by one.
//   - Bands, rows and levels have no ids: they are compared as a whole, line by
//     line in signs that need no language.
//   - Neither scheme needs to be valid, so that a draft can be looked at.
//
// It imports scoring/exact, scoring/scheme and the standard library.
package diff
