package judging

import (
	"strconv"

	"jiangtai/server/fault"
	"jiangtai/server/judging/clerk"
)

// drained refuses while a tablet has marks that have not come: holes in its
// counting, or an outbox that it said is not empty.
func (d *Desk) drained(st clerk.Standing) error {
	var fields []fault.Field
	for _, s := range d.devices(st) {
		if n := s.Pending + len(s.Holes); n > 0 {
			fields = append(fields, fault.At(s.Device.String(), "judging.outbox", strconv.Itoa(n)))
		}
	}
	if len(fields) == 0 {
		return nil
	}
	return fault.New(fault.Refused, "judging.outbox", fields...)
}
