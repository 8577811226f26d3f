package parcel

import (
	"strconv"

	"jiangtai/server/fault"
)

// MaxFaults is how many faults a list holds; one more entry then says how many
// there were.
const MaxFaults = 1000

// Faults collects what is wrong (错误清单), all at once and bounded. The zero
// value is ready; not safe for concurrent use.
type Faults struct {
	list  []fault.Field
	total int
}

// Add notes one fault. path is file:row:column, a JSON pointer or a file.
func (f *Faults) Add(path, code, hint string) {
	f.total++
	if len(f.list) < MaxFaults {
		f.list = append(f.list, fault.At(path, code, clip(hint)))
	}
}

// Any says that something is wrong.
func (f *Faults) Any() bool { return f.total > 0 }

// Fields are the faults in the order found; past MaxFaults a last one with code
// package.more_faults tells the number of all. Empty, never nil.
func (f *Faults) Fields() []fault.Field {
	out := append([]fault.Field{}, f.list...)
	if f.total > MaxFaults {
		out = append(out, fault.At("", "package.more_faults", strconv.Itoa(f.total)))
	}
	return out
}

// clip keeps a hint short: it quotes what somebody sent.
func clip(s string) string {
	const most = 80
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
