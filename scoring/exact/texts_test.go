package exact_test

import (
	"testing"

	"jiangtai/scoring/exact"
)

func TestTextsAreFixed(t *testing.T) {
	var texts exact.Texts
	for range 2 {
		for i := -1200; i < 1200; i++ {
			n := exact.Frac(i, 7)
			if got, want := texts.Fixed(n, 2), n.Fixed(2); got != want {
				t.Fatalf("%s is written %s, want %s", n, got, want)
			}
		}
	}
	if great := exact.Int(1 << 62); texts.Fixed(great, 6) != great.Fixed(6) {
		t.Error("a great number is written otherwise")
	}
}
