//go:build unix

package capacity

import (
	"math"
	"syscall"
)

// Files is how many files and connections this process may have open.
func Files() int {
	var l syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l) != nil || l.Cur > math.MaxInt32 {
		return math.MaxInt32
	}
	return int(l.Cur)
}
