// Package readiness is the wall of ready tablets (就绪墙): what each judge's tablet
// found out about itself on its page of checks, shown by chair before a session.
//
// It promises that a tablet reports for its own chair alone; that a report is a closed
// list of checks with a state each, never free text beyond a short figure; that the
// newest report of the tablet that holds the chair counts, and one of a tablet that
// was replaced does not; and that a chair is called ready only when its tablet has
// checked everything that marks depend on, within the last hours.
//
// Decisions: only the newest report of a tablet is kept, since nobody's mark depends on
// it and tomorrow's check is the one that counts. What a chair's state is, is reckoned
// here and not in the browser, so that the wall and the desk say the same. A check that
// the browser cannot answer (a battery on an iPad) is untold and holds nobody up; one
// that marks depend on has to be answered.
//
// It may import contest, scoring and fault.
package readiness
