// Package registration is how people come into a contest (报名): a person at the
// public form, or a unit through its host's staff, applies for an event; host and
// office approve, return or refuse; what the office approves becomes an entry of
// the event.
//
// It promises:
//   - one record per person, whichever door: found by a blind index of the ID
//     number, so that another spelling or another door is a duplicate;
//   - limits (events of a person, contestants of a unit) hold against any number
//     of simultaneous requests: they are counted behind row locks, and one person
//     twice in one event is a constraint;
//   - all that is wrong comes at once: the fields, then the rules with the bound
//     and the value;
//   - a step of the ladder is taken by its role, two steps by two persons, each
//     kept with who, when and why; deadlines are the server's clock;
//   - nothing leaves this room unmasked: numbers print as masks, free text that
//     holds one is refused or masked, the audit carries ids only. The one way out
//     is a reveal: by the roles whose work needs it, with a reason, one person at a
//     time, twenty an hour, in the audit and in the person's own view;
//   - a receipt that does not exist and one whose secret is wrong are the same
//     answer, and who tries often waits;
//   - an import is whole or nothing, and its preview is the import itself, undone.
//
// Decisions:
//   - A person is an identity and no more; name, phone, unit and years stand in
//     each application as they were declared then. An anonymous form could
//     otherwise rewrite what another one said.
//   - Terms (who, when, how many, which notice) are one versioned document of an
//     event, or of its contest where the event has none. An application keeps the
//     version that it was held against.
//   - Everybody is bound by the deadline; whoever must let a latecomer in writes
//     new terms, with a reason, and is seen to have done so.
//   - Reveals are counted in the database and not in memory: a restart must not
//     give twenty more. An administrator without the role sees no number either,
//     because who runs the machine needs none.
//   - Plain entries from a sheet are added and never replaced: approved people
//     stand among them.
//   - The rungs are host and office. Unit and county rungs are more of the same
//     and wait for accounts of units.
//
// It may import contest, scoring, ledger and fault, and its own idnumber, vault
// and eligibility. Storage and the programme come through ports.go.
package registration
