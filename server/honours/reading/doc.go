// Package reading is what can be looked at of honours (查阅): campaigns with their
// quotas, nominations with all that was gathered, histories, notices, the register,
// and what the public sees. It changes nothing.
//
// It promises that nobody is shown what is not his: a union sees its own nominees
// and those below it, whoever objected is named to the office alone, and the
// public reads names, units, honours and years.
//
// Decisions: it asks the office for its store and for who sees what, instead of
// keeping a second opinion of either. What somebody may do with a nomination is
// the office's answer (Ways), so that a page offers what the door will take.
//
// It may import honours and its parts, contest and fault.
package reading
