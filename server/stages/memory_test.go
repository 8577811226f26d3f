package stages_test

import (
	"testing"

	"jiangtai/server/stages"
	"jiangtai/server/stages/stagestest"
)

// The store in memory, on which the other tests stand, keeps the contract too.
func TestMemoryConforms(t *testing.T) {
	stagestest.Conform(t, func(*testing.T) (stages.Store, stages.Work) {
		m := stagestest.NewMemory()
		return m, m
	})
}
