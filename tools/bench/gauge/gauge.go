package gauge

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"time"
)

// The kernel counts in hundredths of a second on every system that Go runs on.
const tick = 10 * time.Millisecond

// CPU is the processor time that a process has used, in user mode and in the
// kernel.
func CPU(pid int) time.Duration { return used(pid, 11) }

// Ended is the same of its children that have ended.
func Ended(pid int) time.Duration { return used(pid, 13) }

// used adds up two neighbouring fields behind the name in brackets, which may hold
// spaces.
func used(pid, field int) time.Duration {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0
	}
	fields := bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:])
	if len(fields) < field+2 {
		return 0
	}
	user, _ := strconv.ParseInt(string(fields[field]), 10, 64)
	system, _ := strconv.ParseInt(string(fields[field+1]), 10, 64)
	return time.Duration(user+system) * tick
}

// Resident is a process's resident memory in bytes.
func Resident(pid int) int64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	for line := range bytes.Lines(b) {
		if rest, ok := bytes.CutPrefix(line, []byte("VmRSS:")); ok {
			n, _ := strconv.ParseInt(string(bytes.Fields(rest)[0]), 10, 64)
			return n << 10
		}
	}
	return 0
}
