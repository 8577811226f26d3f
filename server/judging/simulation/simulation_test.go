package simulation_test

import (
	"flag"
	"fmt"
	"testing"

	"go.uber.org/goleak"

	"jiangtai/server/judging/simulation"
)

var (
	seeds = flag.Uint64("seeds", usual, "how many contests are played")
	one   = flag.Int64("seed", -1, "play this one only")
	steps = flag.Int("steps", 250, "how much happens in a contest")
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestSimulation plays contests from seeds 0, 1, 2 and so on: what we have not thought
// of is somewhere among them.
func TestSimulation(t *testing.T) {
	first, last := uint64(0), *seeds
	if *one >= 0 {
		first, last = uint64(*one), uint64(*one)+1
	}
	var all simulation.Result
	for seed := first; seed < last; seed++ {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { all.Add(simulation.Run(t, seed, *steps, nil, nil)) })
	}
	t.Logf("%+v", all)
	n := int(last - first)
	if n < 40 {
		return
	}
	for what, happened := range map[string]int{
		"counted": all.Counted / 20, "late": all.Late, "returned": all.Returned, "clocks": all.Clocks, "acts": all.Acts, "takeovers": all.Takeovers, "restarts": all.Restarts,
	} {
		if happened < n {
			t.Errorf("%s: %d in %d contests is too little to find anything", what, happened, n)
		}
	}
}

// TestASeedIsOneRun: the same seed plays the same contest.
func TestASeedIsOneRun(t *testing.T) {
	for seed := range uint64(5) {
		if a, b := simulation.Run(t, seed, 200, nil, nil), simulation.Run(t, seed, 200, nil, nil); a != b {
			t.Errorf("seed %d: %+v, then %+v", seed, a, b)
		}
	}
}
