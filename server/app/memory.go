package app

import (
	"os"
	"runtime"
	"runtime/debug"
)

const (
	// headroom is how much garbage may lie beside what is held before it is collected.
	headroom = 64 << 20
	// leastPercent is the least that the collector is set to: below it costs more than
	// memory does.
	leastPercent = 15
)

// startPercent is the collector's setting while ledgers are opened: what they make
// stays, so that most collections would find nothing.
const startPercent = 400

// easeMemory lets the collector rest until settleMemory.
func easeMemory() {
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(startPercent)
	}
}

// settleMemory gives back what the start has used and holds the collector to a
// headroom: of a whole city's boards Go would else keep as much garbage as boards. With
// GOGC or GOMEMLIMIT set the operator has decided.
func settleMemory() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.FreeOSMemory()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	debug.SetGCPercent(percentFor(m.HeapAlloc))
}

// percentFor is the collector's setting for so many bytes that are held.
func percentFor(held uint64) int {
	return int(min(100, max(leastPercent, 100*headroom/max(held, 1))))
}
