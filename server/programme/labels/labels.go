package labels

import (
	"fmt"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/programme/outline"
	"jiangtai/server/programme/workcode"
)

// Number gives entries what they lack: entry numbers in their order; seat
// numbers and work codes, where the scheme's modules are marked by them, at
// random from all that are free, each to the kind of entry that is marked by it;
// ordinals in order, or at random where anything is sealed, since records carry
// them. Entries that have a label keep it.
func Number(list []contest.Entry, o outline.Outline) {
	everybody := func(*contest.Entry) bool { return true }
	fill(list, everybody, func(e *contest.Entry) *string { return &e.EntryNo }, Serial(len(list)))
	if o.Seated {
		label := func(e *contest.Entry) *string { return &e.SeatNo }
		seated := func(e *contest.Entry) bool { return o.Labels(e.Kind).Seated }
		free := untaken(list, seated, label, Serial(len(list)))
		drawn := make([]string, len(free))
		for i, j := range workcode.Shuffled(len(free)) {
			drawn[i] = free[j]
		}
		fill(list, seated, label, drawn)
	}
	if o.Coded {
		codes := make([]string, 0, workcode.Codes)
		for _, n := range workcode.Shuffled(workcode.Codes) {
			codes = append(codes, workcode.Code(n))
		}
		coded := func(e *contest.Entry) bool { return o.Labels(e.Kind).Coded }
		fill(list, coded, func(e *contest.Entry) *string { return &e.WorkCode }, codes)
	}
	order := workcode.Shuffled(len(list))
	for i := range list {
		list[i].Ordinal = scoring.EntryID(i + 1)
		if o.Sealed() {
			list[i].Ordinal = scoring.EntryID(order[i] + 1)
		}
	}
}

// Serial are the numbers that n entries can need when some are taken: as many
// again, so that each empty place finds one.
func Serial(n int) []string {
	width := max(3, len(fmt.Sprint(n)))
	out := make([]string, 0, 2*n)
	for i := range 2 * n {
		out = append(out, fmt.Sprintf("%0*d", width, i+1))
	}
	return out
}

// untaken are the first of the labels that nobody has, as many as entries lack of
// those that need one.
func untaken(list []contest.Entry, needs func(*contest.Entry) bool, label func(*contest.Entry) *string, from []string) []string {
	taken, lacking := map[string]bool{}, 0
	for i := range list {
		switch s := *label(&list[i]); {
		case s != "":
			taken[s] = true
		case needs(&list[i]):
			lacking++
		}
	}
	var out []string
	for _, s := range from {
		if len(out) < lacking && !taken[s] {
			out = append(out, s)
		}
	}
	return out
}

// fill gives the entries that need a label and have none the untaken ones in order.
func fill(list []contest.Entry, needs func(*contest.Entry) bool, label func(*contest.Entry) *string, from []string) {
	free := untaken(list, needs, label, from)
	for i := range list {
		if at := label(&list[i]); *at == "" && needs(&list[i]) && len(free) > 0 {
			*at, free = free[0], free[1:]
		}
	}
}
