// Package official is what an official result (正式成绩) says: the rows with hashes that
// name each working and the list, and whether the pass marks are reached.
// It is pure and may import contest, scoring and judging's lineup.
package official
