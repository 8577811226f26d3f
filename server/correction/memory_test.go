package correction_test

import (
	"testing"

	"jiangtai/server/correction"
	"jiangtai/server/correction/correctiontest"
)

// The store in memory is held to what correctionstore is; the desk itself is tested over
// the real desk of judging, in package wiring.
func TestMemoryConforms(t *testing.T) {
	correctiontest.Conform(t, func(*testing.T) (correction.Store, correction.Work) {
		m := &correctiontest.Memory{}
		return m, m
	})
}
