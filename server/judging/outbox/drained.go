package outbox

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"jiangtai/scoring"
	"jiangtai/server/contest"
	"jiangtai/server/fault"
	"jiangtai/server/judging/clerk"
)

// Tablet (平板) is a device that was paired to a chair.
type Tablet struct {
	Device   contest.ID
	Chair    scoring.ChairID
	PairedAt time.Time
	Pending  int // marks not yet sent, as it last said
	SeenAt   time.Time
	Replaced bool // another sits in front of the chair, or none: what it sends does not count
}

// MaxHoles is how many of a device's missing numbers are told.
const MaxHoles = 100

// silentAfter is how long a tablet may be unheard of before its chair's missing
// marks may lie in its outbox. Tablets ask every half minute.
const silentAfter = 2 * time.Minute

// Drained refuses while a tablet may have something that has not come: holes in its
// counting, an outbox that it said is not empty, a signature that waits there, or
// silence while its chair's marks are not all in. What waits in a replaced tablet's
// queue of signatures counts no more. A tablet that has marked nothing but without a network
// has no line in the ledger; it is known by its pairing.
func (r *Reports) Drained(st clerk.Standing, tablets []Tablet, now time.Time) error {
	unsent := map[contest.ID]int{}
	for _, device := range st.Devices() {
		unsent[device] = r.unsent(st, Tablet{Device: device})
	}
	open := map[scoring.ChairID]bool{}
	for _, c := range st.Board.Chairs() {
		open[c.Chair] = c.Done < c.Need
	}
	var fields []fault.Field
	for _, t := range tablets {
		if said, _ := r.Of(t.Device); said.Signatures > 0 && !t.Replaced {
			fields = append(fields, fault.At(t.Device.String(), "judging.signature_unsent", strconv.Itoa(said.Signatures)))
		}
		if unsent[t.Device] = r.unsent(st, t); unsent[t.Device] > 0 || t.Replaced || !open[t.Chair] {
			continue
		}
		if silence := now.Sub(t.SeenAt); silence > silentAfter {
			fields = append(fields, fault.At(t.Device.String(), "judging.tablet_silent", strconv.Itoa(int(silence/time.Minute))))
		}
	}
	for device, n := range unsent {
		if n > 0 {
			fields = append(fields, fault.At(device.String(), "judging.outbox", strconv.Itoa(n)))
		}
	}
	if len(fields) == 0 {
		return nil
	}
	slices.SortFunc(fields, func(a, b fault.Field) int { return cmp.Compare(a.Path, b.Path) })
	return fault.New(fault.Refused, "judging.outbox", fields...)
}

// Sent refuses while the tablet of a chair holds marks, or some of them never came, or
// a signature waits there: out of use, it could not send that any more.
func (r *Reports) Sent(st clerk.Standing, tablets []Tablet, chair scoring.ChairID) error {
	var fields []fault.Field
	for _, t := range tablets {
		if t.Chair != chair || t.Replaced {
			continue
		}
		if n := r.unsent(st, t); n > 0 {
			fields = append(fields, fault.At(t.Device.String(), "judging.outbox_of_chair", strconv.Itoa(n)))
		}
		if said, _ := r.Of(t.Device); said.Signatures > 0 {
			fields = append(fields, fault.At(t.Device.String(), "judging.signature_unsent", strconv.Itoa(said.Signatures)))
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return fault.New(fault.Refused, "judging.outbox_of_chair", fields...)
}

// unsent is how many of a tablet's marks have not come: what it said last, here or
// to its pairing, and what is missing in its counting.
func (r *Reports) unsent(st clerk.Standing, t Tablet) int {
	if said, ok := r.Of(t.Device); ok {
		t.Pending = said.Pending
	}
	_, holes := st.Count(t.Device, MaxHoles)
	return t.Pending + len(holes)
}
