// Package identityweb serves identity over HTTP: sessions, pairings, accounts,
// tablets and the audit, as openapi.yaml says under the tag identity.
//
// It promises that a token leaves the server once, in the answer that made it
// and in a cookie that no script can read; that no id or token of a session is
// ever taken from a client as its own; and that answers about accounts hold no
// hash.
//
// It may import identity, web, contest, scoring, fault and Fiber.
//
// Decisions:
//   - One cookie for both kinds of session. A pairing in a browser where an
//     account is signed in leaves the cookie alone, so that trying a tablet out
//     does not sign the organiser out; the tablet page sends its token itself.
//   - The cookie is Secure when the request came over TLS, or was addressed to
//     the public https address, which a proxy we were not told of may serve. A
//     hall's server reached by its plain address still signs people in.
//   - A staff cookie ends with the browser, a tablet's with its session: a tablet
//     restarts in the middle of a day.
//   - The three routes that an account with a password to change may use ask who
//     it is themselves; everywhere else it is the public with an error.
package identityweb
