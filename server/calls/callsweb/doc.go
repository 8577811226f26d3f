// Package callsweb is calls over HTTP: a tablet makes its calls and asks what was said
// to them, the console lists and answers.
//
// It promises that every route is in schemas/openapi.yaml under the tag calls, that
// bodies are read strictly, and that answers are never kept by caches.
//
// It may import calls, web, contest, scoring and fault, and Fiber.
package callsweb
