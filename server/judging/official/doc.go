// Package official is what an official result (正式成绩) says beside ranks and totals:
// whether the pass marks are reached, and hashes that name a working and a list.
// It is pure and may import scoring.
package official
