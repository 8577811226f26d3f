package pulse_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"jiangtai/server/rehearsal/pulse"
)

func TestQuantilesAreWithinTwoPercent(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	var s pulse.Spread
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
	if half := s.Within(s.Quantile(0.5)); half < 9_700 || half > 10_300 {
		t.Errorf("%d are within the median", half)
	}
	if s.Most() != all[len(all)-1] || s.Count() != int64(len(all)) {
		t.Errorf("most %v of %d", s.Most(), s.Count())
	}
}

func TestSeriesHoldsWhatCameWhen(t *testing.T) {
	begin := time.Date(2026, 5, 18, 9, 0, 0, 0, time.UTC)
	s := pulse.NewSeries(begin, 10*time.Second)
	s.Add(begin.Add(-time.Second), time.Second) // before it began
	s.Add(begin.Add(9*time.Second), 20*time.Millisecond)
	s.Add(begin.Add(31*time.Second), 40*time.Millisecond)
	s.Add(begin.Add(32*time.Second), 60*time.Millisecond)
	slots := s.Slots()
	var counts []int64
	for i := range slots {
		counts = append(counts, slots[i].Count())
	}
	if !slices.Equal(counts, []int64{1, 0, 0, 2}) {
		t.Fatalf("%v", counts)
	}
	if whole := s.Whole(); whole.Count() != 3 || whole.Most() != 60*time.Millisecond {
		t.Errorf("%d in all, the longest %v", whole.Count(), whole.Most())
	}
}
