// Package floorweb is floor over HTTP: the sessions of an event as they stand, and the
// session record to print and sign (现场记录表).
//
// It promises that every route is in schemas/openapi.yaml under the tag floor, that
// answers are never kept by caches, and that no permission is decided here: the desk
// asks at its door.
//
// It may import floor, paper (printing), web, contest and fault, and Fiber.
package floorweb
