package app

import "testing"

func TestPercentFor(t *testing.T) {
	for held, want := range map[uint64]int{0: 100, 20 << 20: 100, 64 << 20: 100, 128 << 20: 50, 320 << 20: 20, 4 << 30: 15} {
		if got := percentFor(held); got != want {
			t.Errorf("%d MB: %d, want %d", held>>20, got, want)
		}
	}
}
