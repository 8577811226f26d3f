// Package lens is what an audience may see of an event (可见范围): the release that
// holds for it, which rows it sees and what of them, and whether something new
// shows at all. An audience is chosen before anything is written: what a lens
// hides is never in a row.
//
// It holds the rule of sealed identity: until the unsealing the public and the
// panels see progress at most, whatever the policy. It is pure, and imports rank,
// record and report.
package lens
