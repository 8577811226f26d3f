package results_test

import (
	"testing"

	"jiangtai/server/results"
	"jiangtai/server/results/resultstest"
)

func TestMemoryConforms(t *testing.T) {
	resultstest.Conform(t, func(*testing.T) (results.Store, results.Work) {
		m := resultstest.NewMemory()
		return m, m
	})
}
