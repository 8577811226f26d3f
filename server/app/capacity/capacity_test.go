package capacity_test

import (
	"math"
	"strings"
	"testing"

	"jiangtai/server/app/capacity"
)

// TestRoomIsSaid: who starts the program on a machine that lets it open too little
// reads how much that is, and what to raise.
func TestRoomIsSaid(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		files, room int
		says        []string
		not         string
	}{
		{math.MaxInt32, 20_000, []string{": 20000"}, "ulimit"},
		{40_128, 20_000, []string{": 20000"}, "ulimit"},
		{40_127, 19_999, []string{": 19999", "files: 40127", "ulimit -n 40128", "LimitNOFILE=40128"}, "\n"},
		{20_128, 10_000, []string{": 10000"}, "\n"},
		{100, 16, []string{": 16", "files: 100"}, "\n"},
	} {
		said := capacity.Said(c.files)
		for _, part := range c.says {
			if !strings.Contains(said, part) {
				t.Errorf("%d files: %q lacks %q", c.files, said, part)
			}
		}
		if got := capacity.Room(c.files); got != c.room || strings.Contains(said, c.not) {
			t.Errorf("%d files: room for %d, %q", c.files, got, said)
		}
	}
}
