package gauge_test

import (
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	"jiangtai/tools/bench/gauge"
)

func TestQuantilesAreWithinTwoPercent(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var s gauge.Spread
	var all []time.Duration
	for range 20_000 {
		d := time.Duration(random.ExpFloat64() * float64(3*time.Millisecond))
		all = append(all, d)
		s.Add(d)
	}
	slices.Sort(all)
	for _, share := range []float64{0.01, 0.5, 0.9, 0.99, 0.999} {
		want, got := all[int(share*float64(len(all)))], s.Quantile(share)
		if diff := (got - want).Abs(); diff > want/50+1 {
			t.Errorf("%v: %v, want %v", share, got, want)
		}
	}
	if s.Most() != all[len(all)-1] || s.Count() != int64(len(all)) {
		t.Errorf("most %v of %d", s.Most(), s.Count())
	}
}

func TestThisProcess(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Log("there is no /proc here")
		return
	}
	for n := 0; gauge.CPU(os.Getpid()) == 0; n++ {
		if n > 1<<32 {
			t.Fatal("no processor time")
		}
	}
	if r := gauge.Resident(os.Getpid()); r < 1<<20 || r > 1<<34 {
		t.Errorf("%d bytes resident", r)
	}
}
