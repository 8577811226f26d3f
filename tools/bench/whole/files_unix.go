//go:build unix

package whole

import (
	"math"
	"syscall"
)

// room is how many sockets a program takes under this machine's limit of open files:
// it keeps the other half for requests, and some for itself.
func room() int {
	var l syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l) != nil || l.Cur > math.MaxInt32 {
		return math.MaxInt32
	}
	return (int(l.Cur) - 128) / 2
}
