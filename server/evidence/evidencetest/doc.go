// Package evidencetest is a desk of photos for tests: over a store in memory or over
// the real one, with one event, a tablet, and people who may look and who may not;
// and pictures, good ones and hostile ones.
package evidencetest
