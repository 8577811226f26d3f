// Package contest holds the words that all subjects share: contests, events,
// entries, chairs, units, actors and roles. Words only: no rules, no storage.
//
// It may import scoring and fault.
package contest
