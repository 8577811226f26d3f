// Package eveningweb is evening over HTTP: an event on one page, and one work of it.
//
// It promises that every route is in schemas/openapi.yaml under the tag evening, that
// answers are never kept by caches, and that no permission is decided here: the desk
// asks at its door.
//
// It may import evening, web, contest and fault, and Fiber.
package eveningweb
