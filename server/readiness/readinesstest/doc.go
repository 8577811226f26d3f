// Package readinesstest is a desk of readiness for tests: an event with four chairs,
// tablets on some of them, people who may look and who may not, over a store in memory
// or over the real one; and what every store must do.
package readinesstest
