package judging

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

// silentAfter is how long a tablet may be unheard of before its chair's missing
// marks may lie in its outbox. Tablets ask every half minute.
const silentAfter = 2 * time.Minute

// drained refuses while a tablet may have marks that have not come: holes in its
// counting, an outbox that it said is not empty, or silence while its chair's
// marks are not all in. A tablet that has marked nothing but without a network
// has no line in the ledger; it is known by its pairing.
func (d *Desk) drained(st clerk.Standing, tablets []Tablet) error {
	unsent := map[contest.ID]int{}
	for _, s := range d.devices(st) {
		unsent[s.Device] = s.Pending + len(s.Holes)
	}
	open := map[scoring.ChairID]bool{}
	for _, c := range st.Board.Chairs() {
		open[c.Chair] = c.Done < c.Need
	}
	var fields []fault.Field
	for _, t := range tablets {
		if u, ok := d.Outbox(t.Device); ok {
			t.Pending = u.Pending
		}
		_, holes := st.Count(t.Device, maxHoles)
		if unsent[t.Device] = t.Pending + len(holes); unsent[t.Device] > 0 || t.Replaced || !open[t.Chair] {
			continue
		}
		if silence := d.cfg.Now().Sub(t.SeenAt); silence > silentAfter {
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
