package judgingstore_test

import (
	"fmt"
	"testing"

	"jiangtai/server/judging/simulation"
)

// TestSimulationOnARealLedger plays some of the simulated contests on PostgreSQL.
func TestSimulationOnARealLedger(t *testing.T) {
	var all simulation.Result
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			b := newBase(t)
			all.Add(simulation.Run(t, 1_000_000+seed, 150, b.store, b.store))
		})
	}
	if all.Counted < 30 || all.Late == 0 || all.Restarts == 0 {
		t.Errorf("%+v is too little to find anything", all)
	}
}
