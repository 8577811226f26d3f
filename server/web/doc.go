// Package web is the base of transport: the Fiber application with its limits,
// the way from a fault to an HTTP answer, who is asking, the strict reading of
// JSON, the pages, and the addresses that belong to no subject (/healthz,
// /readyz, /api/openapi.yaml, public standings). The rooms' own web
// packages mount their routes on it; web/socket is the live endpoint.
//
// It promises:
//   - every error leaves as application/problem+json with a code of
//     schemas/errors.json, a title in the reader's language and a request id;
//     causes go to the log only, a panic is an error like any other;
//   - no unsafe method passes without the header X-Jiangtai: 1 and, where an
//     Origin is sent or a cookie signs in, an Origin of our own;
//   - JSON is read strictly: unknown, duplicate and wrongly cased keys, text
//     that is not UTF-8 or hides control characters, depth and trailing data
//     are refused with the place;
//   - strings from a request may be kept (Fiber runs with Immutable).
//
// It may import contest, fault, live, hub, schemas and frontend, and Fiber.
// It knows no subject: who is asking comes through Config.Identify.
//
// Decisions:
//   - The address of a client is c.Context().RemoteAddr() or, behind a proxy
//     named in Config.Proxies, X-Forwarded-For read from the right. c.IP() can
//     be forged even behind a trusted proxy.
//   - Body limits are set by path when the header has arrived, so that one
//     route may take a package of 20 MB and no other is offered one.
//   - Fiber never cancels a handler's context; a middleware sets a deadline.
//   - An absent Origin is allowed only where no cookie signs in: browsers send
//     it on every unsafe request, programs with a bearer token do not.
//   - Who is asking is looked up when a handler asks, once a request, so that
//     public reads cost no look-up and a stale cookie does not break them.
package web
