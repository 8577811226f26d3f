// Package webtest is for the tests of the rooms' routes: a room over HTTP as the
// program serves it, asked by named people, with every exchange held against
// schemas/openapi.yaml.
//
// It promises that a route, a status, a media type or a body that the contract
// does not know fails the test that met it, and so does a request that was
// accepted though the contract does not know it.
//
// It is imported by tests only, and may import web, contest, fault and schemas.
//
// Decisions: the contract is read once a process and never changed by a test. What
// was refused may be any request; only what was accepted must be in the contract.
package webtest
