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
//   - strings from a request may be kept (Fiber runs with Immutable);
//   - a public read that is kept ready, a page, a board or a list, has the same
//     status, headers and body whoever answers it, the front or the framework, and
//     is counted alike; it is compressed once a change and form, and what is kept
//     is bounded: one version of 1,024 boards, 256 questions for a second.
//
// It may import contest, fault, conduit, live, hub, schemas and frontend, and Fiber.
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
//   - What is ready is answered before Fiber (front.go): routing, the middlewares
//     and setting a dozen headers one by one cost more than twice of what the rest
//     of such an answer does. Each form keeps its headers as they go out; only the
//     request's id is the answer's own. Whether a board still is the public's is
//     asked every time, with a context that has ended: at hand or not at all. What
//     is not at hand, hidden or wrong goes the long way and is answered there.
//   - Marks have a shortcut there too (shortcut.go): a plain delivery by a tablet that
//     was asked who it is less than a second ago passes by the framework, a fifth of
//     the program's work for a mark. It has the same answer, but for its id.
//   - An ETag is the hash of the plain bytes and the form, not epoch and n: names
//     and titles change without n, and a restart without a change keeps the tag.
//   - Boards and lists are no-cache: caches ask each time, so that what is sealed or
//     taken back is gone at once. Only names with a hash in them are kept for ever.
//   - Public lists may be a second old, and are made once for all who ask in that
//     second (SendPublic).
//   - br at level 5 for what changes while people look on: six tenths of level 9's
//     time (0.26 ms for a board of 60) for 1 % more bytes. The pages come packed from their build, at level 11.
//   - A body that does not fit into the write buffer goes out beside its header by
//     one writev (vector.go). A larger buffer would do it too, and stay with every
//     idle connection.
package web
